/// An element of an XML document, with all that it holds.
struct XMLElement: Hashable, Sendable {
  /// An attribute, its name as written, prefix and all.
  struct Attribute: Hashable, Sendable {
    let name: String
    let value: String

    /// The name without its prefix.
    var localName: Substring { name.split(separator: ":").last ?? name[...] }

    /// Whether this declares a namespace.
    var isNamespace: Bool { name == "xmlns" || name.hasPrefix("xmlns:") }
  }

  /// The local name: without a prefix.
  var name: String
  var attributes: [Attribute] = []
  /// All text directly inside.
  var text = ""
  var children: [XMLElement] = []

  /// The first child of that name.
  func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }
}

extension XMLElement {
  /// The document as text, without a declaration.
  var document: String {
    var text = ""
    append(to: &text)
    return text
  }

  private func append(to document: inout String) {
    document += "<\(name)"
    for attribute in attributes {
      document += " \(attribute.name)=\"\(Self.escaped(attribute.value))\""
    }
    if text.isEmpty, children.isEmpty {
      document += "/>"
      return
    }
    document += ">"
    document += Self.escaped(text)
    for child in children { child.append(to: &document) }
    document += "</\(name)>"
  }

  /// Text in which nothing is markup, and which a parser gives back as it was.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\r", "\n", "\t", "\u{85}", "\u{2028}":
        escaped += "&#x\(String(scalar.value, radix: 16, uppercase: true));"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
