internal import Foundation
internal import Model

/// What AWS Budgets would refuse about a write, by the limits in its API description (shapes Budget,
/// Notification and Subscribers).
struct BudgetProblems {
  private let write: ResourceWrite

  /// The problems of a write.
  init(_ write: ResourceWrite) { self.write = write }

  /// The problems, in the order of the budget's parts.
  var all: [ResourceProblem] {
    budget + notificationCount
      + write.set.sorted { $0.key < $1.key }.flatMap { key, value in
        key.hasPrefix(BudgetNotification.prefix) ? notification(key, value) : []
      }
  }

  private var budget: [ResourceProblem] {
    var problems: [ResourceProblem] = []
    if write.live == nil {
      let name = write.name
      if name.isEmpty || name.count > 100 || name.contains(where: { ":\\".contains($0) })
        || name.contains("/action/")
      {
        problems.append(
          ResourceProblem(
            nil,
            "The name of a budget has 1 to 100 characters, without \":\", \"\\\" and \"/action/\"."
          ))
      }
      let isPlanned = write.recorded["plannedLimits"] != nil
      for attribute in ["limit", "timeUnit"]
      where write.set[attribute] == nil && !(attribute == "limit" && isPlanned) {
        problems.append(ResourceProblem(attribute, "A new budget needs its \(attribute)."))
      }
    }
    if let limit = write.set["limit"], (limit.numeral ?? -1) < 0 {
      problems.append(ResourceProblem("limit", "The limit of a budget is a number of at least 0."))
    }
    if write.set["filterExpression"] != nil, write.result["metric"] == nil {
      problems.append(
        ResourceProblem(
          "filterExpression", "A filter expression goes with a metric, which this budget lacks."))
    }
    let units = ["DAILY", "MONTHLY", "QUARTERLY", "ANNUALLY", "CUSTOM"]
    if let unit = write.set["timeUnit"], !units.contains(unit.string ?? "") {
      problems.append(
        ResourceProblem(
          "timeUnit", "The period of a budget is one of \(units.joined(separator: ", "))."))
    }
    return problems + remarks
  }

  private var remarks: [ResourceProblem] {
    guard let context = write.live?.context else { return [] }
    var remarks: [ResourceProblem] = []
    if write.set["limit"] != nil {
      if context["plannedLimits"] != nil {
        remarks.append(
          ResourceProblem(
            "limit", "One limit for every period replaces the limits planned for single periods.",
            severity: .warning))
      }
      if let kind = context["autoAdjustType"]?.string {
        remarks.append(
          ResourceProblem(
            "limit", "AWS adjusts the limit of this budget by itself (\(kind)) and may change it.",
            severity: .warning))
      }
    }
    if write.set["costFilters"] != nil,
      context["metrics"] != nil || context["filterExpression"] != nil
    {
      remarks.append(
        ResourceProblem(
          "costFilters", "The filters replace the budget's filter expression and its metric.",
          severity: .warning))
    }
    if write.set["metric"] != nil, write.live?.attributes["metric"] == nil {
      remarks.append(
        ResourceProblem(
          "metric",
          "The metric and its expression replace the budget's filters and its choice of cost types"
            + " (taxes, credits, refunds).", severity: .warning))
    }
    return remarks
  }

  private var notificationCount: [ResourceProblem] {
    let count = write.result.keys.count { $0.hasPrefix(BudgetNotification.prefix) }
    if count > 10 {
      return [
        ResourceProblem(nil, "A budget has at most 10 notifications; this one would have \(count).")
      ]
    }
    if count > 5 {
      return [
        ResourceProblem(
          nil,
          "AWS's documents say both 5 and 10 notifications for a budget; this one has \(count).",
          severity: .warning)
      ]
    }
    return []
  }

  private func notification(_ key: String, _ value: Value) -> [ResourceProblem] {
    guard let notification = BudgetNotification(key: key) else {
      return [
        ResourceProblem(
          key,
          "A notification is named like \"notifications.ACTUAL > 80%\" or"
            + " \"notifications.FORECASTED > 1000 USD\".")
      ]
    }
    var problems: [ResourceProblem] = []
    if notification.threshold > 15_000_000_000_000 {
      problems.append(ResourceProblem(key, "A threshold is at most 15,000,000,000,000."))
    }
    if notification.isPercentage, notification.threshold > 1_000_000 {
      problems.append(ResourceProblem(key, "A threshold is at most 1,000,000%."))
    }
    if notification.basis == .forecasted, write.result["timeUnit"] == "DAILY" {
      problems.append(
        ResourceProblem(
          key, "A daily budget has no forecast, so that only ACTUAL can be compared.",
          severity: .error))
    }
    let types = value.elements.map { $0["type"]?.string ?? "" }
    if types.isEmpty || types.contains(where: { $0 != "EMAIL" && $0 != "SNS" }) {
      problems.append(
        ResourceProblem(key, "A notification has at least one subscriber, of type EMAIL or SNS."))
    }
    if types.count(where: { $0 == "SNS" }) > 1 || types.count(where: { $0 == "EMAIL" }) > 10 {
      problems.append(
        ResourceProblem(key, "A notification tells at most one SNS topic and ten e-mail addresses.")
      )
    }
    return problems
  }
}
