import Foundation
import GitStorage
import Model
import TestSupport

let stateTime = Date(timeIntervalSince1970: 1_787_121_000)

/// A repository of its own with a state branch for `prod`.
struct StateRepository {
  let directory: TemporaryDirectory
  let path: String
  let repository: GitRepository
  let branch: StateBranch

  init() throws {
    directory = try TemporaryDirectory()
    path = try directory.makeRepository()
    repository = try GitRepository(discovering: path)
    branch = StateBranch(
      repository, environment: "prod", now: { stateTime }, reportText: { "# Apply \($0.serial)\n" })
  }

  /// The paths in the branch's tree.
  func tree() throws -> [String] {
    try directory.git("ls-tree", "-r", "--name-only", "-z", "weir/prod", in: "repo")
      .split(separator: "\0").map(String.init)
  }

  /// The paths that the last commit changed.
  func changed() throws -> [String] {
    try directory.git(
      "diff", "--name-only", "--no-renames", "weir/prod~1", "weir/prod", in: "repo"
    ).split(separator: "\n").map(String.init)
  }

  /// Begins and ends an apply that leads to `resources`.
  @discardableResult
  func apply(
    _ serial: Int, _ resources: [AppliedResource], summary: String = "1 changed",
    snapshot: [Address: Snapshot.Entry] = [:]
  ) async throws -> String {
    let plan = statePlan(after: serial - 1)
    let pending = pendingApply(plan)
    let begun = try await branch.begin(
      pending, snapshot: Snapshot(serial: serial, resources: snapshot),
      expecting: try await branch.load().version)
    return try await branch.end(
      record(plan, state(serial, resources), summary: summary), expecting: begun)
  }
}

func statePlan(after serial: Int, commit: String? = "4f2c1d9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e")
  -> Plan
{
  Plan(
    goal: .policy,
    environment: EnvironmentReference(name: "prod", account: "123456789012", region: "us-east-2"),
    policy: PolicyReference(commit: commit, hasUncommittedChanges: false, directory: ""),
    state: StateReference(lineage: "9d1e", serial: serial), time: stateTime,
    changes: [], drift: [], refreshed: [], resourceCount: 0, problems: [])
}

func pendingApply(_ plan: Plan, until: Double = 900) -> PendingApply {
  PendingApply(
    serial: plan.state.serial + 1, plan: plan,
    lease: Lease(
      holder: "Ada on lovelace", since: stateTime, until: stateTime.addingTimeInterval(until)))
}

func state(_ serial: Int, _ resources: [AppliedResource]) -> State {
  State(
    lineage: "9d1e", serial: serial, environment: statePlan(after: 0).environment,
    policyCommit: "4f2c1d9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e", planDigest: "sha256:\(serial)",
    resources: Dictionary(uniqueKeysWithValues: resources.map { ($0.address, $0) }))
}

func record(_ plan: Plan, _ state: State, summary: String = "1 changed", isAborted: Bool = false)
  -> ApplyRecord
{
  ApplyRecord(
    state: state,
    outcomes: [
      ChangeOutcome(address: thing("a"), action: .update, result: .failed("refused"))
    ], actor: "Ada on lovelace", summary: summary, plan: plan, time: stateTime,
    isAborted: isAborted)
}

func resource(
  _ name: String, type: String = "ecs/service", _ attributes: [String: Value] = ["x": 1]
)
  -> AppliedResource
{
  AppliedResource(
    address: Address(type, name), attributes: attributes, found: ["x": .null],
    foundContext: ["revision": 3], wasCreated: false, onRemove: .restore, isProtected: true,
    manifest: testManifest, dependsOn: [thing("b")], serial: 1)
}
