internal import Foundation
internal import Model
internal import Pricing

/// `kinesis/stream`: how the capacity of a data stream is had, and how long it keeps its records. Its name is
/// the stream's.
///
/// Attributes: `mode`, `shards` of a provisioned stream, `retentionHours`. Context: the attributes as they
/// are in AWS, `openShards` in both modes, `status`, `queues`.
///
/// Kinesis at most doubles and at least halves the shards at a time: a count beyond that is reached in steps,
/// each of which has to come to rest first. What a crash leaves in between is where the next plan goes on.
///
/// Reads take one request for each stream: the list tells no shards (API description of kinesis,
/// ListStreams). Selectors: `tags`.
struct StreamType: ExistingResourceType {
  /// The modes, as Kinesis names them.
  static let provisioned: Value = "PROVISIONED"
  static let onDemand: Value = "ON_DEMAND"

  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope
  /// Waits for so many seconds.
  var pause: @Sendable (Double) async throws -> Void = {
    try await Task.sleep(for: .seconds($0))
  }

  var type: String { "kinesis/stream" }
  var noun: String { "streams" }

  var writeEvents: WriteEvents? {
    WriteEvents(
      changing: [
        "UpdateShardCount", "UpdateStreamMode", "IncreaseStreamRetentionPeriod",
        "DecreaseStreamRetentionPeriod", "MergeShards", "SplitShard",
      ],
      effects: [
        "UpdateShardCount": .attributes(["shards"]), "MergeShards": .attributes(["shards"]),
        "SplitShard": .attributes(["shards"]),
        "UpdateStreamMode": .attributes(["mode", "shards"]),
        "IncreaseStreamRetentionPeriod": .attributes(["retentionHours"]),
        "DecreaseStreamRetentionPeriod": .attributes(["retentionHours"]),
      ], deleting: ["DeleteStream"]
    ) { request in
      let arn = request["streamARN"]?.string.map { String(resourcePart(ofARN: $0).dropFirst(7)) }
      return [request["streamName"]?.string ?? arn].compactMap { $0 }
    }
  }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    let streams = names.map { scope.arn("kinesis", "stream/\($0)") }
    // The steps of a write look where the stream is.
    let description = IAMPermission(["kinesis:DescribeStreamSummary"], on: streams)
    return switch access {
    case .read:
      [
        description
      ]
        + (names.contains("*")
          ? [
            IAMPermission(["kinesis:ListTagsForStream"], on: streams),
            IAMPermission(["tag:GetResources"]),
          ] : [])
    case .write:
      [
        description,
        IAMPermission(
          [
            "kinesis:DecreaseStreamRetentionPeriod", "kinesis:IncreaseStreamRetentionPeriod",
            "kinesis:UpdateShardCount", "kinesis:UpdateStreamMode",
          ], on: streams),
      ]
    }
  }

  /// A stream on demand has the shards that Kinesis gives it.
  func normalized(_ attributes: [String: Value]) -> [String: Value] {
    attributes["mode"] == Self.onDemand ? attributes.without(["shards"]) : attributes
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] { StreamProblems(write).all }

  func irreversible(_ write: ResourceWrite, action: Change.Action) -> String? {
    guard let before = write.live?.attributes["retentionHours"]?.numeral,
      let after = write.set["retentionHours"]?.numeral, after < before
    else { return nil }
    return "Records older than \(after.plain) hours are lost."
  }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    streamCost(attributes, scope: scope)
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let found = try await inParallel(names.sorted()) { name -> (String, LiveResource)? in
      guard let summary = try await summary(name), summary["StreamStatus"] != "DELETING" else {
        return nil
      }
      return (name, resource(summary))
    }
    return Dictionary(uniqueKeysWithValues: found.compactMap { $0 })
  }

  /// The tagging API follows after a while: the tags are asked for once more, of the stream itself. It has
  /// at most fifty.
  func find(_ selector: ResourceSelector) async throws -> [String: LiveResource] {
    guard let filter = TagFilter(selector) else { return [:] }
    let tagged = try await inParallel(scope.tagged(["kinesis:stream"], filter)) { stream in
      let name = String(resourcePart(ofARN: stream.arn).dropFirst("stream/".count))
      let tags = try await scope.client.call(
        "kinesis", "ListTagsForStream", ["StreamName": .string(name), "Limit": 50],
        nilIf: "ResourceNotFoundException")
      return filter.matches(tags?["Tags"]?.tags ?? [:]) ? name : nil
    }
    return try await read(Set(tagged.compactMap { $0 }))
  }

  /// The mode first, since only a provisioned stream takes a number of shards; each change when the one
  /// before has come to rest.
  func update(_ write: ResourceWrite) async throws {
    if let mode = write.set["mode"] {
      let arn = scope.arn("kinesis", "stream/\(write.name)")
      _ = try await scope.client.call(
        "kinesis", "UpdateStreamMode",
        ["StreamARN": .string(arn), "StreamModeDetails": ["StreamMode": mode]])
      _ = try await settled(write)
    }
    if let target = write.set["shards"]?.int {
      let shards = try await settled(write)["OpenShardCount"]?.int ?? 0
      for step in shardSteps(from: shards, to: target) {
        _ = try await scope.client.call(
          "kinesis", "UpdateShardCount",
          [
            "StreamName": .string(write.name), "TargetShardCount": Value(step),
            "ScalingType": "UNIFORM_SCALING",
          ])
        _ = try await settled(write)
      }
    }
    if let hours = write.set["retentionHours"], let after = hours.numeral {
      let isMore = after > write.live?.attributes["retentionHours"]?.numeral ?? 0
      _ = try await scope.client.call(
        "kinesis", isMore ? "IncreaseStreamRetentionPeriod" : "DecreaseStreamRetentionPeriod",
        ["StreamName": .string(write.name), "RetentionPeriodHours": hours])
    }
  }

  /// The stream once it is active; "the scaling action could take a few minutes" (UpdateShardCount), so that
  /// half an hour is enough.
  private func settled(_ write: ResourceWrite) async throws -> Value {
    for attempt in 0..<180 {
      if attempt > 0 { try await pause(attempt < 5 ? 2 : 10) }
      guard let summary = try await summary(write.name) else {
        throw ResourceError(
          .missing, Address(type, write.name), "The stream is not there any more.")
      }
      if summary["StreamStatus"] == "ACTIVE" { return summary }
    }
    throw ResourceError(
      .unsettled, Address(type, write.name),
      "The stream has been changing for half an hour. Plan again when it is ACTIVE.")
  }

  private func summary(_ name: String) async throws -> Value? {
    try await scope.client.call(
      "kinesis", "DescribeStreamSummary", ["StreamName": .string(name)],
      nilIf: "ResourceNotFoundException")?["StreamDescriptionSummary"]
  }

  /// Streams from before there were modes are provisioned.
  private func resource(_ summary: Value) -> LiveResource {
    let mode = summary["StreamModeDetails"]?["StreamMode"] ?? Self.provisioned
    let attributes = normalized([
      "mode": mode, "shards": summary["OpenShardCount"] ?? .null,
      "retentionHours": summary["RetentionPeriodHours"] ?? .null,
    ]).without()
    var context = attributes
    context["openShards"] = summary["OpenShardCount"]
    context["status"] = summary["StreamStatus"]
    if let queues = summary["QueueCount"]?.numeral, queues > 0 {
      context["queues"] = .number(queues)
    }
    return LiveResource(attributes: attributes, context: context)
  }
}

/// The counts of shards on the way to another one: each at most double and at least half of the one before
/// (API description of kinesis, UpdateShardCount).
func shardSteps(from count: Int, to target: Int) -> [Int] {
  guard count > 0, target > 0 else { return [] }
  var steps: [Int] = []
  var current = count
  while current != target {
    current = min(max(target, (current + 1) / 2), current * 2)
    steps.append(current)
  }
  return steps
}
