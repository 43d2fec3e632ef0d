import Foundation
import Model
import Rendering
import Testing

@Suite struct RecordTests {
  private let entries = [
    HistoryEntry(
      serial: 12, version: "c0ffee1234", policyCommit: "4f2c1d9a8b7c", planDigest: "8e12ab90c4d1",
      actor: "ci@github (run 812)", time: noon, summary: "1 changed, -$134.08/mo"),
    HistoryEntry(
      serial: 11, version: "beef001234", policyCommit: nil, planDigest: nil, actor: "ana",
      time: noon.addingTimeInterval(-90_000), summary: "rollback to serial 9: 2 changed | `x` @all"),
  ]
  private let pending = PendingApply(
    serial: 13, plan: PlanCase.design.plan,
    lease: Lease(
      holder: "ana@laptop", since: noon, until: noon.addingTimeInterval(900)))
  private let outcomes = [
    ChangeOutcome(address: Address("budgets/budget", "m"), action: .create, result: .applied),
    ChangeOutcome(
      address: Address("ecs/service", "web/web"), action: .update,
      result: .failed("AccessDenied: not allowed to ecs:UpdateService")),
    ChangeOutcome(
      address: Address("scaling/target", "web/web"), action: .update,
      result: .skipped("ecs/service web/web failed before it")),
  ]
  private var report: StoredReport {
    StoredReport(
      serial: 12, plan: PlanCase.design.plan, outcomes: outcomes, actor: "ci@github (run 812)",
      time: noon, summary: "1 changed, -$134.08/mo")
  }
  private let state = State(
    lineage: "9d1e", serial: 12, environment: prod, policyCommit: "4f2c1d9a8b7c",
    resources: [
      Address("ecs/service", "web/web"): applied(
        "ecs/service", "web/web", ["cpu": 1024, "memory": 2048], serial: 12),
      Address("budgets/budget", "m"): applied(
        "budgets/budget", "m", ["limit": 800, "subscriber": .sensitive(.digest("aa"))], serial: 4),
    ])

