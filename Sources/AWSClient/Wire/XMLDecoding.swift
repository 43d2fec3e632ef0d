internal import Foundation
internal import Model

/// Turns a service's XML into data; elements that the description lacks come along as `UnknownXML`.
struct XMLDecoding {
  let description: APIDescription
  let keepsUnknown: Bool

  /// The root element of a body.
  static func document(_ body: Data) throws(WireFault) -> XMLElement {
    do {
      return try XMLReader.read(body)
    } catch {
      throw WireFault(message: "the body is no XML: \(error.message)")
    }
  }

  /// The data of the elements of one name in one use of a type.
  func decode(_ elements: [XMLElement], as member: Member) -> Value {
    guard let first = elements.first else { return .null }
    let shape = description.shape(of: member)
    switch shape.kind {
    case .structure(let structure): return .map(decode(first, as: structure))
    case .list(let item):
      let items = member.isFlattened ? elements : first.children
      return .list(items.map { decode([$0], as: item) })
    case .map(let key, let item):
      let entries = member.isFlattened ? elements : first.children
      var decoded: [String: Value] = [:]
      for entry in entries {
        guard let name = entry.child(key.locationName ?? "key")?.text else { continue }
        let values = entry.children.filter { $0.name == item.locationName ?? "value" }
        decoded[name] = decode(values, as: item)
      }
      return .map(decoded)
    case .document: return UnknownXML.value(elements)
    default: return ScalarText.read(first.text, shape)
    }
  }

  /// The members of a structure that stand in the body.
  func decode(_ element: XMLElement, as structure: Shape.Structure) -> [String: Value] {
    var decoded: [String: Value] = [:]
    for children in gathered(element.children) { add(children, of: structure, to: &decoded) }
    for attribute in element.attributes where !attribute.isNamespace {
      let known = structure.members.first {
        $0.isXMLAttribute && $0.wireName.split(separator: ":").last == attribute.localName
      }
      if let known {
        decoded[known.name] = ScalarText.read(attribute.value, description.shape(of: known))
      } else if keepsUnknown {
        decoded[UnknownXML.attributeMark + attribute.name] = .string(attribute.value)
      }
    }
    return decoded
  }

  /// The elements of each name together. Few are compared with each other, many are hashed.
  private func gathered(_ elements: [XMLElement]) -> [[XMLElement]] {
    guard elements.count <= 16 else {
      return Array(Dictionary(grouping: elements, by: \.name).values)
    }
    var gathered: [[XMLElement]] = []
    for element in elements {
      if let index = gathered.firstIndex(where: { $0[0].name == element.name }) {
        gathered[index].append(element)
      } else {
        gathered.append([element])
      }
    }
    return gathered
  }

  private func add(
    _ children: [XMLElement], of structure: Shape.Structure, to decoded: inout [String: Value]
  ) {
    let name = children[0].name
    if let member = structure.indexInXML[name].map({ structure.members[$0] }),
      member.isInBody, !member.isXMLAttribute
    {
      decoded[member.name] = decode(children, as: member)
    } else if keepsUnknown {
      decoded[name] = UnknownXML.value(children)
    }
  }
}
