internal import Foundation
internal import Manifests
internal import Model

/// A threshold of a budget, and whom it tells.
struct BudgetThreshold {
  /// The attribute of the notification: `notifications.ACTUAL > 80%`.
  let attribute: String
  /// Whom it tells.
  let subscribers: [BudgetSubscriber]
  /// Where it stands.
  let range: SourceRange

  static let schema = ObjectSchema([
    Field("percent", .percent, doc: "The threshold in percent of the limit."),
    Field("amount", .money, doc: "The threshold as an amount."),
    Field(
      "on", .enumeration(["actual", "forecast"]),
      doc: "Whether the spend so far or AWS's forecast for the period is compared; else actual."),
    Field("notify", .object(notify), doc: "Whom to tell, instead of the budget's `notify`."),
  ])

  static let notify = ObjectSchema([
    Field(
      "email", .list(.string(BudgetSubscriber.mail), nonEmpty: true),
      doc: "E-mail addresses, at most ten."),
    Field(
      "sns", .list(.string(BudgetSubscriber.topic), nonEmpty: true),
      doc: "ARNs of SNS topics, at most one."),
  ])

  /// API description of budgets: a notification "can have up to" ten per its shape and five per
  /// CreateBudget. Ten are taken, and more than five are remarked on.
  private static let mostNotifications = 10
  private static let documentedNotifications = 5

  /// The thresholds of a budget.
  static func all(
    in fields: Fields, isDaily: Bool, into diagnostics: inout Diagnostics
  ) -> [BudgetThreshold] {
    let common = subscribers(fields, into: &diagnostics)
    var thresholds: [BudgetThreshold] = []
    for object in fields.objects("thresholds") {
      let own = subscribers(object, into: &diagnostics)
      guard let attribute = attribute(of: object, isDaily: isDaily, into: &diagnostics) else {
        continue
      }
      if let same = thresholds.first(where: { $0.attribute == attribute }) {
        diagnostics.add(
          error: "the same threshold twice", at: object.range,
          detail: "It also stands at \(place(of: same.range)).",
          hint: "Name all who are to be told in one of them.")
        continue
      }
      let told = own ?? common ?? []
      if told.isEmpty, !object.has("notify"), !fields.has("notify") {
        diagnostics.add(
          error: "a threshold that tells nobody", at: object.range,
          detail: "A notification of AWS Budgets has at least one subscriber.",
          hint: "Add `notify` here or beside `limit`: {email: [you@example.com]}.")
      }
      thresholds.append(
        BudgetThreshold(attribute: attribute, subscribers: told, range: object.range))
    }
    checkCount(thresholds, fields, into: &diagnostics)
    return thresholds
  }

  private static func subscribers(
    _ fields: Fields, into diagnostics: inout Diagnostics
  ) -> [BudgetSubscriber]? {
    fields.object("notify").map { BudgetSubscriber.all(in: $0, into: &diagnostics) }
  }

  private static func attribute(
    of object: Fields, isDaily: Bool, into diagnostics: inout Diagnostics
  ) -> String? {
    if object.has("percent") == object.has("amount") {
      diagnostics.add(
        error: "expected `percent` or `amount`", at: object.range,
        detail: "A threshold has one of them: percent: 85%, or amount: 680 USD.")
      return nil
    }
    let on = object.string("on")
    if object.has("on"), on == nil { return nil }
    // "Daily budgets support only ACTUAL", an answer of AWS quoted in JiRaska/open-bank-oss#226. For
    // the others AWS makes a forecast once it has about five weeks of history (AWS cost management
    // guide, budgets-best-practices).
    if on?.value == "forecast", isDaily {
      diagnostics.add(
        error: "a forecast for a daily budget", at: object.range(of: "on"),
        detail: "AWS Budgets compares daily budgets with the actual spend only.",
        hint: "Write `on: actual`, or choose a longer `period`.")
    }
    let basis = on?.value == "forecast" ? "FORECASTED" : "ACTUAL"
    if let percent = object.percent("percent") {
      check(percent, atMost: 1_000_000, "%", into: &diagnostics)
      return "notifications.\(basis) > \(percent.value)%"
    }
    guard let money = object.money("amount") else { return nil }
    check(money.map(\.amount), atMost: 15_000_000_000_000, " USD", into: &diagnostics)
    return "notifications.\(basis) > \(money.amount) \(money.currency)"
  }

  /// API description of budgets, Notification.Threshold.
  private static func check(
    _ number: Located<Decimal>, atMost most: Decimal, _ unit: String,
    into diagnostics: inout Diagnostics
  ) {
    guard number.value > most else { return }
    diagnostics.add(
      error: "a threshold out of range", at: number.range,
      detail: "AWS Budgets takes at most \(most)\(unit).")
  }

  private static func checkCount(
    _ thresholds: [BudgetThreshold], _ fields: Fields, into diagnostics: inout Diagnostics
  ) {
    if thresholds.count > mostNotifications {
      diagnostics.add(
        error: "too many thresholds", at: fields.keyRange(of: "thresholds"),
        detail: "A budget has at most \(mostNotifications) notifications; these are"
          + " \(thresholds.count).")
    } else if thresholds.count > documentedNotifications {
      diagnostics.add(
        warning: "more thresholds than AWS promises", at: fields.keyRange(of: "thresholds"),
        detail: "AWS documents both \(documentedNotifications) and \(mostNotifications)"
          + " notifications as the most for a budget; these are \(thresholds.count).")
    }
  }
}
