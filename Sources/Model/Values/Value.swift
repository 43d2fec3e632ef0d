public import Foundation

/// A piece of data as AWS, Git and plans hold it: JSON's types, with exact numbers, bytes, and
/// text that must not be seen.
///
/// Numbers are `Decimal`, so that money and thresholds never pass through binary floating point.
/// Equality is by meaning: the order of a map's keys does not count.
public enum Value: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(Decimal)
  case string(String)
  case bytes(Data)
  case sensitive(Secret)
  case list([Value])
  case map([String: Value])
}

extension Value {
  /// The member of a map, or nil where this is no map or lacks the key.
  public subscript(key: String) -> Value? {
    if case .map(let members) = self { members[key] } else { nil }
  }

  /// The text of a string.
  public var string: String? { if case .string(let text) = self { text } else { nil } }

  /// The truth of a Boolean.
  public var bool: Bool? { if case .bool(let truth) = self { truth } else { nil } }

  /// The number.
  public var number: Decimal? { if case .number(let number) = self { number } else { nil } }

  /// The number, where it is whole and fits.
  public var int: Int? {
    guard case .number(let number) = self else { return nil }
    return Int(number.description)
  }

  /// The elements of a list.
  public var list: [Value]? { if case .list(let elements) = self { elements } else { nil } }

  /// The members of a map.
  public var map: [String: Value]? { if case .map(let members) = self { members } else { nil } }

  /// Whether this is null.
  public var isNull: Bool { self == .null }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }

  /// A whole number.
  public init(integerLiteral value: Int) { self = .number(Decimal(value)) }

  /// A Boolean.
  public init(booleanLiteral value: Bool) { self = .bool(value) }

  /// A list.
  public init(arrayLiteral elements: Value...) { self = .list(elements) }

  /// A map; of keys given twice the last holds.
  public init(dictionaryLiteral elements: (String, Value)...) {
    self = .map(Dictionary(elements, uniquingKeysWith: { _, last in last }))
  }

  /// A whole number.
  public init(_ number: Int) { self = .number(Decimal(number)) }
}

extension Value: Codable {
  /// Reads any JSON. Bytes have no form of their own in JSON and come back as strings.
  ///
  /// - Throws: `DecodingError` where the decoder meets what JSON does not have.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let text = try? container.decode(String.self) {
      self = .string(text)
    } else if let members = try? container.decode([String: Value].self) {
      if members.count == 1, case .string(let digest)? = members[Secret.digestKey] {
        self = .sensitive(.digest(digest))
      } else {
        self = .map(members)
      }
    } else if let elements = try? container.decode([Value].self) {
      self = .list(elements)
    } else if let truth = try? container.decode(Bool.self) {
      self = .bool(truth)
    } else {
      self = .number(try container.decode(Decimal.self))
    }
  }

  /// Writes JSON; bytes as Base64, a secret as its digest.
  ///
  /// - Throws: `EncodingError` from the encoder, and for a secret that has not been digested:
  ///   clear text of a secret is never written anywhere.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let truth): try container.encode(truth)
    case .number(let number): try container.encode(number)
    case .string(let text): try container.encode(text)
    case .bytes(let data): try container.encode(data.base64EncodedString())
    case .sensitive(.digest(let digest)): try container.encode([Secret.digestKey: digest])
    case .sensitive(.clear):
      throw EncodingError.invalidValue(
        self,
        .init(codingPath: encoder.codingPath, debugDescription: "a secret was not digested"))
    case .list(let elements): try container.encode(elements)
    case .map(let members): try container.encode(members)
    }
  }
}
