/// One header field; a request or response is an ordered list of them, and names may repeat.
public struct HTTPHeader: Sendable, Hashable {
  /// The field's name as it is written; compared without regard to case.
  public var name: String
  /// The field's value; an empty one is sent as an empty one.
  public var value: String

  /// A header field.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }

  /// Whether this field has the name, whatever its case.
  public func isNamed(_ other: String) -> Bool {
    name.utf8.count == other.utf8.count
      && zip(name.utf8, other.utf8).allSatisfy { lowercased($0) == lowercased($1) }
  }
}

private func lowercased(_ byte: UInt8) -> UInt8 {
  (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}
