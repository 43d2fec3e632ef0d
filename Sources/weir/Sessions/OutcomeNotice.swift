internal import AWSClient
internal import Manifests
internal import Model
internal import Rendering

/// The notice of how an apply ended, at most one for each: SNS delivers what it is sent twice twice, so
/// that a try of which nobody knows whether it arrived is not repeated.
struct OutcomeNotice {
  let settings: NoticeSettings
  let facts: NoticeFacts
  /// The line of states, by which a FIFO topic tells notices apart.
  let lineage: String

  /// How the apply ended; nil where nothing was recorded.
  var occasion: NoticeSettings.Occasion? {
    let report = facts.report
    switch report.result {
    case .nothingToDo, .stale: return nil
    case .undone: return .undone
    case .appliedInPart:
      return report.outcomes.contains { $0.result == .applied } ? .partial : .failed
    case .applied:
      if case .rollback = facts.plan.goal { return .rolledBack }
      return .applied
    }
  }

  /// Sends the notice where the project asks for it.
  ///
  /// - Throws: `AWSError`, `CancellationError`.
  /// - Returns: whether it was sent.
  func send(_ client: AWSClient) async throws -> Bool {
    guard let occasion, settings.occasions.contains(occasion) else { return false }
    var input: [String: Value] = [
      "TopicArn": .string(settings.topic), "Subject": .string(subject(of: facts)),
      "Message": .string(text(of: facts)),
    ]
    if settings.topic.hasSuffix(".fifo") {
      input["MessageGroupId"] = .string(facts.report.environment.name)
      input["MessageDeduplicationId"] = .string("\(lineage)-\(facts.report.serial)")
    }
    let parts = settings.topic.split(separator: ":", omittingEmptySubsequences: false)
    _ = try await client.call("sns", "Publish", .map(input), region: String(parts[3]))
    return true
  }
}
