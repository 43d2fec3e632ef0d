internal import Foundation
public import Model

extension WrittenForm {
  /// A value as it is written in a manifest, in the unit of what stands there where that is exact;
  /// nil where it cannot be written so.
  public func text(of value: Value, like written: String) -> String? {
    switch self {
    case .integer:
      guard let number = value.number, number.isWhole else { return nil }
      return "\(number)"
    // What would be taken for a reference to a value is escaped.
    case .text: return value.string?.replacing("${", with: "$${")
    case .words(let words): return words.filter { $0.value == value }.keys.min()
    case .quantity(let quantity, let scale):
      guard let number = value.number, number >= 0 else { return nil }
      return quantity.measure.text(of: number * Decimal(scale), like: written)
    }
  }

  /// Whether it reads as a string whatever it looks like.
  var isString: Bool { self == .text }
}

extension Measure {
  /// An amount in the unit and the spacing of what is written, where that is whole or has few
  /// digits behind the point; else in the largest unit in which it is whole. Nil where there is none.
  func text(of amount: Decimal, like written: String) -> String? {
    let digits = written.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let rest = written.dropFirst(digits.count)
    let space = String(rest.prefix { $0 == " " })
    let symbol = rest.dropFirst(space.count)
    let own =
      symbol.isEmpty
      ? (allowsBareNumber ? Unit(symbol: "", factor: 1) : nil)
      : units.first { $0.symbol == symbol }
    if let own, let number = exact(amount, in: own) { return "\(number)\(space)\(own.symbol)" }
    let whole = units.filter { (amount / $0.factor).isWhole && isExact(amount, in: $0) }
    guard let best = whole.max(by: { $0.factor < $1.factor }) else { return nil }
    let gap = space.isEmpty && !symbol.isEmpty ? "" : example.contains(" ") ? " " : ""
    return "\(amount / best.factor)\(gap)\(best.symbol)"
  }

  /// The number of a unit, where it is short; a time is written in whole ones.
  private func exact(_ amount: Decimal, in unit: Unit) -> Decimal? {
    let number = amount / unit.factor
    let places = noun == Measure.duration.noun ? 0 : unit.factor == 1 ? 18 : 2
    guard isExact(amount, in: unit), number.exponent >= -places else { return nil }
    return number
  }

  private func isExact(_ amount: Decimal, in unit: Unit) -> Bool {
    amount / unit.factor * unit.factor == amount
  }
}
