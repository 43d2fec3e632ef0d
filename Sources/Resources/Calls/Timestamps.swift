internal import Foundation
internal import Model

/// Times: AWS's descriptions carry seconds since 1970, attributes carry `2026-08-19T06:30:00Z`,
/// which people can read in a plan.
enum Timestamps {
  /// The attribute for a time in either form; what is no time stays as it is.
  static func attribute(_ value: Value) -> Value {
    guard let date = date(value) else { return value }
    return .string(Date.ISO8601FormatStyle().format(date))
  }

  /// The time for AWS; what is no time stays as it is.
  static func seconds(_ value: Value) -> Value {
    guard let date = date(value) else { return value }
    return .number(Decimal(Int(date.timeIntervalSince1970.rounded())))
  }

  /// The time, to the second.
  static func date(_ value: Value) -> Date? {
    switch value {
    case .number(let number):
      // Exact: by way of binary fractions a whole second may come out as the one before.
      if let seconds = value.int { return Date(timeIntervalSince1970: Double(seconds)) }
      return Date(timeIntervalSince1970: NSDecimalNumber(decimal: number).doubleValue)
    case .string(let text):
      return (try? Date(text, strategy: .iso8601))
        ?? (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
        ?? (try? Date(text, strategy: Date.ISO8601FormatStyle().year().month().day()))
    default: return nil
    }
  }
}
