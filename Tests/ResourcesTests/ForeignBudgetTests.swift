import Model
import Synchronization
import Testing

@testable import Resources

private let kind = "budgets/budget"

private let plain: Value = [
  "BudgetName": "n", "BudgetType": "COST", "TimeUnit": "MONTHLY",
  "BudgetLimit": ["Amount": "900", "Unit": "USD"],
]
private let plannedLimits: Value = [
  "1767225600": ["Amount": "700", "Unit": "USD"], "1769904000": ["Amount": "800", "Unit": "USD"],
]
private let expression: Value = ["Tags": ["Key": "team", "Values": ["a"]]]

/// Planned limits alone, and beside the limit of the period that runs.
private let planned: [Value] = [
  plain.with(["PlannedBudgetLimits": plannedLimits, "BudgetLimit": .null]),
  plain.with([
    "PlannedBudgetLimits": plannedLimits, "BudgetLimit": ["Amount": "700.0", "Unit": "USD"],
  ]),
]
/// An expression alone, beside the filters that say the same, and a metric without an expression.
private let filtered: [Value] = [
  plain.with(["FilterExpression": expression, "Metrics": ["NetUnblendedCost"]]),
  plain.with([
    "FilterExpression": expression, "Metrics": ["NetUnblendedCost"],
    "CostFilters": ["TagKeyValue": ["user:team$a"]],
  ]),
  plain.with(["Metrics": ["AmortizedCost"], "CostFilters": [:]]),
]

/// An account with one budget, which creates and updates replace. Where `describesBoth`, a planned
/// budget is described with the limit of the period that runs too.
private func account(_ budget: Value) -> FakeAWS {
  let describesBoth = budget["PlannedBudgetLimits"] != nil && budget["BudgetLimit"] != nil
  let held = Mutex<Value?>(budget)
  return FakeAWS { operation, input in
    let shown = held.withLock { $0 }.map { budget in
      describesBoth && budget["PlannedBudgetLimits"] != nil
        ? budget.with(["BudgetLimit": ["Amount": "700.0", "Unit": "USD"]]) : budget
    }
    switch operation {
    case "DescribeBudgets": return ["Budgets": .list(shown.map { [$0] } ?? [])]
    case "DescribeBudget": return ["Budget": shown ?? .null]
    case "DeleteBudget": held.withLock { $0 = nil }
    case "CreateBudget": held.withLock { $0 = input["Budget"] }
    case "UpdateBudget": held.withLock { $0 = input["NewBudget"] }
    default: break
    }
    return [:]
  }
}

@Suite struct ForeignBudgetTests {
  @Test(arguments: planned + filtered)
  func givesBackWhatItTookOver(budget: Value) async throws {
    let aws = account(budget)
    let type = resourceType(kind, aws)
    let found = try #require(try await type.read(["n"])["n"])
    let wanted: [String: Value] = [
      "limit": 700, "currency": "USD", "costFilters": ["Region": ["us-east-2"]],
    ]
    try await type.update(ResourceWrite(name: "n", live: found, set: wanted))
    let taken = try #require(try await type.read(["n"])["n"])
    let kept = found.attributes.filter { !["metric", "filterExpression"].contains($0.key) }
    #expect(taken.attributes == kept.merging(wanted) { $1 })
    let back = ResourceWrite(
      name: "n", live: taken,
      set: found.attributes.filter { wanted[$0.key] != nil && wanted[$0.key] != $0.value },
      unset: Set(wanted.keys).subtracting(found.attributes.keys), recorded: found.context)
    #expect(type.problems(with: back).isEmpty)
    try await type.update(back)
    #expect(try await type.read(["n"])["n"] == found)
    let sent = try #require(aws.calls.last { $0.operation == "UpdateBudget" }?.input["NewBudget"])
    #expect((sent["PlannedBudgetLimits"] == nil) == (budget["PlannedBudgetLimits"] == nil))
    #expect((sent["BudgetLimit"] == nil) == (budget["PlannedBudgetLimits"] != nil))
    #expect(sent["Metrics"] == budget["Metrics"])
    #expect(sent["FilterExpression"] == budget["FilterExpression"])
  }

  @Test(arguments: planned + filtered)
  func makesWhatItDeletedAsItWas(budget: Value) async throws {
    let aws = account(budget.with(["BudgetType": "USAGE"]))
    let type = resourceType(kind, aws)
    let found = try #require(try await type.read(["n"])["n"])
    try await type.delete(ResourceWrite(name: "n", live: found, set: [:]))
    let back = ResourceWrite(
      name: "n", live: nil, set: found.attributes, recorded: found.context)
    #expect(type.problems(with: back).isEmpty)
    try await type.create(back)
    #expect(try await type.read(["n"])["n"] == found)
  }

  @Test(arguments: planned)
  func aPlannedBudgetHasNoLimit(budget: Value) async throws {
    let live = try await resourceType(kind, account(budget)).read(["n"])["n"]
    #expect(live?.attributes == ["timeUnit": "MONTHLY"])
    #expect(live?.context["plannedLimits"] == plannedLimits)
  }
}
