internal import Model

/// Puts data together from a document, as the description says what its elements are.
///
/// Of members that come twice the first counts, but for flattened lists.
struct XMLAssembly {
  let description: APIDescription
  let keepsUnknown: Bool
  let tape: XMLTape

  /// The data of the element at a position, in one use of a type.
  func value(at element: Int, as member: Member) -> Value {
    value(at: element, of: description.shape(of: member))
  }

  private func value(at element: Int, of shape: Shape) -> Value {
    switch shape.kind {
    case .structure(let structure): return .map(members(of: element, structure))
    case .list(let item):
      var elements: [Value] = []
      elements.reserveCapacity(tape.childCount(of: element))
      tape.forEachChild(of: element) { elements.append(value(at: $0, as: item)) }
      return .list(elements)
    case .map(let key, let item):
      var members: [String: Value] = [:]
      tape.forEachChild(of: element) { add($0, key, item, to: &members) }
      return .map(members)
    case .document: return UnknownXML.value([tape.element(at: element)])
    case .string, .blob, .boolean, .integer, .float, .timestamp:
      let text = tape.text(in: element)
      description.seenValues.note(text, of: shape)
      return ScalarText.read(text, shape)
    }
  }

  private func members(of element: Int, _ structure: Shape.Structure) -> [String: Value] {
    var members = [String: Value](minimumCapacity: tape.childCount(of: element))
    for attribute in tape.attributes(of: element) where !attribute.isNamespace {
      add(attribute, of: structure, to: &members)
    }
    var lists: [Int: [Value]] = [:]
    var maps: [Int: [String: Value]] = [:]
    var unknown: [XMLElement] = []
    tape.forEachChild(of: element) { child in
      guard let position = tape.withName(of: child, structure.namesInXML.position(of:)),
        case let member = structure.members[position],
        member.isInResponseBody, !member.isXMLAttribute
      else {
        if keepsUnknown { unknown.append(tape.element(at: child)) }
        return
      }
      let shape = description.shape(of: member)
      switch shape.kind {
      case .list(let item) where member.isFlattened:
        lists[position, default: []].append(value(at: child, as: item))
      case .map(let key, let item) where member.isFlattened:
        add(child, key, item, to: &maps[position, default: [:]])
      default:
        let value = value(at: child, of: shape)
        if let first = members.updateValue(value, forKey: member.name) {
          members[member.name] = first
        }
      }
    }
    for (position, list) in lists { members[structure.members[position].name] = .list(list) }
    for (position, map) in maps { members[structure.members[position].name] = .map(map) }
    for (name, elements) in Dictionary(grouping: unknown, by: \.name) {
      members[name] = UnknownXML.value(elements)
    }
    guard structure.isUnion, !keepsUnknown, members.isEmpty else { return members }
    let choice = tape.firstChild(of: element)
    return choice.flatMap { Value.unknownChoice(tape.name(of: $0)).map } ?? [:]
  }

  private func add(
    _ attribute: XMLElement.Attribute, of structure: Shape.Structure,
    to members: inout [String: Value]
  ) {
    let known = structure.members.first {
      $0.isXMLAttribute && $0.wireName.split(separator: ":").last == attribute.localName
    }
    if let known {
      members[known.name] = ScalarText.read(attribute.value, description.shape(of: known))
    } else if keepsUnknown {
      members[UnknownXML.attributeMark + attribute.name] = .string(attribute.value)
    }
  }

  /// Adds an entry of a map, if it has a key. Of entries with the same key the last counts.
  private func add(
    _ entry: Int, _ key: Member, _ item: Member, to members: inout [String: Value]
  ) {
    guard let found = tape.firstChild(of: entry, named: key.locationName ?? "key") else { return }
    let name = value(at: found, as: key)
    guard let name = name.string ?? ScalarText.write(name, nil) else { return }
    let content = tape.firstChild(of: entry, named: item.locationName ?? "value")
    members[name] = content.map { value(at: $0, as: item) } ?? .null
  }
}
