/// The name of a commit: forty hexadecimal digits (SHA-1).
public struct CommitID: Hashable, Sendable, CustomStringConvertible {
  /// The forty digits, in lower case.
  public let hex: String

  /// A commit's name from its forty digits, or nil if they are not that.
  public init?(_ hex: String) {
    let digits = hex.lowercased()
    guard digits.utf8.count == 40, digits.utf8.allSatisfy(Self.digits.contains) else { return nil }
    self.hex = digits
  }

  /// The name whose twenty bytes are these.
  init(bytes: some Sequence<UInt8>) {
    var text: [UInt8] = []
    for byte in bytes {
      text.append(Self.digits[Int(byte >> 4)])
      text.append(Self.digits[Int(byte & 15)])
    }
    precondition(text.count == 40, "a commit's name has twenty bytes")
    hex = String(decoding: text, as: UTF8.self)
  }

  /// The first seven digits, for people.
  public var short: String { String(hex.prefix(7)) }

  /// The forty digits.
  public var description: String { hex }

  private static let digits = Array("0123456789abcdef".utf8)
}

extension CommitID: Codable {
  /// Reads a commit's name from a string of forty digits.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let id = CommitID(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a commit has forty hexadecimal digits, not '\(text)'")
    }
    self = id
  }

  /// Writes the forty digits as a string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex)
  }
}
