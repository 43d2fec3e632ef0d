internal import Model

/// Puts data together from a document while it is read: no tree comes between.
///
/// Each open element is a frame: what it is for, and what it holds so far. When it ends, its value
/// goes into the frame below. Of members that come twice the first counts, but for flattened lists.
final class XMLAssembly: XMLConsumer {
  /// What an element is, by the description.
  private enum Role {
    case structure(Shape.Structure)
    case list(Member)
    case map(key: Member, value: Member)
    case entry(key: Member, value: Member)
    case scalar(Shape)
    /// Nothing that the description knows, but wanted: `outside` builds it.
    case unknown
    case ignored
    /// The element around the wrapper.
    case outer(wrapper: String)
  }

  /// Where an element's value goes in the frame below.
  private enum Place {
    case nowhere, root, element, key, value
    case member(Int)
    case flat(Int)
  }

  /// An open element. Frames are used again and again, because an element is short.
  private final class Frame {
    var role = Role.ignored
    var place = Place.nowhere
    var members: [String: Value] = [:]
    var elements: [Value] = []
    /// The elements of flattened lists, with the position of the member.
    var flat: [(member: Int, elements: [Value])] = []
    var text = ""
    var key: String?
    var item: Value?
    var unknown: [XMLElement] = []
    /// The first child's name, where it matters.
    var choice: String?

    /// Makes this the frame of an element that begins.
    func reset(_ role: Role, _ place: Place) {
      self.role = role
      self.place = place
      switch role {
      case .scalar: text = ""
      case .structure(let structure):
        members = [:]
        members.reserveCapacity(min(structure.members.count, 8))
        flat = []
        unknown = []
        choice = nil
      case .list: elements = []
      case .map: members = [:]
      case .entry:
        key = nil
        item = nil
      case .unknown, .ignored, .outer: break
      }
    }
  }

  /// The data, when the document has ended.
  private(set) var value: Value?
  private let description: APIDescription
  private let keepsUnknown: Bool
  private let member: Member
  private let wrapper: String?
  private var frames: [Frame] = []
  /// How many frames are of open elements.
  private var depth = 0
  /// Builds the unknown element that is open.
  private var outside: XMLTreeBuilder?

  /// Data of one use of a type, in the root or in the wrapper in it.
  init(description: APIDescription, keepsUnknown: Bool, member: Member, wrapper: String?) {
    self.description = description
    self.keepsUnknown = keepsUnknown
    self.member = member
    self.wrapper = wrapper
  }

  func begin(_ name: Span<UInt8>, _ attributes: [XMLElement.Attribute]) {
    if let outside { return outside.begin(name, attributes) }
    guard let last else {
      let role = wrapper.map(Role.outer) ?? role(of: member)
      return open(role, .root, name, attributes)
    }
    switch last.role {
    case .structure(let structure): beginMember(of: structure, last, name, attributes)
    case .list(let item): open(role(of: item), .element, name, attributes)
    case .map(let key, let value): open(.entry(key: key, value: value), .element, name, attributes)
    case .entry(let key, let value):
      if name.isSame(key.locationName ?? "key") {
        open(role(of: key), .key, name, attributes)
      } else if name.isSame(value.locationName ?? "value") {
        open(role(of: value), .value, name, attributes)
      } else {
        open(.ignored, .nowhere, name, attributes)
      }
    case .outer(let wrapper):
      let isWrapper = name.isSame(wrapper) && value == nil
      open(isWrapper ? role(of: member) : .ignored, isWrapper ? .root : .nowhere, name, attributes)
    case .scalar, .unknown, .ignored: open(.ignored, .nowhere, name, attributes)
    }
  }

  func take(_ text: Span<UInt8>) {
    if let outside { return outside.take(text) }
    guard let last, case .scalar = last.role else { return }
    if last.text.isEmpty { last.text = String(text) } else { last.text += String(text) }
  }

  func end() {
    if let builder = outside {
      builder.end()
      guard !builder.isOpen, let element = builder.root else { return }
      outside = nil
      guard let frame = close() else { return }
      if case .nowhere = frame.place {
        last?.unknown.append(element)
      } else {
        put(UnknownXML.value([element]), at: frame.place)
      }
      return
    }
    guard let frame = close(), let value = finished(frame) else { return }
    put(value, at: frame.place)
  }

  private var last: Frame? { depth > 0 ? frames[depth - 1] : nil }

  private func close() -> Frame? {
    defer { depth = max(0, depth - 1) }
    return last
  }

