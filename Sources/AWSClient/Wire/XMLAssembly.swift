internal import Model

/// Puts data together while a document is read, as the description says what its elements are.
///
/// No tree of elements is made: an element that ends is a part of the one that it is in. Parts lie
/// on a stack until their element ends. Of members that come twice the first counts, but for
/// flattened lists.
struct XMLAssembly {
  /// An element that is open.
  private struct Frame {
    enum Role { case outside, structure, list, map, entry, scalar }

    let role: Role
    /// The type of its value; of an entry, the type of its map.
    let type: Int
    /// Which member it is of the structure that it is in, or which of an entry's two parts.
    let use: Int
    /// Where its parts begin in `parts`, and in `unknown`.
    let firstPart: Int
    let firstUnknown: Int
  }

  private let description: APIDescription
  private let types: TypeTable
  private let keepsUnknown: Bool
  private let type: Int
  private let wrapper: String?
  private var frames: [Frame] = []
  private var parts: [XMLPart] = []
  private var repeats: XMLRepeats
  /// Elements that the description lacks, and those of them that are open.
  private var unknown: [XMLElement] = []
  private var tree = XMLTree()
  /// Which member the open tree is where it is a document; else it is of no type.
  private var documentUse: Int?
  /// How many elements are open of which nothing is kept.
  private var skipped = 0
  /// What is directly inside the scalar that is open.
  private var text: [UInt8] = []

  /// A use of no member, and that of the name of a union's member that nobody knows.
  private static let noUse = -1
  private static let choice = -2

  /// An assembly of a value of a type; where a wrapper is named, of the first element of that name
  /// directly inside the root, else of the root.
  init(description: APIDescription, keepsUnknown: Bool, type: Int, wrapper: String?) {
    self.description = description
    self.keepsUnknown = keepsUnknown
    self.type = type
    self.wrapper = wrapper
    types = description.types
    repeats = XMLRepeats(description.types)
  }

  /// The value, once its element has ended.
  var result: Value? { parts.first?.value }

  /// An element begins.
  mutating func begin(_ name: Span<UInt8>, _ attributes: [XMLElement.Attribute]) {
    if tree.isOpen { return tree.begin(name, attributes) }
    guard skipped == 0 else { return skip() }
    guard let frame = frames.last else {
      guard wrapper == nil else { return push(.outside, type, Self.noUse) }
      return open(type, as: Self.noUse, name, attributes)
    }
    switch frame.role {
    case .outside:
      guard parts.isEmpty, let wrapper, name.isText(wrapper) else { return skip() }
      open(type, as: Self.noUse, name, attributes)
    case .structure: beginMember(of: frame, name, attributes)
    case .list:
      let element = types[frame.type].first
      open(types.use(element).type, as: element, name, attributes)
    case .map: push(.entry, frame.type, Self.noUse)
    case .entry: beginPart(of: frame, name, attributes)
    case .scalar: skip()
    }
  }

  /// Text directly inside the element that is open, perhaps not all of it.
  mutating func take(_ text: Span<UInt8>) {
    if tree.isOpen { return tree.take(text) }
    guard skipped == 0, frames.last?.role == .scalar else { return }
    // The bytes are copied before the closure ends.
    unsafe text.withUnsafeBufferPointer { unsafe self.text.append(contentsOf: $0) }
  }

  /// The element that is open ends.
  mutating func end() {
    guard !tree.isOpen else { return endTree() }
    guard skipped == 0 else {
      skipped -= 1
      return
    }
    guard let frame = frames.popLast() else { return }
    switch frame.role {
    case .outside: break
    case .structure: endStructure(frame)
    case .list:
      let list = repeats.list(parts, from: frame.firstPart, as: frame.use)
      parts.removeSubrange(frame.firstPart...)
      parts.append(list)
    case .map:
      var map: [String: Value] = [:]
      for position in stride(from: frame.firstPart, to: parts.count, by: 2) {
        map[parts[position].value.string ?? ""] = parts[position + 1].value
      }
      parts.removeSubrange(frame.firstPart...)
      add(.map(map), as: frame.use)
    case .entry: endEntry(frame)
    case .scalar:
      parts.append(repeats.scalar(text, as: frame.use) ?? readScalar(frame))
    }
  }

  /// Takes an element with all that it holds.
  mutating func take(_ element: XMLElement) {
    begin(element.name.utf8.span, element.attributes)
    take(element.text.utf8.span)
    for child in element.children { take(child) }
    end()
  }
}

extension XMLAssembly {
  private mutating func skip() { skipped += 1 }

  private mutating func add(_ value: Value, as use: Int) {
    parts.append(repeats.part(value, as: use))
  }

  private mutating func push(_ role: Frame.Role, _ type: Int, _ use: Int) {
    frames.append(
      Frame(
        role: role, type: type, use: use, firstPart: parts.count, firstUnknown: unknown.count))
  }

  /// A value of a type begins.
  private mutating func open(
    _ type: Int, as use: Int, _ name: Span<UInt8>, _ attributes: [XMLElement.Attribute]
  ) {
    switch types[type].form {
    case .structure:
      push(.structure, type, use)
      if !attributes.isEmpty { addAttributes(attributes, type) }
    case .list: push(.list, type, use)
    case .map: push(.map, type, use)
    case .document:
      documentUse = use
      tree.begin(name, attributes)
    case .string, .blob, .boolean, .integer, .float, .timestamp:
      text.removeAll(keepingCapacity: true)
      push(.scalar, type, use)
    }
  }

