package import Foundation
package import Model

/// What JSON text can be read into.
protocol JSONForm {
  /// An object, its members in the order of the text.
  static func object(_ members: [(String, Self)]) -> Self
  /// An array.
  static func array(_ elements: [Self]) -> Self
  /// A string.
  static func text(_ text: String) -> Self
  /// A number, as it was written.
  static func numeral(_ text: Substring.UTF8View) -> Self
  /// A whole number.
  static func whole(_ number: Int) -> Self
  /// A Boolean.
  static func truth(_ truth: Bool) -> Self
  /// Null.
  static var nothing: Self { get }
}

extension Value: JSONForm {
  static func object(_ members: [(String, Value)]) -> Value {
    .map(Dictionary(members, uniquingKeysWith: { _, last in last }))
  }
  static func array(_ elements: [Value]) -> Value { .list(elements) }
  static func text(_ text: String) -> Value { .string(text) }
  static func whole(_ number: Int) -> Value { .number(Decimal(number)) }
  static func truth(_ truth: Bool) -> Value { .bool(truth) }
  static var nothing: Value { .null }

  /// The exact number; one beyond the range of `Decimal` stays as its text.
  static func numeral(_ text: Substring.UTF8View) -> Value {
    Decimal(numeral: text).map(Value.number) ?? .string(String(Substring(text)))
  }
}

/// JSON whose objects keep the order of their members: what API descriptions are read into.
package enum OrderedJSON: Sendable {
  /// A name of an object and what stands for it.
  package struct Member: Sendable {
    /// The name.
    package let name: String
    /// What stands for it.
    package let value: OrderedJSON
  }

  case map([Member])
  case list([OrderedJSON])
  case string(String)
  case number(Decimal)
  case bool(Bool)
  case null
}

extension OrderedJSON: JSONForm {
  static func object(_ members: [(String, OrderedJSON)]) -> OrderedJSON {
    .map(members.map { Member(name: $0, value: $1) })
  }
  static func array(_ elements: [OrderedJSON]) -> OrderedJSON { .list(elements) }
  static func text(_ text: String) -> OrderedJSON { .string(text) }
  static func whole(_ number: Int) -> OrderedJSON { .number(Decimal(number)) }
  static func truth(_ truth: Bool) -> OrderedJSON { .bool(truth) }
  static var nothing: OrderedJSON { .null }
  static func numeral(_ text: Substring.UTF8View) -> OrderedJSON {
    Decimal(numeral: text).map(OrderedJSON.number) ?? .string(String(Substring(text)))
  }
}

extension OrderedJSON {
  /// The members of an object; none for anything else.
  package var members: [Member] {
    if case .map(let members) = self { members } else { [] }
  }

  /// The elements of an array; none for anything else.
  var elements: [OrderedJSON] { if case .list(let elements) = self { elements } else { [] } }

  /// The text of a string.
  package var string: String? { if case .string(let text) = self { text } else { nil } }

  /// The number.
  package var number: Decimal? { if case .number(let number) = self { number } else { nil } }

  /// Whether this is `true`.
  package var isTrue: Bool { if case .bool(true) = self { true } else { false } }

  /// The member of that name.
  package subscript(name: String) -> OrderedJSON? { members.first { $0.name == name }?.value }

  /// The same data, without the order of members.
  package var value: Value {
    switch self {
    case .map(let members):
      .map(
        Dictionary(
          members.map { ($0.name, $0.value.value) }, uniquingKeysWith: { _, last in last }))
    case .list(let elements): .list(elements.map(\.value))
    case .string(let text): .string(text)
    case .number(let number): .number(number)
    case .bool(let truth): .bool(truth)
    case .null: .null
    }
  }

  /// Reads JSON text, or says why it is none.
  package static func read(_ text: some Sequence<UInt8>) throws(WireFault) -> OrderedJSON {
    do {
      return try JSONReader.read(text)
    } catch {
      throw WireFault(message: "no JSON: \(error.message) at byte \(error.offset)")
    }
  }
}

extension Decimal {
  /// Reads a JSON number exactly, or nil where it does not fit.
  init?(numeral text: Substring.UTF8View) {
    let isNegative = text.first == UInt8(ascii: "-")
    var whole: Int64 = 0
    var scale = 0
    var digits = 0
    var isFraction = false
    for byte in isNegative ? text.dropFirst() : text[...] {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9") where digits < 18:
        whole = whole * 10 + Int64(byte - UInt8(ascii: "0"))
        digits += 1
        if isFraction { scale += 1 }
      case UInt8(ascii: ".") where !isFraction: isFraction = true
      default:
        // `Decimal` itself would read the number that a text begins with.
        // Nor does it know what comes after the sign of "-Infinity".
        guard byte < UInt8(ascii: "A") || digits > 0 else { return nil }
        let text = String(Substring(text))
        guard Double(text) != nil, let number = Decimal(string: text), number.isFinite else {
          return nil
        }
        self = number
        return
      }
    }
    guard digits > 0 else { return nil }
    if !isFraction {
      self.init(isNegative ? -whole : whole)
      return
    }
    self = Decimal(
      sign: isNegative ? .minus : .plus, exponent: -scale, significand: Decimal(whole))
  }
}
