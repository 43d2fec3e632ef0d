internal import Foundation
internal import Model

/// What Kinesis would refuse about a write (API description of kinesis, UpdateShardCount, UpdateStreamMode
/// and Increase- and DecreaseStreamRetentionPeriod; Kinesis developer guide, "Quotas and limits"), or what
/// its reader should know.
struct StreamProblems {
  /// The most changes of the shards of a stream within 24 hours.
  private static let changesADay = 10
  /// What a stream has at most unless AWS has raised it.
  private static let quota = Decimal(10_000)

  private let write: ResourceWrite
  private let context: [String: Value]

  /// The problems of a write.
  init(_ write: ResourceWrite) {
    self.write = write
    context = write.live?.context ?? [:]
  }

  /// The problems; none for a stream that is not there, which is a problem of its own.
  var all: [ResourceProblem] {
    guard write.live != nil else { return [] }
    if let problem = statusProblem(write, called: "stream", "Kinesis takes no change") {
      return [problem]
    }
    return mode + shards + retention
  }

  private var mode: [ResourceProblem] {
    guard let mode = write.set["mode"] else { return [] }
    if mode == StreamType.provisioned, let queues = context["queues"]?.numeral {
      return [
        ResourceProblem(
          "mode",
          "The stream has \(queues.plain) \(queues == 1 ? "queue" : "queues"): Kinesis takes it off on-demand"
            + " only without any.")
      ]
    }
    return [
      ResourceProblem(
        "mode",
        "Kinesis switches the mode of a stream twice within 24 hours; how many are left cannot be read.",
        severity: .warning)
    ]
  }

  private var shards: [ResourceProblem] {
    guard let wanted = write.set["shards"] else { return [] }
    guard write.result["mode"] == StreamType.provisioned else {
      return [
        ResourceProblem(
          "shards",
          "The stream is on demand, so that Kinesis sets its shards. Set `mode: provisioned` with it."
        )
      ]
    }
    guard let target = wanted.int, target >= 1 else {
      return [ResourceProblem("shards", "A stream has a whole number of shards, at least 1.")]
    }
    var problems: [ResourceProblem] = []
    if Decimal(target) > Self.quota {
      problems.append(
        ResourceProblem(
          "shards",
          "\(target) shards are more than the \(Self.quota.plain) that a stream has unless AWS has raised the"
            + " quota.", severity: .warning))
    }
    guard let open = context["openShards"]?.int else { return problems }
    let steps = shardSteps(from: open, to: target)
    guard steps.count > 1 else { return problems }
    let way = ([open] + steps).map(String.init).joined(separator: " -> ")
    if steps.count > Self.changesADay {
      problems.append(
        ResourceProblem(
          "shards",
          "Kinesis at most doubles and at least halves the shards at a time, \(Self.changesADay) times within 24"
            + " hours, and this takes \(steps.count) steps: \(way). A day leads to"
            + " \(steps[Self.changesADay - 1]) shards: ask for that first."))
    } else {
      let back = shardSteps(from: target, to: open).count
      problems.append(
        ResourceProblem(
          "shards",
          "Kinesis at most doubles and at least halves the shards at a time: \(way). These \(steps.count) steps,"
            + " of minutes each, count among the \(Self.changesADay) within 24 hours."
            + (steps.count + back > Self.changesADay
              ? " The way back takes \(back) more, so that both do not fit into one day." : ""),
          severity: .warning))
    }
    return problems
  }

  private var retention: [ResourceProblem] {
    guard let hours = write.set["retentionHours"] else { return [] }
    guard let number = hours.int, (24...8760).contains(number) else {
      return [
        ResourceProblem("retentionHours", "A stream keeps its records for 24 to 8760 whole hours.")
      ]
    }
    return []
  }
}
