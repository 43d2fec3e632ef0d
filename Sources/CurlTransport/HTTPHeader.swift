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
    let (name, other) = (name.utf8.span, other.utf8.span)
    guard name.count == other.count else { return false }
    for index in name.indices where lowercased(name[index]) != lowercased(other[index]) {
      return false
    }
    return true
  }
}

private func lowercased(_ byte: UInt8) -> UInt8 {
  (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}