  private mutating func beginMember(
    of frame: Frame, _ name: Span<UInt8>, _ attributes: [XMLElement.Attribute]
  ) {
    guard let member = types.memberInXML(name, of: frame.type),
      case let use = types.use(member), use.isElement
    else {
      if keepsUnknown { return tree.begin(name, attributes) }
      if types[frame.type].isUnion { add(.string(String(utf8: name)), as: Self.choice) }
      return skip()
    }
    if use.isFlattened, case let whole = types[use.type] {
      if whole.form == .list {
        return open(types.use(whole.first).type, as: member, name, attributes)
      }
      if whole.form == .map { return push(.entry, use.type, member) }
    }
    open(use.type, as: member, name, attributes)
  }

  /// The key or the value of an entry begins; of two keys the first counts, and of two values.
  private mutating func beginPart(
    of frame: Frame, _ name: Span<UInt8>, _ attributes: [XMLElement.Attribute]
  ) {
    let key = types[frame.type].first
    for (use, usual) in [(key, "key"), (key + 1, "value")]
    where name.isText(types.locationName(of: use) ?? usual) {
      if parts[frame.firstPart...].contains(where: { $0.use == use }) { continue }
      return open(types.use(use).type, as: use, name, attributes)
    }
    skip()
  }

  /// Makes of an entry two parts, its key and its value, if it has a key.
  private mutating func endEntry(_ frame: Frame) {
    let key = types[frame.type].first
    let found = parts[frame.firstPart...].first { $0.use == key }?.value
    let value = parts[frame.firstPart...].first { $0.use == key + 1 }?.value
    parts.removeSubrange(frame.firstPart...)
    guard let found, let name = found.string ?? ScalarText.write(found, nil) else { return }
    add(.string(name), as: frame.use)
    add(value ?? .null, as: frame.use)
  }

  private mutating func readScalar(_ frame: Frame) -> XMLPart {
    let read = String(decoding: text, as: UTF8.self)
    description.noteSeen(read, of: frame.type)
    let value = ScalarText.read(read, types[frame.type].form)
    return repeats.scalar(value, of: &text, as: frame.use)
  }

  private mutating func endTree() {
    tree.end()
    guard !tree.isOpen, let root = tree.root else { return }
    if let use = documentUse {
      documentUse = nil
      add(UnknownXML.value([root]), as: use)
    } else {
      unknown.append(root)
    }
  }

  private mutating func endStructure(_ frame: Frame) {
    var structure: XMLPart
    if unknown.count > frame.firstUnknown {
      structure = repeats.part(.map(members(of: frame)), as: frame.use)
      unknown.removeSubrange(frame.firstUnknown...)
    } else if let like = repeats.structure(parts, from: frame.firstPart, as: frame.use) {
      structure = like
    } else {
      structure = repeats.structure(
        members(of: frame), of: parts, from: frame.firstPart, as: frame.use)
    }
    parts.removeSubrange(frame.firstPart...)
    parts.append(structure)
  }

  private func members(of frame: Frame) -> [String: Value] {
    var members = [String: Value](minimumCapacity: parts.count - frame.firstPart)
    // A structure has few flattened lists, mostly none.
    var lists: [(use: Int, elements: [Value])] = []
    var maps: [Int: [String: Value]] = [:]
    var choice: String?
    var position = frame.firstPart
    while position < parts.count {
      let (use, value) = (parts[position].use, parts[position].value)
      position += 1
      guard use != Self.choice else {
        choice = choice ?? value.string
        continue
      }
      let member = types.use(use)
      if member.isFlattened, case let form = types[member.type].form {
        if form == .list {
          if let list = lists.lastIndex(where: { $0.use == use }) {
            lists[list].elements.append(value)
          } else {
            lists.append((use, [value]))
          }
          continue
        }
        if form == .map {
          // An entry is two parts.
          maps[use, default: [:]][value.string ?? ""] = parts[position].value
          position += 1
          continue
        }
      }
      let name = types.name(of: use)
      if let first = members.updateValue(value, forKey: name) { members[name] = first }
    }
    for list in lists { members[types.name(of: list.use)] = .list(list.elements) }
    for (use, map) in maps { members[types.name(of: use)] = .map(map) }
    let elements = unknown[frame.firstUnknown...]
    if !elements.isEmpty {
      for (name, elements) in Dictionary(grouping: elements, by: \.name) {
        members[name] = UnknownXML.value(elements)
      }
    }
    guard let choice, members.isEmpty else { return members }
    return Value.unknownChoice(choice).map ?? [:]
  }
}

extension XMLAssembly {
  private mutating func addAttributes(_ attributes: [XMLElement.Attribute], _ type: Int) {
    guard case .structure(let structure) = description.shapes[type].kind else { return }
    for attribute in attributes where !attribute.isNamespace {
      let known = structure.members.firstIndex {
        $0.isXMLAttribute && $0.wireName.split(separator: ":").last == attribute.localName
      }
      if let known {
        let use = types[type].first + known
        add(ScalarText.read(attribute.value, types[types.use(use).type].form), as: use)
      } else if keepsUnknown {
        let name = UnknownXML.attributeMark + attribute.name
        unknown.append(XMLElement(name: name, text: attribute.value))
      }
    }
  }
}
