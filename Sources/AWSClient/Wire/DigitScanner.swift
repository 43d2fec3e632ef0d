internal import Foundation

/// Reads the digits and marks of a date, one after the other.
struct DigitScanner {
  private var rest: Substring.UTF8View

  /// Starts at the beginning.
  init(_ text: some StringProtocol) { rest = Substring(text).utf8 }

  /// Whether all is read.
  var isAtEnd: Bool { rest.isEmpty }

  /// A number of exactly so many digits.
  mutating func number(_ digits: Int) -> Int? {
    var number = 0
    for _ in 0..<digits {
      guard let digit = digit() else { return nil }
      number = number * 10 + digit
    }
    return number
  }

  /// The fraction after a point; zero where there is no point, nil where no digit follows it.
  mutating func fraction() -> Decimal? {
    guard take(".") else { return 0 }
    var digits = 0
    var number = Decimal(0)
    while let digit = digit() {
      number = number * 10 + Decimal(digit)
      digits += 1
    }
    guard digits > 0, digits < 20 else { return nil }
    return Decimal(sign: .plus, exponent: -digits, significand: number)
  }

  /// Goes past the next character if it is one of these.
  mutating func take(_ marks: Unicode.Scalar...) -> Bool {
    guard let first = rest.first, marks.contains(Unicode.Scalar(first)) else { return false }
    rest = rest.dropFirst()
    return true
  }

  private mutating func digit() -> Int? {
    guard let first = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
      return nil
    }
    rest = rest.dropFirst()
    return Int(first - UInt8(ascii: "0"))
  }
}
