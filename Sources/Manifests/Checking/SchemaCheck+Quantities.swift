import Foundation
import YAMLReader

extension SchemaCheck {
  /// A number and its unit.
  mutating func quantity(
    _ scalar: Scalar, _ type: FieldType, at node: Node, path: String, doc: String
  ) -> FieldValue? {
    guard let measure = type.measure else { return nil }
    switch scalar.content {
    case .null, .bool, .nonFinite: return mismatch(node, type.phrase, path: path, doc)
    case .integer, .number, .string: break
    }
    do throws(Measure.Failure) {
      return value(try measure.parse(scalar.text), of: type, measure)
    } catch {
      report(error, scalar.text, measure, at: node, path: path, doc: doc)
      return nil
    }
  }

  /// The amount in the form of its type; `parse` has made sure that it fits.
  private func value(_ amount: Decimal, of type: FieldType, _ measure: Measure) -> FieldValue? {
    switch type {
    case .money:
      return .money(MoneyAmount(amount: amount, currency: measure.units.first?.symbol ?? "USD"))
    case .percent: return .percent(amount)
    case .duration: return Int(amount.description).map { .duration($0) }
    case .dataSize: return Int64(amount.description).map { .dataSize($0) }
    case .dataRate: return Int64(amount.description).map { .dataRate($0) }
    case .cpu: return Int(amount.description).map { .cpu($0) }
    default: return nil
    }
  }

  private mutating func report(
    _ failure: Measure.Failure, _ text: String, _ measure: Measure, at node: Node, path: String,
    doc: String
  ) {
    let units = measure.units.map(\.symbol).joined(separator: ", ")
    let example = "for example \(measure.example)"
    let isOnlyUnit = measure.units.count == 1
    let choice = isOnlyUnit ? "the unit is \(units)" : "the units are \(units)"
    let shown = "`\(shortened(text))`, given for `\(path)`,"
    let (found, detail, hint): (String, String, String?) =
      switch failure {
      case .noUnit:
        ("no unit", "\(shown) has no unit; \(choice), \(example).", nil)
      case .unknownUnit(let unit):
        (
          "an unknown unit", "`\(shortened(unit))` is no unit here; \(choice), \(example).",
          spellingHint(unit, among: measure.units.map(\.symbol))
            ?? measure.unit(abbreviating: unit).map { "Did you mean `\($0.symbol)`?" }
        )
      case .notANumber:
        (
          "something else", "\(shown) does not begin with a number; \(choice), \(example).",
          text.contains(",") ? "Leave out the commas." : nil
        )
      case .notWhole:
        ("a fraction of the smallest unit", "\(shown) is not whole; \(choice), \(example).", nil)
      case .outOfRange: ("a number out of range", "\(shown) is too large.", nil)
      }
    diagnostics.add(
      error: "expected \(measure.noun) such as \(measure.example), found \(found)", at: node.range,
      detail: sentences(detail, measure.note, doc, origin(node)), hint: hint)
  }
}
