internal import Foundation
internal import Model

/// What EFS would refuse about a write of a file system, or what its reader should know.
struct FileSystemProblems {
  private let write: ResourceWrite

  /// The problems of a write.
  init(_ write: ResourceWrite) { self.write = write }

  /// The problems.
  var all: [ResourceProblem] { throughput + onceADay + archive + busy }

  /// API description of efs, UpdateFileSystem.
  private var throughput: [ResourceProblem] {
    let mode = write.result["throughputMode"]?.string
    let value = write.result["provisionedMibps"] ?? write.recorded["provisionedMibps"]
    if mode == "provisioned", value == nil {
      return [ResourceProblem("throughputMode", "Provisioned throughput takes its MiB/s.")]
    }
    guard let wished = write.set["provisionedMibps"]?.numeral else { return [] }
    if mode != "provisioned" {
      return [
        ResourceProblem(
          "provisionedMibps",
          "Only the mode `provisioned` takes MiB/s; this file system's is"
            + " \(mode ?? "bursting").")
      ]
    }
    return (1...3414).contains(wished)
      ? [] : [ResourceProblem("provisionedMibps", "EFS provisions 1 to 3414 MiB/s.")]
  }

  /// A change of the mode and a decrease are taken once within 24 hours; an increase at any time (EFS
  /// user guide, throughput modes).
  private var onceADay: [ResourceProblem] {
    guard let live = write.live?.attributes else { return [] }
    let isOtherMode = write.set["throughputMode"].map { $0 != live["throughputMode"] } ?? false
    var isDecrease = false
    if let before = live["provisionedMibps"]?.numeral,
      let after = write.set["provisionedMibps"]?.numeral
    {
      isDecrease = after < before
    }
    guard isOtherMode || isDecrease else { return [] }
    return [
      ResourceProblem(
        isOtherMode ? "throughputMode" : "provisionedMibps",
        "EFS takes a change of the mode, or a decrease, once within 24 hours. When the last one was"
          + " cannot be read: where it was later, EFS refuses with TooManyRequests.",
        severity: .warning)
    ]
  }

  /// API description of efs, PutLifecycleConfiguration.
  private var archive: [ResourceProblem] {
    guard let archive = days("transitionToArchive") else { return [] }
    let attribute = write.touched.contains("transitionToArchive") ? "transitionToArchive" : nil
    var problems: [ResourceProblem] = []
    if write.result["throughputMode"] != "elastic" {
      problems.append(
        ResourceProblem(
          attribute, "Only file systems with elastic throughput have the Archive class."))
    }
    if write.live?.context["performanceMode"] == "maxIO" {
      problems.append(
        ResourceProblem(
          attribute, "Only file systems of the General Purpose mode have the Archive class."))
    }
    if let infrequent = days("transitionToIA"), infrequent >= archive {
      problems.append(
        ResourceProblem(
          attribute,
          "Files move to the Archive class later than to Infrequent Access: after more"
            + " than \(infrequent) days."))
    }
    return problems
  }

  private var busy: [ResourceProblem] {
    guard let state = write.live?.context["state"]?.string, state != "available" else { return [] }
    return [
      ResourceProblem(nil, "The file system is \(state); EFS changes it only when it is available.")
    ]
  }

  /// The days of `AFTER_30_DAYS`.
  private func days(_ attribute: String) -> Int? {
    write.result[attribute]?.string?.split(separator: "_").compactMap { Int($0) }.first
  }
}
