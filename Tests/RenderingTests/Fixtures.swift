import Foundation
import Model

let prod = EnvironmentReference(name: "prod", account: "123456789012", region: "us-east-2")
let noon = Date(timeIntervalSince1970: 1_787_142_600)
let sizes = ManifestReference(kind: "TaskSize", name: "pythonide")

func decimal(_ text: String) -> Decimal { Decimal(string: text) ?? .nan }

/// A cost whose prices are of 2026-08-19.
func dollars(_ text: String, unknowns: [String] = []) -> MonthlyCost {
  MonthlyCost(decimal(text), unknowns: unknowns, pricesAsOf: "2026-08-19")
}

func place(_ file: String, _ line: Int) -> SourceRange {
  SourceRange(
    file: file, start: SourcePosition(line: line, column: 3),
    end: SourcePosition(line: line, column: 9))
}

func field(_ path: String, _ before: Value?, _ after: Value?, at line: Int? = nil) -> FieldChange {
  FieldChange(
    path: path, before: before, after: after,
    source: line.map { place("manifests/pythonide/tasks.yaml", $0) })
}

func change(
  _ action: Change.Action, _ type: String, _ name: String, _ fields: [FieldChange] = [],
  cost: CostChange = CostChange(before: .zero, after: .zero), reason: Change.Reason? = nil,
  notes: [String] = []
) -> Change {
  Change(
    address: Address(type, name), action: action, reason: reason ?? .manifest(sizes),
    before: action == .create ? nil : LiveResource(attributes: ["cpu": 2048]), set: [:], unset: [],
    recorded: [:], fields: fields, cost: cost, after: [], outcome: nil, notes: notes)
}

func plan(
  _ changes: [Change] = [], drift: [Drift] = [], problems: [PlanProblem] = [],
  goal: Plan.Goal = .policy, commit: String? = "4f2c1d9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e",
  isDirty: Bool = false, refreshed: [AppliedResource] = [],
  environment: EnvironmentReference = prod,
  selection: [String] = []
) -> Plan {
  Plan(
    goal: goal, environment: environment,
    policy: PolicyReference(commit: commit, hasUncommittedChanges: isDirty, directory: ""),
    state: StateReference(lineage: "9d1e", serial: 12), selection: selection, time: noon,
    changes: changes, drift: drift,
    refreshed: refreshed, resourceCount: 12, problems: problems)
}

/// The change of the design's example.
let serviceChange = change(
  .update, "ecs/service", "pythonide-cluster/pythonide-service",
  [
    field("cpu", 2048, 1024, at: 9), field("memory", 8192, 2048, at: 10),
    field("desiredCount", 2, 1, at: 11),
  ], cost: CostChange(before: dollars("170.1216"), after: dollars("36.0401")))

let budgetDrift = Drift(
  address: Address("budgets/budget", "pythonide-monthly"), fields: [field("limit", 800, 900)],
  isMissing: false, serial: 12, isReverted: false)

func applied(_ type: String, _ name: String, _ attributes: [String: Value], serial: Int)
  -> AppliedResource
{
  AppliedResource(
    address: Address(type, name), attributes: attributes, found: [:], foundContext: [:],
    wasCreated: false, onRemove: .restore, isProtected: false, manifest: sizes, dependsOn: [],
    serial: serial)
}
