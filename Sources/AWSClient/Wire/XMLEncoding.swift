internal import Foundation
internal import Model

/// Turns data into the XML that a service wants, members in the order of the description.
struct XMLEncoding {
  let description: APIDescription
  var order = MapOrder.alphabetical

  /// The elements of a value in one use of a type: one, or one an element of a flattened list.
  func encode(_ value: Value, as member: Member, name: String) -> [XMLElement] {
    let shape = description.shape(of: member)
    var element = XMLElement(name: name, attributes: namespace(member))
    switch (shape.kind, value) {
    case (.structure(let structure), .map(let members)):
      for member in structure.members {
        guard member.isInBody, let value = members[member.name], !value.isNull else { continue }
        if member.isXMLAttribute {
          let text = ScalarText.write(value, description.shape(of: member)) ?? ""
          element.attributes.append(.init(name: member.wireName, value: text))
        } else {
          element.children += encode(value, as: member, name: member.wireName)
        }
      }
      for (name, value) in members.sorted(by: { $0.key < $1.key }) where structure[name] == nil {
        element.add(UnknownXML.elements(value, name: name), of: name, value)
      }
    case (.list(let item), .list(let elements)):
      let itemName = member.isFlattened ? name : item.locationName ?? "member"
      let children = elements.flatMap { encode($0, as: item, name: itemName) }
      if member.isFlattened { return children }
      element.children = children
    case (.map(let key, let item), .map(let members)):
      let entries = order.sorted(members).map { entry in
        let keyElement = XMLElement(
          name: key.locationName ?? "key", attributes: namespace(key), text: entry.key)
        return XMLElement(
          name: member.isFlattened ? name : "entry",
          children: [keyElement] + encode(entry.value, as: item, name: item.locationName ?? "value")
        )
      }
      if member.isFlattened { return entries }
      element.children = entries
    default:
      let format = member.timestampFormat ?? .iso8601
      element.text = ScalarText.write(value, shape, timestampFormat: format) ?? ""
    }
    return [element]
  }

  private func namespace(_ member: Member) -> [XMLElement.Attribute] {
    guard let namespace = member.namespace else { return [] }
    return [
      XMLElement.Attribute(
        name: namespace.prefix.map { "xmlns:\($0)" } ?? "xmlns", value: namespace.uri)
    ]
  }
}

extension XMLElement {
  /// Takes in what an unknown member of a structure became: children, or an attribute of this.
  fileprivate mutating func add(_ elements: [XMLElement], of name: String, _ value: Value) {
    if name.hasPrefix(UnknownXML.attributeMark) {
      attributes.append(.init(name: String(name.dropFirst()), value: value.string ?? ""))
    } else {
      children += elements
    }
  }
}
