import Foundation

/// A kind of quantity: its units, and what one of each is in the unit that counts.
struct Measure: Sendable {
  struct Unit: Sendable {
    let symbol: String
    let factor: Decimal
  }

  /// The quantity with its article.
  let noun: String
  /// One that is right.
  let example: String
  /// The units, the common ones first.
  let units: [Unit]
  /// Whether a number without a unit counts in the unit of factor 1.
  var allowsBareNumber = false
  /// Whether the result must be whole.
  var isWhole = true
  /// What else there is to know about the units.
  var note = ""

  /// Why a text is no quantity of this kind.
  enum Failure: Error, Hashable {
    case notANumber
    case noUnit
    case unknownUnit(String)
    case notWhole
    case outOfRange
  }

  /// The quantity in the unit of factor 1.
  func parse(_ text: String) throws(Failure) -> Decimal {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }),
      let number = Decimal(string: String(digits))
    else { throw .notANumber }
    guard digits.utf8.count <= 18 else { throw .outOfRange }
    let symbol = text.dropFirst(digits.count).drop { $0 == " " }
    guard let factor = try factor(String(symbol)) else { throw .noUnit }
    let result = number * factor
    guard result < Decimal(Int64.max) else { throw .outOfRange }
    guard !isWhole || result.isWhole else { throw .notWhole }
    return result
  }

  /// The unit that a word such as `min` or `hours` begins with.
  func unit(abbreviating word: String) -> Unit? {
    units.first { word.lowercased().hasPrefix($0.symbol.lowercased()) }
  }

  private func factor(_ symbol: String) throws(Failure) -> Decimal? {
    if symbol.isEmpty { return allowsBareNumber ? 1 : nil }
    if symbol.first == "," { throw .notANumber }
    guard let unit = units.first(where: { $0.symbol == symbol }) else {
      throw .unknownUnit(symbol)
    }
    return unit.factor
  }
}

extension Decimal {
  /// Whether there is nothing behind the point.
  var isWhole: Bool {
    var copy = self
    var rounded = Decimal()
    unsafe NSDecimalRound(&rounded, &copy, 0, .plain)
    return rounded == self
  }
}
