internal import Foundation
internal import Model

/// A budget as AWS describes it, and the way from there to attributes and back.
struct BudgetDocument {
  /// AWS's description.
  private(set) var members: [String: Value]

  /// What AWS reports and does not take (API description of budgets: "You can change every part of
  /// a budget except for the budgetName and the calculatedSpend").
  private static let readOnly: Set = ["CalculatedSpend", "LastUpdatedTime", "HealthStatus"]

  /// The attributes that are parts of the budget itself; the others are its notifications.
  static let attributes: Set = ["limit", "currency", "timeUnit", "costFilters"]

  /// A budget as described.
  init(_ description: Value) { members = description.members.without() }

  /// A budget that is not there yet: it counts cost.
  init(newNamed name: String) { members = ["BudgetName": .string(name), "BudgetType": "COST"] }

  /// The budget's name.
  var name: String? { members["BudgetName"]?.string }

  /// The unit of the limit: a currency, for a budget of usage GB or hours.
  var unit: String { members["BudgetLimit"]?["Unit"]?.string ?? "USD" }

  /// The attributes.
  var attributes: [String: Value] {
    var attributes: [String: Value] = [:]
    if let amount = members["BudgetLimit"]?["Amount"]?.numeral {
      attributes["limit"] = .number(amount)
      attributes["currency"] = .string(unit)
    }
    attributes["timeUnit"] = members["TimeUnit"]
    let filters = Self.normalizedFilters(members["CostFilters"] ?? .null)
    if !filters.members.isEmpty { attributes["costFilters"] = filters }
    return attributes
  }

  /// What is needed to explain the budget, or to give back what a limit or a filter replaces.
  var context: [String: Value] {
    var context: [String: Value] = [:]
    context["budgetType"] = members["BudgetType"]
    context["plannedLimits"] = members["PlannedBudgetLimits"]
    context["autoAdjustType"] = members["AutoAdjustData"]?["AutoAdjustType"]
    context["filterExpression"] = members["FilterExpression"]
    context["metrics"] = members["Metrics"]
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
    if write.set["limit"] != nil || write.set["currency"] != nil {
      let amount = (write.set["limit"] ?? members["BudgetLimit"]?["Amount"])?.numeral
      members["BudgetLimit"] = [
        "Amount": .string(amount?.plain ?? "0"), "Unit": write.set["currency"] ?? .string(unit),
      ]
      members["PlannedBudgetLimits"] = Self.planned(for: amount, in: write.recorded)
    }
    if let timeUnit = write.set["timeUnit"] { members["TimeUnit"] = timeUnit }
    if let filters = write.set["costFilters"] {
      members["CostFilters"] = Self.normalizedFilters(filters)
      members["FilterExpression"] = nil
      members["Metrics"] = nil
    } else if write.unset.contains("costFilters") {
      members["CostFilters"] = nil
      members["FilterExpression"] = write.recorded["filterExpression"]
      members["Metrics"] = write.recorded["metrics"]
    }
  }

  /// The limits planned for single periods, on the way back to one of them: AWS describes such a
  /// budget with the limit of the period that runs.
  static func planned(for limit: Decimal?, in recorded: [String: Value]) -> Value? {
    recorded["plannedLimits"].flatMap { planned in
      planned.members.values.contains { $0["Amount"]?.numeral == limit } ? planned : nil
    }
  }

  /// The budget for CreateBudget and UpdateBudget: "Only one of BudgetLimit or PlannedBudgetLimits
  /// can be present"; "either FilterExpression and Metrics or CostFilters and CostTypes".
  ///
  /// AWS describes a budget in both ways of filtering at once; metrics mark those that were made
  /// the newer way.
  var request: Value {
    var request = members.without(Self.readOnly)
    request = request.changing("AutoAdjustData") {
      .map($0.members.without(["LastAutoAdjustTime"]))
    }
    if !(request["PlannedBudgetLimits"]?.members ?? [:]).isEmpty {
      request["BudgetLimit"] = nil
    } else {
      request["PlannedBudgetLimits"] = nil
    }
    let hasFilters = !(request["CostFilters"]?.members ?? [:]).isEmpty
    let hasMetrics = !(request["Metrics"]?.elements ?? []).isEmpty
    let hasExpression = !(request["FilterExpression"]?.members ?? [:]).isEmpty
    if hasMetrics || (hasExpression && !hasFilters) {
      request["CostFilters"] = nil
      request["CostTypes"] = nil
      if !hasExpression { request["FilterExpression"] = nil }
    } else {
      request["FilterExpression"] = nil
      request["Metrics"] = nil
    }
    return .map(request)
  }
}
