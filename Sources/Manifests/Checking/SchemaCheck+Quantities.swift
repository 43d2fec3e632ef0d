import Foundation
import Model
import YAMLReader

extension SchemaCheck {
  /// A number and its unit.
  mutating func quantity(
    _ scalar: Scalar, _ quantity: WrittenForm.Quantity, at node: Node, path: String, doc: String
  ) -> FieldValue? {
    let measure = quantity.measure
    switch scalar.content {
    case .null, .bool, .nonFinite:
      return mismatch(node, FieldType.quantity(quantity).phrase, path: path, doc)
    case .integer, .number, .string: break
    }
    do throws(Measure.Failure) {
      return value(try measure.parse(scalar.text), of: quantity)
    } catch {
      report(error, scalar.text, measure, at: node, path: path, doc: doc)
      return nil
    }
  }

  /// The amount in the form of its type; `parse` has made sure that it fits.
  private func value(_ amount: Decimal, of quantity: WrittenForm.Quantity) -> FieldValue? {
    switch quantity {
    case .money:
      .money(MoneyAmount(amount: amount, currency: Measure.money.units.first?.symbol ?? "USD"))
    case .percent: .percent(amount)
    case .duration: Int(amount.description).map { .duration($0) }
    case .dataSize: Int64(amount.description).map { .dataSize($0) }
    case .dataRate: Int64(amount.description).map { .dataRate($0) }
    case .cpu: Int(amount.description).map { .cpu($0) }
    }
  }

  private mutating func report(
    _ failure: Measure.Failure, _ text: String, _ measure: Measure, at node: Node, path: String,
    doc: String
  ) {
    let units = measure.units.map(\.symbol).joined(separator: ", ")
    let isOnlyUnit = measure.units.count == 1
    let choice = isOnlyUnit ? "The unit is \(units)" : "The units are \(units)"
    let shown = text.isEmpty ? "an empty text" : "`\(shortened(text))`"
    let (found, detail, hint): (String, String, String?) =
      switch failure {
      case .noUnit: ("\(shown) without a unit", "", nil)
      case .unknownUnit(let unit):
        (
          shown, " `\(shortened(unit))` is no unit here.",
          spellingHint(unit, among: measure.units.map(\.symbol))
            ?? measure.unit(abbreviating: unit).map { "Did you mean `\($0.symbol)`?" }
        )
      case .notANumber:
        (
          shown, " It does not begin with a number.",
          text.contains(",") ? "Leave out the commas." : nil
        )
      case .notWhole: (shown, " That is not whole in the smallest unit.", nil)
      case .outOfRange: (shown, " That is too much.", nil)
      }
    diagnostics.add(
      error: "expected \(measure.noun) such as \(measure.example), found \(found)", at: node.range,
      detail: sentences(
        "Given for `\(path)`.\(detail) \(choice).", measure.note, doc, origin(node)), hint: hint)
  }
}
