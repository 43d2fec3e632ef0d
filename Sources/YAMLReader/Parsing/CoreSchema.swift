import Foundation

/// What a plain scalar means under YAML 1.2's core schema.
///
/// `no`, `on` and `08:00` are strings, `012` is the number twelve, `0o14` and `0xC` as well.
/// A number is nil where it cannot be held exactly: more than 38 digits, or too great an exponent.
func resolvePlain(_ text: String) -> Scalar.Content? {
  switch text {
  case "", "~", "null", "Null", "NULL": return .null
  case "true", "True", "TRUE": return .bool(true)
  case "false", "False", "FALSE": return .bool(false)
  case ".nan", ".NaN", ".NAN": return .nonFinite
  default: break
  }
  guard let first = text.utf8.first, "+-.0123456789".utf8.contains(first) else { return .string }
  return resolveNumber(Array(text.utf8), text)
}

private func resolveNumber(_ bytes: [UInt8], _ text: String) -> Scalar.Content? {
  if bytes.starts(with: "0o".utf8) { return resolveRadix(bytes.dropFirst(2), 8) }
  if bytes.starts(with: "0x".utf8) { return resolveRadix(bytes.dropFirst(2), 16) }
  let unsigned = bytes.first.map(isSign) == true ? bytes.dropFirst() : bytes[...]
  if [".inf", ".Inf", ".INF"].contains(String(decoding: unsigned, as: UTF8.self)) {
    return .nonFinite
  }
  let whole = unsigned.prefix(while: isDigit)
  var rest = unsigned.dropFirst(whole.count)
  if rest.isEmpty, !whole.isEmpty {
    if let number = Int(text) { return .integer(number) }
    return exactNumber(text, digits: whole)
  }
  var digits = Array(whole)
  if rest.first == UInt8(ascii: ".") {
    let fraction = rest.dropFirst().prefix(while: isDigit)
    guard !whole.isEmpty || !fraction.isEmpty else { return .string }
    digits += fraction
    rest = rest.dropFirst(1 + fraction.count)
  }
  guard !digits.isEmpty else { return .string }
  if let mark = rest.first, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
    let exponent = rest.dropFirst().drop(while: isSign)
    guard rest.count - exponent.count <= 2, !exponent.isEmpty, exponent.allSatisfy(isDigit) else {
      return .string
    }
  } else if !rest.isEmpty {
    return .string
  }
  return exactNumber(text, digits: digits[...])
}

/// A number of base 8 or 16; a string where a digit is none of that base.
private func resolveRadix(_ digits: ArraySlice<UInt8>, _ radix: Int) -> Scalar.Content? {
  guard !digits.isEmpty, digits.allSatisfy({ isDigit($0, radix: radix) }) else { return .string }
  return Int(String(decoding: digits, as: UTF8.self), radix: radix).map { .integer($0) }
}

/// The number, if `Decimal` holds all of its digits.
private func exactNumber(_ text: String, digits: ArraySlice<UInt8>) -> Scalar.Content? {
  let zero = UInt8(ascii: "0")
  let significant = digits.drop { $0 == zero }.reversed().drop { $0 == zero }
  guard significant.count <= 38, let number = Decimal(string: text), number.isFinite else {
    return nil
  }
  if significant.isEmpty { return .number(0) }
  return number == 0 ? nil : .number(number)
}

private func isSign(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
}

private func isDigit(_ byte: UInt8) -> Bool { isDigit(byte, radix: 10) }

private func isDigit(_ byte: UInt8, radix: Int) -> Bool {
  Character(Unicode.Scalar(byte)).hexDigitValue.map { $0 < radix } ?? false
}
