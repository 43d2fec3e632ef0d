internal import Model

/// XML that no description knows, as data that can become the same XML again.
///
/// A leaf is its text, an element with children a map, a repeated element a list. Attributes are
/// members whose names begin with `@`; text beside them is the member `#text`.
enum UnknownXML {
  /// What an attribute's name begins with in a map.
  static let attributeMark = "@"

  private static let textKey = "#text"

  /// The data of all elements of one name.
  static func value(_ elements: [XMLElement]) -> Value {
    let values = elements.map(value)
    return values.count == 1 ? values[0] : .list(values)
  }

  /// The elements that such data came from.
  static func elements(_ value: Value, name: String) -> [XMLElement] {
    switch value {
    case .list(let values): return values.flatMap { elements($0, name: name) }
    case .map(let members):
      var element = XMLElement(name: name)
      for (key, member) in members.sorted(by: { $0.key < $1.key }) {
        if key == textKey {
          element.text = member.string ?? ""
        } else if key.hasPrefix(attributeMark) {
          element.attributes.append(
            .init(name: String(key.dropFirst()), value: member.string ?? ""))
        } else {
          element.children += elements(member, name: key)
        }
      }
      return [element]
    default: return [XMLElement(name: name, text: ScalarText.write(value, nil) ?? "")]
    }
  }

  private static func value(_ element: XMLElement) -> Value {
    let attributes = element.attributes.filter { !$0.isNamespace }
    if element.children.isEmpty, attributes.isEmpty { return .string(element.text) }
    var members: [String: Value] = [:]
    for attribute in attributes {
      members[attributeMark + attribute.name] = .string(attribute.value)
    }
    for (name, children) in Dictionary(grouping: element.children, by: \.name) {
      members[name] = value(children)
    }
    if element.text.contains(where: { !$0.isWhitespace }) {
      members[textKey] = .string(element.text)
    }
    return .map(members)
  }
}
