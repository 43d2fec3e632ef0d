internal import Foundation
internal import Model

/// A parameter's text and the attribute for it: a map where the text is a document of Weir's form, a
/// JSON object with a `schemaVersion`, so that a plan shows which of its members change; else a
/// secret, since nobody knows what others keep in a parameter.
enum ParameterValue {
  /// The attribute for a text.
  static func attribute(_ text: String, isSecure: Bool) -> Value {
    guard !isSecure, text.utf8.first(where: { !" \t\r\n".utf8.contains($0) }) == UInt8(ascii: "{"),
      let decoded = try? CanonicalJSON.decode(Value.self, from: Data(text.utf8)),
      case .map(let members) = decoded, members["schemaVersion"] != nil, !decoded.holdsSecret
    else { return .sensitive(.clear(text)) }
    return decoded
  }

  /// The attribute in its normal form, whether it was given as a text, as a map or as a secret: by
  /// the same rule as what AWS holds, so that what was written is no difference.
  static func normalized(_ attribute: Value, isSecure: Bool) -> Value {
    guard let text = text(attribute) else { return attribute }
    return self.attribute(text, isSecure: isSecure)
  }

  /// The text for AWS: a map as JSON with sorted keys and without spaces. Nil where only the digest
  /// of a secret is known.
  static func text(_ attribute: Value) -> String? {
    switch attribute {
    case .string(let text), .sensitive(.clear(let text)): return text
    case .map, .list, .number, .bool, .null:
      guard let line = try? CanonicalJSON.encodeLine(attribute) else { return nil }
      return String(decoding: line.dropLast(), as: UTF8.self)
    case .bytes, .sensitive: return nil
    }
  }
}

extension Value {
  /// Whether a secret is anywhere in it.
  fileprivate var holdsSecret: Bool {
    switch self {
    case .sensitive: true
    case .list(let elements): elements.contains(where: \.holdsSecret)
    case .map(let members): members.values.contains(where: \.holdsSecret)
    case .null, .bool, .number, .string, .bytes: false
    }
  }
}
