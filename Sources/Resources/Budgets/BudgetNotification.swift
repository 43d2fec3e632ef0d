internal import Foundation
internal import Model

/// A notification of a budget: AWS knows it by these four values, an attribute by its key,
/// `notifications.ACTUAL > 80%` or `notifications.FORECASTED > 1000 USD`.
struct BudgetNotification: Hashable {
  /// What is compared with the threshold.
  let basis: Basis
  /// How it is compared.
  let comparison: Comparison
  /// The number that it is compared with.
  let threshold: Decimal
  /// Whether the threshold is in percent of the limit.
  let isPercentage: Bool

  /// What is compared with the threshold.
  enum Basis: String {
    case actual = "ACTUAL"
    case forecasted = "FORECASTED"
  }

  /// How it is compared; the raw value is AWS's word.
  enum Comparison: String, CaseIterable {
    case greater = "GREATER_THAN"
    case less = "LESS_THAN"
    case equal = "EQUAL_TO"

    /// The sign in keys.
    var sign: String {
      switch self {
      case .greater: ">"
      case .less: "<"
      case .equal: "="
      }
    }
  }

  /// What the keys of all notifications begin with.
  static let prefix = "notifications."

  /// The notification as AWS describes it. Without a threshold type AWS means percent.
  init?(_ description: Value) {
    guard let basis = description["NotificationType"]?.string.flatMap(Basis.init(rawValue:)),
      let comparison = description["ComparisonOperator"]?.string
        .flatMap(Comparison.init(rawValue:)),
      let threshold = description["Threshold"]?.numeral
    else { return nil }
    self.basis = basis
    self.comparison = comparison
    self.threshold = threshold
    isPercentage = description["ThresholdType"]?.string != "ABSOLUTE_VALUE"
  }

  /// The notification that an attribute's key names; spaces do not count.
  init?(key: String) {
    guard key.hasPrefix(Self.prefix) else { return nil }
    let text = key.dropFirst(Self.prefix.count)
    guard
      let (comparison, sign) = Comparison.allCases.lazy
        .compactMap({ comparison in text.range(of: comparison.sign).map { (comparison, $0) } })
        .first,
      let basis = Basis(
        rawValue: text[..<sign.lowerBound].trimmingCharacters(in: .whitespaces).uppercased())
    else { return nil }
    let amount = text[sign.upperBound...].trimmingCharacters(in: .whitespaces)
    let digits = amount.prefix { $0.isNumber || $0 == "." }
    guard let threshold = Decimal(numeral: String(digits)) else { return nil }
    self.basis = basis
    self.comparison = comparison
    self.threshold = threshold
    isPercentage = amount.dropFirst(digits.count).trimmingCharacters(in: .whitespaces) == "%"
  }

  /// The attribute's key, where the budget's limit is in `unit`.
  func key(unit: String) -> String {
    "\(Self.prefix)\(basis.rawValue) \(comparison.sign) \(threshold.plain)"
      + (isPercentage ? "%" : " \(unit)")
  }

  /// The notification as AWS wants it.
  var description: Value {
    [
      "NotificationType": .string(basis.rawValue),
      "ComparisonOperator": .string(comparison.rawValue),
      "Threshold": .number(threshold),
      "ThresholdType": isPercentage ? "PERCENTAGE" : "ABSOLUTE_VALUE",
    ]
  }
}
