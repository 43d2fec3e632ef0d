import Model

extension Composer {
  /// The meaning of a scalar, by its tag or else by its look.
  mutating func resolve(
    _ text: String, tag: String?, isPlain: Bool, at range: SourceRange
  ) -> Scalar {
    let prefix = "tag:yaml.org,2002:"
    guard let tag else {
      guard isPlain else { return Scalar(text: text) }
      guard let content = resolvePlain(text) else { return tooExact(text, at: range) }
      return Scalar(text: text, content: content, isPlain: true)
    }
    if tag == "!" || tag == prefix + "str" { return Scalar(text: text) }
    guard tag.hasPrefix(prefix),
      ["int", "float", "bool", "null"].contains(tag.dropFirst(prefix.count))
    else {
      refuseTag(tag, at: range)
      return Scalar(text: text)
    }
    guard let content = resolvePlain(text) else { return tooExact(text, at: range) }
    let kind = tag.dropFirst(prefix.count)
    let holds =
      switch content {
      case .null: kind == "null"
      case .bool: kind == "bool"
      case .integer: kind == "int" || kind == "float"
      case .number, .nonFinite: kind == "float"
      case .string: false
      }
    if !holds { report("wrong tag", "The value is no \(kind), as its tag says.", at: range) }
    return Scalar(text: text, content: content, isPlain: isPlain)
  }

  /// Refuses a tag on a collection that is not the usual one.
  mutating func requireTag(_ tag: String?, _ expected: String, at range: SourceRange) {
    if let tag, tag != expected, tag != "!" { refuseTag(tag, at: range) }
  }

  private mutating func refuseTag(_ tag: String, at range: SourceRange) {
    report(
      "unknown tag", "The tag `\(shortened(tag))` means nothing here.",
      hint: "Known are !!str, !!int, !!float, !!bool, !!null, !!seq and !!map.", at: range)
  }

  private mutating func tooExact(_ text: String, at range: SourceRange) -> Scalar {
    report(
      "a number out of range",
      "`\(shortened(text))` cannot be held exactly; 38 digits are the most.",
      hint: "Put it in quotes if it is a name.", at: range)
    return Scalar(text: text)
  }
}
