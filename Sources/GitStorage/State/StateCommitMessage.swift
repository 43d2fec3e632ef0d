internal import Model

/// The message of a commit on a state branch: a subject for people, trailers for programs.
struct StateCommitMessage {
  /// What the commit stands for.
  enum Event: String {
    case begin
    case renew
    case end
    case abort
    case restore
  }

  static let eventTrailer = "Weir-Event"
  static let serialTrailer = "Weir-Serial"
  static let policyTrailer = "Weir-Policy-Commit"
  static let planTrailer = "Weir-Plan"
  static let actorTrailer = "Weir-Actor"
  static let runTrailer = "Weir-Run"

  private let event: Event
  private let serial: Int
  private let environment: String
  private let policyCommit: String?
  private let overridden: [Guardrail]
  private let planDigest: String?
  private let actor: String
  private let summary: String

  init(
    _ event: Event, serial: Int, plan: Plan, planDigest: String?, actor: String, summary: String
  ) {
    self.event = event
    self.serial = serial
    environment = plan.environment.name
    policyCommit = plan.policy.commit
    overridden = plan.overriddenGuardrails
    self.planDigest = planDigest
    self.actor = actor
    self.summary = summary
  }

  /// The message of a commit that restores `state`.
  init(restoring state: State, actor: String, summary: String) {
    event = .restore
    serial = state.serial
    environment = state.environment.name
    policyCommit = state.policyCommit
    overridden = []
    planDigest = state.planDigest
    self.actor = actor
    self.summary = summary
  }

  /// Whether the commit records what has happened, rather than what is about to.
  var isEnd: Bool { event == .end || event == .abort }

  /// The first line.
  var subject: String { "\(environment) \(serial): \(Self.oneLine(summary))" }

  /// The whole message of a commit by the run of that name.
  func text(run: String) -> String {
    var trailers = [
      "\(Self.eventTrailer): \(event.rawValue)", "\(Self.serialTrailer): \(serial)",
    ]
    if let policyCommit { trailers.append("\(Self.policyTrailer): \(policyCommit)") }
    if let planDigest, event == .end || event == .restore {
      trailers.append("\(Self.planTrailer): \(planDigest)")
    }
    if event == .end, !overridden.isEmpty {
      let names = overridden.map(\.rawValue).joined(separator: ", ")
      trailers.append("Weir-Override: \(names)")
    }
    trailers.append("\(Self.actorTrailer): \(Self.oneLine(actor))")
    trailers.append("\(Self.runTrailer): \(run)")
    return subject + "\n\n" + trailers.joined(separator: "\n") + "\n"
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}

/// What the trailers of a commit on a state branch say.
struct StateCommitTrailers {
  let event: StateCommitMessage.Event
  let serial: Int

  /// Reads the trailers of `commit`; nil where they are not what Weir writes.
  init?(_ commit: CommitInfo) {
    guard
      let event = commit.trailer(StateCommitMessage.eventTrailer)
        .flatMap({ StateCommitMessage.Event(rawValue: $0) }),
      let serial = commit.trailer(StateCommitMessage.serialTrailer).flatMap({ Int($0) }), serial > 0
    else { return nil }
    self.event = event
    self.serial = serial
  }

  /// Whether the commit leaves behind a state of its own.
  var leavesState: Bool { event == .end || event == .restore }
}

extension HistoryEntry {
  /// What a commit that leaves behind a state says of it.
  init(_ commit: CommitInfo, serial: Int) {
    let summary = commit.subject.split(separator: ": ", maxSplits: 1).last.map(String.init)
    self.init(
      serial: serial, version: commit.id.hex,
      policyCommit: commit.trailer(StateCommitMessage.policyTrailer),
      planDigest: commit.trailer(StateCommitMessage.planTrailer),
      actor: commit.trailer(StateCommitMessage.actorTrailer) ?? commit.authorName,
      time: commit.time, summary: summary ?? "")
  }
}
