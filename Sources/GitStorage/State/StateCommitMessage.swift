internal import Model

/// The message of a commit on a state branch: a subject for people, trailers for programs.
struct StateCommitMessage {
  /// What the commit stands for.
  enum Event: String {
    case begin
    case renew
    case end
    case abort
  }

  static let eventTrailer = "Weir-Event"
  static let serialTrailer = "Weir-Serial"
  static let policyTrailer = "Weir-Policy-Commit"
  static let planTrailer = "Weir-Plan"
  static let actorTrailer = "Weir-Actor"
  static let runTrailer = "Weir-Run"

  private let event: Event
  private let serial: Int
  private let plan: Plan
  private let planDigest: String?
  private let actor: String
  private let summary: String

  init(
    _ event: Event, serial: Int, plan: Plan, planDigest: String?, actor: String, summary: String
  ) {
    self.event = event
    self.serial = serial
    self.plan = plan
    self.planDigest = planDigest
    self.actor = actor
    self.summary = summary
  }

  /// Whether the commit records what has happened, rather than what is about to.
  var isEnd: Bool { event == .end || event == .abort }

  /// The first line.
  var subject: String { "\(plan.environment.name) \(serial): \(Self.oneLine(summary))" }

  /// The whole message of a commit by the run of that name.
  func text(run: String) -> String {
    var trailers = [
      "\(Self.eventTrailer): \(event.rawValue)", "\(Self.serialTrailer): \(serial)",
    ]
    if let commit = plan.policy.commit { trailers.append("\(Self.policyTrailer): \(commit)") }
    if let planDigest, event == .end { trailers.append("\(Self.planTrailer): \(planDigest)") }
    let overridden = plan.overriddenGuardrails.map(\.rawValue)
    if event == .end, !overridden.isEmpty {
      trailers.append("Weir-Override: \(overridden.joined(separator: ", "))")
    }
    trailers.append("\(Self.actorTrailer): \(Self.oneLine(actor))")
    trailers.append("\(Self.runTrailer): \(run)")
    return subject + "\n\n" + trailers.joined(separator: "\n") + "\n"
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}

extension HistoryEntry {
  /// The apply that a commit ends; nil where it ends none.
  init?(_ commit: CommitInfo) {
    guard commit.trailer(StateCommitMessage.eventTrailer) == StateCommitMessage.Event.end.rawValue,
      let serial = commit.trailer(StateCommitMessage.serialTrailer).flatMap({ Int($0) })
    else { return nil }
    let summary = commit.subject.split(separator: ": ", maxSplits: 1).last.map(String.init)
    self.init(
      serial: serial, version: commit.id.hex,
      policyCommit: commit.trailer(StateCommitMessage.policyTrailer),
      planDigest: commit.trailer(StateCommitMessage.planTrailer),
      actor: commit.trailer(StateCommitMessage.actorTrailer) ?? commit.authorName,
      time: commit.time, summary: summary ?? "")
  }
}
