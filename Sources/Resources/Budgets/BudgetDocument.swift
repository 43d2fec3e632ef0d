internal import Foundation
internal import Model

/// A budget as AWS describes it, and the way from there to attributes and back.
struct BudgetDocument {
  /// AWS's description.
  private(set) var members: [String: Value]
  private let isNew: Bool

  /// What AWS reports and does not take (API description of budgets: "You can change every part of
  /// a budget except for the budgetName and the calculatedSpend").
  private static let readOnly: Set = ["CalculatedSpend", "LastUpdatedTime", "HealthStatus"]

  /// The attributes that are parts of the budget itself; the others are its notifications.
  static let attributes: Set = [
    "limit", "currency", "timeUnit", "costFilters", "filterExpression", "metric",
  ]

  /// A budget as described.
  init(_ description: Value) {
    members = description.members.without()
    isNew = false
  }

  /// A budget that is not there yet: it counts cost, or what it counted when it was `recorded`.
  init(newNamed name: String, recorded: [String: Value]) {
    members = ["BudgetName": .string(name), "BudgetType": recorded["budgetType"] ?? "COST"]
    isNew = true
  }

  /// The budget's name.
  var name: String? { members["BudgetName"]?.string }

  /// The unit of the limit: a currency, for a budget of usage GB or hours.
  var unit: String {
    let limit = members["BudgetLimit"] ?? members["PlannedBudgetLimits"]?.members.values.first
    return limit?["Unit"]?.string ?? "USD"
  }

  /// The attributes.
  ///
  /// A budget with limits planned for single periods has no `limit`, whether or not AWS describes
  /// it with that of the period that runs (UNVERIFIED); one that is filtered by an expression has no
  /// `costFilters`, though AWS may describe both. So giving back either is taking away what
  /// replaced it.
  var attributes: [String: Value] {
    var attributes: [String: Value] = [:]
    if !isPlanned, let amount = members["BudgetLimit"]?["Amount"]?.numeral {
      attributes["limit"] = .number(amount)
      attributes["currency"] = .string(unit)
    }
    attributes["timeUnit"] = members["TimeUnit"]
    let filters = Self.normalizedFilters(members["CostFilters"] ?? .null)
    if isFilteredByExpression {
      attributes["metric"] = members["Metrics"]?.elements.first
      let expression = CostExpression.normalized(members["FilterExpression"] ?? .null)
      if !expression.members.isEmpty { attributes["filterExpression"] = expression }
    } else if !filters.members.isEmpty {
      attributes["costFilters"] = filters
    }
    return attributes
  }

  /// Whether single periods have limits of their own.
  private var isPlanned: Bool { has("PlannedBudgetLimits") }

  /// Whether the budget is filtered in the newer way. AWS describes a budget in both ways at once;
  /// metrics mark those that were made the newer way.
  private var isFilteredByExpression: Bool {
    has("Metrics") || (has("FilterExpression") && !has("CostFilters"))
  }

  private func has(_ member: String) -> Bool {
    switch members[member] {
    case .map(let parts)?: !parts.isEmpty
    case .list(let elements)?: !elements.isEmpty
    default: false
    }
  }

  /// What is needed to explain the budget, or to give back what a limit or a filter replaces.
  var context: [String: Value] {
    var context: [String: Value] = [:]
    context["budgetType"] = members["BudgetType"]
    if isPlanned { context["plannedLimits"] = members["PlannedBudgetLimits"] }
    context["autoAdjustType"] = members["AutoAdjustData"]?["AutoAdjustType"]
    if isFilteredByExpression {
      context["filterExpression"] = members["FilterExpression"]
      context["metrics"] = members["Metrics"]
    } else {
      context["costTypes"] = members["CostTypes"]
      if has("CostFilters") { context["costFilters"] = members["CostFilters"] }
    }
    return context
  }

  /// Filters with their values sorted and given once.
  static func normalizedFilters(_ filters: Value) -> Value {
    .map(
      filters.members.without().mapValues { values in
        .list(Set(values.elements.compactMap(\.string)).sorted().map(Value.string))
      })
  }

  /// Sets and takes away attributes.
  mutating func apply(_ write: ResourceWrite) {
    if givesBack("limit", in: write), let planned = write.recorded["plannedLimits"] {
      members["BudgetLimit"] = nil
      members["PlannedBudgetLimits"] = planned
    } else if write.set["limit"] != nil || write.set["currency"] != nil {
      let amount = (write.set["limit"] ?? members["BudgetLimit"]?["Amount"])?.numeral
      members["BudgetLimit"] = [
        "Amount": .string(amount?.plain ?? "0"), "Unit": write.set["currency"] ?? .string(unit),
      ]
      members["PlannedBudgetLimits"] = nil
    }
    if let timeUnit = write.set["timeUnit"] { members["TimeUnit"] = timeUnit }
    if let filters = write.set["costFilters"] {
      members["CostFilters"] = Self.normalizedFilters(filters)
      members["FilterExpression"] = nil
      members["Metrics"] = nil
    } else if write.set["metric"] != nil || write.set["filterExpression"] != nil {
      if let metric = write.set["metric"] { members["Metrics"] = [metric] }
      if write.set["filterExpression"] != nil || write.unset.contains("filterExpression") {
        members["FilterExpression"] = write.set["filterExpression"]
      }
      members["CostFilters"] = nil
      members["CostTypes"] = nil
    } else if givesBack("costFilters", in: write), write.recorded["metrics"] != nil {
      members["CostFilters"] = nil
      members["FilterExpression"] = write.recorded["filterExpression"]
      members["Metrics"] = write.recorded["metrics"]
    } else if write.unset.contains("metric") {
      members["FilterExpression"] = nil
      members["Metrics"] = nil
      members["CostTypes"] = write.recorded["costTypes"]
      members["CostFilters"] = write.recorded["costFilters"]
    } else if write.unset.contains("filterExpression") {
      members["FilterExpression"] = nil
    } else if givesBack("costFilters", in: write) {
      members["CostFilters"] = nil
      members["FilterExpression"] = write.recorded["filterExpression"]
    }
  }

  /// Whether the write leaves the budget without an attribute that it had or could have had.
  private func givesBack(_ attribute: String, in write: ResourceWrite) -> Bool {
    write.unset.contains(attribute) || (isNew && write.set[attribute] == nil)
  }

  /// The budget for CreateBudget and UpdateBudget: "Only one of BudgetLimit or PlannedBudgetLimits
  /// can be present"; "either FilterExpression and Metrics or CostFilters and CostTypes".
  var request: Value {
    var request = members.without(Self.readOnly)
    request = request.changing("AutoAdjustData") {
      .map($0.members.without(["LastAutoAdjustTime"]))
    }
    request[isPlanned ? "BudgetLimit" : "PlannedBudgetLimits"] = nil
    if isFilteredByExpression {
      request["CostFilters"] = nil
      request["CostTypes"] = nil
      if !has("FilterExpression") { request["FilterExpression"] = nil }
    } else {
      request["FilterExpression"] = nil
      request["Metrics"] = nil
    }
    return .map(request)
  }
}
