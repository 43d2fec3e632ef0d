internal import Foundation
internal import Model

extension Value {
  /// The members of a map; none for anything else.
  var members: [String: Value] { map ?? [:] }

  /// The elements of a list; none for anything else.
  var elements: [Value] { list ?? [] }

  /// The number that this is, or that this text spells.
  var numeral: Decimal? {
    switch self {
    case .number(let number): number
    case .string(let text): Decimal(numeral: text)
    default: nil
    }
  }
}

extension [String: Value] {
  /// These members without `keys`, and without those that are null.
  func without(_ keys: Set<String> = []) -> Self {
    filter { !keys.contains($0.key) && !$0.value.isNull }
  }

  /// These members with `transform` applied to that of `key`, where there is one; nil takes it away.
  func changing(_ key: String, _ transform: (Value) -> Value?) -> Self {
    guard let member = self[key] else { return self }
    var changed = self
    changed[key] = transform(member)
    return changed
  }
}

extension Decimal {
  /// The number that the whole of a plain text spells: digits, at most one point, a sign.
  ///
  /// `Decimal(string:)` by itself takes the front of anything: `1 vCPU` would be 1.
  init?(numeral text: String) {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, digits.contains(where: \.isNumber),
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let number = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX"))
    else { return nil }
    self = number
  }

  /// The digits as AWS and people write them: without exponent, with a point.
  var plain: String { description }

  /// Whether it is a whole number.
  var isWhole: Bool { !plain.contains(".") }
}

extension ResourceWrite {
  /// The attributes that the write sets or takes away.
  var touched: Set<String> { unset.union(set.keys) }
}