  @Test(arguments: OutputFormat.allCases)
  func showsHistory(_ format: OutputFormat) throws {
    let text = try render(
      history: entries, pending: pending, environment: prod, format: format, style: .plain)
    try expectSnapshot(text, "history.\(format.suffix)")
    if format == .html { #expect(unbalancedTag(in: text) == nil) }
    let free = try render(
      history: entries, pending: nil, environment: prod, format: format, style: .plain)
    #expect(!free.contains("ana@laptop"))
    let none = try render(
      history: [], pending: nil, environment: prod, format: format, style: .plain)
    if format == .text { try expectSnapshot(free + "\n" + none, "history-free.txt") }
  }

  @Test(arguments: OutputFormat.allCases)
  func showsOneApply(_ format: OutputFormat) throws {
    let record = RecordFacts(
      environment: prod, entry: entries[0], state: state, report: report)
    let text = try render(record: record, format: format, style: .plain)
    try expectSnapshot(text, "record.\(format.suffix)")
    if format == .html { #expect(unbalancedTag(in: text) == nil) }
  }

  @Test(arguments: OutputFormat.allCases)
  func showsHowAnEnvironmentStands(_ format: OutputFormat) throws {
    let texts = try [nil, 60, 9_000].map { seconds in
      try render(
        status: StatusFacts(
          environment: prod, lastApply: entries[0],
          stored: StoredState(
            state: state, pending: seconds.map { _ in pending }, version: "c0ffee"),
          head: .init(
            commit: seconds == nil ? "4f2c1d9a8b7c" : "0badcafe", hasUncommittedChanges: false),
          time: noon.addingTimeInterval(seconds ?? 0)),
        format: format, style: .plain)
    }
    let untouched = StatusFacts(
      environment: prod, lastApply: nil,
      stored: StoredState(state: nil, pending: nil, version: nil),
      head: .init(commit: "0badcafe", hasUncommittedChanges: true), time: noon)
    let none = try render(status: untouched, format: format, style: .plain)
    try expectSnapshot((texts + [none]).joined(separator: "\n"), "status.\(format.suffix)")
  }

  /// The last apply was a way back to no policy: only an empty state says that it went all the way.
  @Test func saysWhatAWayBackLeft() throws {
    let back = Plan(
      goal: .rollback(to: 0), environment: prod,
      policy: PolicyReference(commit: nil, hasUncommittedChanges: false, directory: ""),
      state: StateReference(lineage: "9d1e", serial: 12), time: noon, changes: [], drift: [],
      refreshed: [], resourceCount: 2, problems: [])
    func policy(_ resources: [Address: AppliedResource]) throws -> String {
      var left = state
      left.policyCommit = nil
      left.resources = resources
      let status = StatusFacts(
        environment: prod, lastApply: entries[0],
        report: StoredReport(
          serial: 12, plan: back, outcomes: [], actor: "ana", time: noon, summary: "rollback"),
        stored: StoredState(state: left, pending: nil, version: "c0ffee"),
        head: .init(commit: "0badcafe", hasUncommittedChanges: false), time: noon)
      let text = try render(status: status, format: .text, style: .plain)
      return try #require(
        text.split(separator: "\n").first { $0.contains("policy") }.map(String.init))
    }
    #expect(try policy([:]).contains("none: all was given up; here is"))
    #expect(try policy(state.resources).contains("none: 2 resources are still managed; here is"))
  }

  @Test func keepsAReportOfEachApply() throws {
    try expectSnapshot(markdown(of: report), "stored-report.md")
  }

  @Test(arguments: [
    ApplyReport.Result.applied, .appliedInPart, .nothingToDo, .stale,
  ])
  func tellsHowAnApplyWent(_ result: ApplyReport.Result) throws {
    let report = ApplyReport(
      result: result, environment: prod, serial: 13, version: "c0ffee1234",
      outcomes: result == .appliedInPart ? outcomes : result == .applied ? [outcomes[0]] : [],
      staleReasons: result == .stale
        ? ["ecs/service web/web: cpu was 2048 when the plan was made, and is 512 now"] : [],
      cost: CostChange(before: dollars("170.12"), after: dollars("36.04")))
    try expectSnapshot(
      OutputFormat.allCases.filter { $0 != .html }
        .map { try render(report: report, format: $0, style: .plain) }.joined(separator: "\n"),
      "report-\(result).txt")
  }

  @Test(arguments: ["undone", "undone-in-part", "not-undone"])
  func tellsHowAnApplyWasUndone(_ name: String) throws {
    let failures = outcomes.filter { $0.result != .applied }
    let undone = ChangeOutcome(
      address: Address("budgets/budget", "m"), action: .delete, result: .applied)
    let report = ApplyReport(
      result: name == "undone" ? .undone : .appliedInPart, environment: prod, serial: 13,
      version: "c0ffee1234",
      outcomes: name == "undone"
        ? [undone] : name == "undone-in-part" ? [undone, outcomes[1]] : outcomes,
      undo: .init(
        failures: failures,
        obstacle: name == "not-undone" ? "budgets/budget m: it cannot be deleted." : nil),
      cost: CostChange(before: dollars("36.04"), after: dollars("36.04")))
    try expectSnapshot(
      OutputFormat.allCases.filter { $0 != .html }
        .map { try render(report: report, format: $0, style: .plain) }.joined(separator: "\n"),
      "report-\(name).txt")
  }

  @Test func keepsWhatWasLetPassAndWhyItWentBack() throws {
    var plan = PlanCase.guarded.plan
    plan.problems.removeFirst()
    let overridden = StoredReport(
      serial: 13, plan: plan, outcomes: [], actor: "ana", time: noon, summary: "5 changed")
    let back = RenderingTests.plan(
      problems: [
        PlanProblem(.remark, Address("ecs/service", "web/web"), "It failed: AccessDenied.")
      ], goal: .rollback(to: 12))
    let undone = StoredReport(
      serial: 13, plan: back, outcomes: [outcomes[0]], actor: "ana", time: noon,
      summary: "undone, because ecs/service web/web failed: 1 created")
    try expectSnapshot(
      [overridden, undone].map { markdown(of: $0) }.joined(separator: "\n"),
      "stored-report-remarks.md")
  }

  @Test func saysWhatAValidPolicyHolds() throws {
    let validation = ValidationFacts(
      policy: PolicyReference(commit: "4f2c1d9", hasUncommittedChanges: true, directory: "policy"),
      manifests: 5,
      environments: [
        .init(environment: prod, manifests: 5, resources: 12),
        .init(
          environment: EnvironmentReference(
            name: "staging", account: "210987654321", region: "us-east-2"), manifests: 4,
          resources: 9),
      ])
    let texts = try [OutputFormat.text, .json].map {
      try render(validation: validation, format: $0, style: .plain)
    }
    try expectSnapshot(texts.joined(separator: "\n"), "validation.txt")
  }
}

extension OutputFormat {
  /// The end of a snapshot's name.
  var suffix: String {
    switch self {
    case .text: "txt"
    case .json: "json"
    case .markdown: "md"
    case .html: "html"
    }
  }
}
