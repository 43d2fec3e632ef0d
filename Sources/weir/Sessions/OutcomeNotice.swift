internal import AWSClient
internal import Manifests
internal import Model
internal import Rendering

/// The notice of how an apply ended, at most one for each: SNS delivers what it is sent twice twice, so
/// that a try of which nobody knows whether it arrived is not repeated.
struct OutcomeNotice {
  /// What is told of.
  enum Ending {
    case ended(NoticeFacts)
    case unfinished(UnfinishedFacts)
  }

  let settings: NoticeSettings
  let ending: Ending
  /// The line of states, by which a FIFO topic tells notices apart.
  let lineage: String

  /// How the apply ended; nil where nothing was recorded.
  var occasion: NoticeSettings.Occasion? {
    guard case .ended(let facts) = ending else { return .unfinished }
    switch (facts.report.result, facts.recovery, facts.plan.goal) {
    case (.nothingToDo, _, _), (.stale, _, _): return nil
    case (.undone, _, _), (.applied, .undo?, _): return .undone
    case (.appliedInPart, _, _):
      return facts.report.outcomes.contains { $0.result == .applied } ? .partial : .failed
    case (.applied, .finish?, _): return .recovered
    case (.applied, nil, .rollback): return .rolledBack
    case (.applied, nil, .policy): return .applied
    }
  }

  /// Sends the notice where the project asks for it.
  ///
  /// - Throws: `AWSError`, `CancellationError`.
  /// - Returns: whether it was sent.
  func send(_ client: AWSClient) async throws -> Bool {
    guard let occasion, settings.occasions.contains(occasion) else { return false }
    let (environment, serial, subject, text) =
      switch ending {
      case .ended(let facts):
        (facts.report.environment, facts.report.serial, subject(of: facts), text(of: facts))
      case .unfinished(let facts):
        (facts.environment, facts.serial, subject(of: facts), text(of: facts))
      }
    var input: [String: Value] = [
      "TopicArn": .string(settings.topic), "Subject": .string(subject), "Message": .string(text),
    ]
    if settings.topic.hasSuffix(".fifo") {
      input["MessageGroupId"] = .string(environment.name)
      input["MessageDeduplicationId"] = .string("\(lineage)-\(serial)-\(occasion.rawValue)")
    }
    let parts = settings.topic.split(separator: ":", omittingEmptySubsequences: false)
    _ = try await client.call("sns", "Publish", .map(input), region: String(parts[3]))
    return true
  }
}