  private func beginMember(
    of structure: Shape.Structure, _ last: Frame, _ name: Span<UInt8>,
    _ attributes: [XMLElement.Attribute]
  ) {
    if structure.isUnion, last.choice == nil { last.choice = String(name) }
    guard let index = structure.namesInXML.position(of: name) else {
      return open(keepsUnknown ? .unknown : .ignored, .nowhere, name, attributes)
    }
    let member = structure.members[index]
    guard member.isInResponseBody, !member.isXMLAttribute else {
      return open(keepsUnknown ? .unknown : .ignored, .nowhere, name, attributes)
    }
    let role = role(of: member)
    switch role {
    case .list(let item) where member.isFlattened:
      open(self.role(of: item), .flat(index), name, attributes)
    case .map(let key, let value) where member.isFlattened:
      open(.entry(key: key, value: value), .flat(index), name, attributes)
    default:
      let isNew = last.members[member.name] == nil
      open(isNew ? role : .ignored, isNew ? .member(index) : .nowhere, name, attributes)
    }
  }

  private func role(of member: Member) -> Role {
    let shape = description.shape(of: member)
    return switch shape.kind {
    case .structure(let structure): .structure(structure)
    case .list(let item): .list(item)
    case .map(let key, let value): .map(key: key, value: value)
    case .document: .unknown
    default: .scalar(shape)
    }
  }

  private func open(
    _ role: Role, _ place: Place, _ name: Span<UInt8>, _ attributes: [XMLElement.Attribute]
  ) {
    if depth == frames.count { frames.append(Frame()) }
    let frame = frames[depth]
    depth += 1
    frame.reset(role, place)
    if !attributes.isEmpty, case .structure(let structure) = role {
      add(attributes, of: structure, to: frame)
    }
    if case .unknown = role {
      outside = XMLTreeBuilder()
      outside?.begin(name, attributes)
    }
  }

  private func add(
    _ attributes: [XMLElement.Attribute], of structure: Shape.Structure, to frame: Frame
  ) {
    for attribute in attributes where !attribute.isNamespace {
      let known = structure.members.first {
        $0.isXMLAttribute && $0.wireName.split(separator: ":").last == attribute.localName
      }
      if let known {
        frame.members[known.name] = ScalarText.read(
          attribute.value, description.shape(of: known))
      } else if keepsUnknown {
        frame.members[UnknownXML.attributeMark + attribute.name] = .string(attribute.value)
      }
    }
  }

  /// The value of an element that has ended; an entry of a map has none of its own.
  private func finished(_ frame: Frame) -> Value? {
    switch frame.role {
    case .structure(let structure): return .map(members(of: frame, structure))
    case .list: return .list(frame.elements)
    case .map: return .map(frame.members)
    case .entry:
      guard let key = frame.key else { return nil }
      return .map([key: frame.item ?? .null])
    case .scalar(let shape):
      description.seenValues.note(frame.text, of: shape)
      return ScalarText.read(frame.text, shape)
    case .unknown, .ignored, .outer: return nil
    }
  }

  private func members(of frame: Frame, _ structure: Shape.Structure) -> [String: Value] {
    var members = frame.members
    for (index, elements) in frame.flat {
      let member = structure.members[index]
      if case .map = description.shape(of: member).kind {
        members[member.name] = .map(Self.merged(elements))
      } else {
        members[member.name] = .list(elements)
      }
    }
    if !frame.unknown.isEmpty {
      for (name, elements) in Dictionary(grouping: frame.unknown, by: \.name) {
        members[name] = UnknownXML.value(elements)
      }
    }
    if structure.isUnion, !keepsUnknown, members.isEmpty, let choice = frame.choice {
      return Value.unknownChoice(choice).map ?? [:]
    }
    return members
  }

  private static func merged(_ entries: [Value]) -> [String: Value] {
    var members: [String: Value] = [:]
    for case .map(let entry) in entries { members.merge(entry) { _, last in last } }
    return members
  }

  private func put(_ value: Value, at place: Place) {
    guard let last else {
      if case .root = place { self.value = value }
      return
    }
    switch place {
    case .nowhere: break
    case .root: self.value = value
    case .key: last.key = value.string ?? ScalarText.write(value, nil)
    case .value: last.item = last.item ?? value
    case .element:
      if case .map = last.role {
        last.members.merge(value.map ?? [:]) { _, later in later }
      } else {
        last.elements.append(value)
      }
    case .member(let index):
      if case .structure(let structure) = last.role {
        last.members[structure.members[index].name] = value
      }
    case .flat(let index):
      if let known = last.flat.firstIndex(where: { $0.member == index }) {
        last.flat[known].elements.append(value)
      } else {
        last.flat.append((index, [value]))
      }
    }
  }
}

extension Span<UInt8> {
  /// Whether these are the bytes of a text.
  func isSame(_ text: String) -> Bool {
    guard count == text.utf8.count else { return false }
    var index = 0
    for byte in text.utf8 {
      guard self[index] == byte else { return false }
      index += 1
    }
    return true
  }
}
