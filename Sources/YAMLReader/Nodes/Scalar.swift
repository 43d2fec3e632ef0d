public import Foundation

/// A scalar: its text as written (without quotes and escapes), and what the text means.
public struct Scalar: Hashable, Sendable {
  /// What a scalar means under YAML 1.2's core schema.
  public enum Content: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A whole number that fits `Int`.
    case integer(Int)
    /// Any other number; exact.
    case number(Decimal)
    /// `.inf`, `-.inf` or `.nan`.
    case nonFinite
    case string
  }

  /// The text.
  public let text: String
  /// What it means.
  public let content: Content
  /// Whether it stands without quotes and is no block scalar.
  public let isPlain: Bool

  /// A scalar.
  public init(text: String, content: Content = .string, isPlain: Bool = false) {
    self.text = text
    self.content = content
    self.isPlain = isPlain
  }
}

extension Scalar {
  /// The text, where the scalar is a string.
  public var string: String? { content == .string ? text : nil }

  /// The number, where it is a finite one.
  public var number: Decimal? {
    switch content {
    case .integer(let number): Decimal(number)
    case .number(let number): number
    case .null, .bool, .nonFinite, .string: nil
    }
  }
}
