internal import Foundation
internal import Model

/// What EBS would refuse about a write of a volume, or what its reader should know.
struct VolumeProblems {
  private let write: ResourceWrite
  private let context: [String: Value]

  /// The problems of a write.
  init(_ write: ResourceWrite) {
    self.write = write
    context = write.live?.context ?? [:]
  }

  /// The problems.
  var all: [ResourceProblem] {
    guard write.touched.contains(where: { ["volumeType", "iops", "throughput"].contains($0) })
    else { return [] }
    let type = write.result["volumeType"]?.string ?? ""
    guard let limits = VolumeLimits.of(type) else {
      return [ResourceProblem("volumeType", "EBS has no volume type \(type).")]
    }
    return size(limits, type) + iops(limits, type) + throughput(limits, type) + slower(type)
      + underWay
  }

  private func size(_ limits: VolumeLimits, _ type: String) -> [ResourceProblem] {
    guard write.set["volumeType"] != nil, let size = context["size"]?.numeral,
      !limits.size.contains(size)
    else { return [] }
    return [
      ResourceProblem(
        "volumeType",
        "The volume has \(size.plain) GiB, and a \(type) volume has \(span(limits.size)) GiB.")
    ]
  }

  private func iops(_ limits: VolumeLimits, _ type: String) -> [ResourceProblem] {
    guard let iops = write.set["iops"]?.numeral else { return [] }
    guard let range = limits.iops else {
      return [ResourceProblem("iops", "A \(type) volume takes no IOPS: they follow from its size.")]
    }
    guard range.contains(iops) else {
      return [ResourceProblem("iops", "A \(type) volume takes \(span(range)) IOPS.")]
    }
    // What a type begins with is given whatever the size.
    guard let size = context["size"]?.numeral, let ratio = limits.iopsPerGiB,
      iops > max(size * ratio, range.lowerBound)
    else { return [] }
    let most = max(size * ratio, range.lowerBound)
    return [
      ResourceProblem(
        "iops",
        "A \(type) volume of \(size.plain) GiB takes at most \(most.plain) IOPS,"
          + " \(ratio.plain) for each GiB.")
    ]
  }

  private func throughput(_ limits: VolumeLimits, _ type: String) -> [ResourceProblem] {
    guard let throughput = write.set["throughput"]?.numeral else { return [] }
    guard let range = limits.throughput else {
      return [
        ResourceProblem("throughput", "Only a gp3 volume takes a throughput; this is \(type).")
      ]
    }
    guard range.contains(throughput) else {
      return [ResourceProblem("throughput", "A \(type) volume takes \(span(range)) MiB/s.")]
    }
    let iops = write.result["iops"]?.numeral ?? VolumeLimits.initialIOPS
    let most = iops * GP3Volume.throughputPerIOPS
    guard throughput > most else { return [] }
    let needed = throughput / GP3Volume.throughputPerIOPS
    return [
      ResourceProblem(
        "throughput",
        "With \(iops.plain) IOPS a gp3 volume takes at most \(most.plain) MiB/s;"
          + " \(throughput.plain) MiB/s take \(needed.plain) IOPS.")
    ]
  }

  /// gp2 has 3 IOPS for each GiB, from 100 to 16,000 (EBS user guide, gp2 volumes); gp3 begins with
  /// 3,000 whatever the size.
  private func slower(_ type: String) -> [ResourceProblem] {
    guard write.set["volumeType"] == "gp3", context["volumeType"] == "gp2",
      let size = context["size"]?.numeral
    else { return [] }
    let before = min(max(size * 3, 100), 16_000)
    let after = write.set["iops"]?.numeral ?? VolumeLimits.initialIOPS
    guard after < before else { return [] }
    return [
      ResourceProblem(
        "volumeType",
        "As gp2 this volume of \(size.plain) GiB has \(before.plain) IOPS, as gp3 it has"
          + " \(after.plain): ask for more where it needs them.", severity: .warning)
    ]
  }

  /// "You must wait for that modification to reach the completed state before you can initiate another
  /// modification for the same volume" (API description of ec2, ModifyVolume). How many of the four a day
  /// are left cannot be read.
  private var underWay: [ResourceProblem] {
    guard let modification = context["modification"], let state = modification["state"]?.string
    else { return [] }
    let progress = modification["progress"]?.numeral.map { ", \($0.plain)% done" } ?? ""
    let since = modification["since"]?.string.map { " since \($0)" } ?? ""
    return [
      ResourceProblem(
        nil,
        "A modification of this volume is under way\(since) (\(state)\(progress)). EBS begins another"
          + " one only when it is completed, and at most four within 24 hours: plan again then.")
    ]
  }
}

/// A range as messages name it: `3000 to 80000`.
func span(_ range: ClosedRange<Decimal>) -> String {
  "\(range.lowerBound.plain) to \(range.upperBound.plain)"
}
