internal import Model

/// Puts data together from a document, as the description says what its elements are.
///
/// Of members that come twice the first counts, but for flattened lists.
struct XMLAssembly {
  let description: APIDescription
  let keepsUnknown: Bool
  let tape: XMLTape
  /// The description's, at hand for each of thousands of elements.
  private let types: TypeTable
  /// What the last structure of each type looked like.
  private var layouts: [XMLLayout] = []

  /// Puts together what is on a tape.
  init(description: APIDescription, keepsUnknown: Bool, tape: XMLTape) {
    self.description = description
    self.keepsUnknown = keepsUnknown
    self.tape = tape
    types = description.types
  }

  /// The data of the element at a position, as a value of the type at a position.
  mutating func value(at element: Int, of type: Int) -> Value {
    let row = types[type]
    switch row.form {
    case .structure: return .map(structure(at: element, type, row))
    case .list:
      let item = types.use(row.first).type
      var elements: [Value] = []
      elements.reserveCapacity(tape.childCount(of: element))
      for child in tape.children(of: element) { elements.append(value(at: child, of: item)) }
      return .list(elements)
    case .map:
      var members: [String: Value] = [:]
      for child in tape.children(of: element) { add(child, row, to: &members) }
      return .map(members)
    case .document: return UnknownXML.value([tape.element(at: element)])
    case .string, .blob, .boolean, .integer, .float, .timestamp:
      let text = tape.text(in: element)
      if types.isNew(text, to: type) { description.noteSeen(text, of: type) }
      return ScalarText.read(text, row.form)
    }
  }

  private mutating func structure(
    at element: Int, _ type: Int, _ row: TypeTable.Row
  ) -> [String: Value] {
    guard let last = layouts.firstIndex(where: { $0.type == type }) else {
      layouts.append(XMLLayout(of: type, at: element))
      return members(of: element, type, row)
    }
    guard tape.areAlike(layouts[last].element, element) else {
      layouts[last] = XMLLayout(of: type, at: element)
      return members(of: element, type, row)
    }
    guard let items = layouts[last].items else {
      layouts[last].learn(tape, types)
      return members(of: element, type, row)
    }
    let places = layouts[last].places
    guard !places.isEmpty, !tape.hasAttributes(element) else {
      return members(of: element, type, row)
    }
    // Each place is filled once here, and emptied once there, for each has one member.
    return unsafe withUnsafeTemporaryAllocation(of: Value.self, capacity: items.count) { values in
      for (place, child) in tape.children(of: element).enumerated() {
        let value = value(at: child, of: items[place].type)
        unsafe values.initializeElement(at: place, to: items[place].isList ? .list([value]) : value)
      }
      return places.mapValues { unsafe values.moveElement(from: $0) }
    }
  }

  private mutating func members(
    of element: Int, _ type: Int, _ row: TypeTable.Row
  ) -> [String: Value] {
    let count = min(tape.childCount(of: element), row.count)
    var members = [String: Value](minimumCapacity: count)
    if tape.hasAttributes(element) { addAttributes(of: element, type, to: &members) }
    // A structure has few flattened lists, mostly none.
    var lists: [(member: Int, elements: [Value])] = []
    var maps: [Int: [String: Value]] = [:]
    var unknown: [XMLElement] = []
    for child in tape.children(of: element) {
      guard let member = tape.withName(of: child, { types.memberInXML($0, of: type) }),
        case let use = types.use(member), use.isElement
      else {
        if keepsUnknown { unknown.append(tape.element(at: child)) }
        continue
      }
      if use.isFlattened, case let whole = types[use.type] {
        if whole.form == .list {
          let value = value(at: child, of: types.use(whole.first).type)
          if let list = lists.lastIndex(where: { $0.member == member }) {
            lists[list].elements.append(value)
          } else {
            lists.append((member, [value]))
          }
          continue
        }
        if whole.form == .map {
          add(child, whole, to: &maps[member, default: [:]])
          continue
        }
      }
      let name = types.name(of: member)
      if let first = members.updateValue(value(at: child, of: use.type), forKey: name) {
        members[name] = first
      }
    }
    for list in lists { members[types.name(of: list.member)] = .list(list.elements) }
    for (member, map) in maps { members[types.name(of: member)] = .map(map) }
    if !unknown.isEmpty {
      for (name, elements) in Dictionary(grouping: unknown, by: \.name) {
        members[name] = UnknownXML.value(elements)
      }
    }
    guard row.isUnion, !keepsUnknown, members.isEmpty else { return members }
    let choice = tape.children(of: element).first { _ in true }
    return choice.flatMap { Value.unknownChoice(tape.name(of: $0)).map } ?? [:]
  }

  private func addAttributes(of element: Int, _ type: Int, to members: inout [String: Value]) {
    guard case .structure(let structure) = description.shapes[type].kind else { return }
    for attribute in tape.attributes(of: element) where !attribute.isNamespace {
      add(attribute, of: structure, to: &members)
    }
  }

  private func add(
    _ attribute: XMLElement.Attribute, of structure: Shape.Structure,
    to members: inout [String: Value]
  ) {
    let known = structure.members.first {
      $0.isXMLAttribute && $0.wireName.split(separator: ":").last == attribute.localName
    }
    if let known {
      members[known.name] = ScalarText.read(attribute.value, types[known.shape].form)
    } else if keepsUnknown {
      members[UnknownXML.attributeMark + attribute.name] = .string(attribute.value)
    }
  }

  /// Adds an entry of a map, if it has a key. Of entries with the same key the last counts.
  private mutating func add(_ entry: Int, _ map: TypeTable.Row, to members: inout [String: Value]) {
    let (key, item) = (map.first, map.first + 1)
    let keyName = types.locationName(of: key) ?? "key"
    guard let found = tape.firstChild(of: entry, named: keyName) else { return }
    let name = value(at: found, of: types.use(key).type)
    guard let name = name.string ?? ScalarText.write(name, nil) else { return }
    let content = tape.firstChild(of: entry, named: types.locationName(of: item) ?? "value")
    members[name] = content.map { value(at: $0, of: types.use(item).type) } ?? .null
  }
}
