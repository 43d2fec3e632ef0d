internal import Model

/// Which members a structure has in a document, in which order.
///
/// In a large document the structures of a type mostly look alike. Once two have, no names are looked
/// up for the next one, and no keys hashed.
struct XMLLayout {
  /// How an element is to be read.
  struct Item {
    /// The type of its value.
    let type: Int
    /// Whether the value is the only one of a flattened list.
    let isList: Bool
  }

  /// The type of the structure.
  let type: Int
  /// Where the last structure of the type stands.
  let element: Int
  /// The elements inside, in their order; nil while no other structure has looked the same.
  private(set) var items: [Item]?
  /// Which of the elements a member is; none where not each is a member of its own, so that every
  /// such structure is to be looked at.
  private(set) var places: [String: Int] = [:]

  /// The layout of the first structure of its kind.
  init(of type: Int, at element: Int) {
    self.type = type
    self.element = element
  }

  /// Finds out what the elements are.
  mutating func learn(_ tape: XMLTape, _ types: TypeTable) {
    var items: [Item] = []
    self.items = items
    var places: [String: Int] = [:]
    for child in tape.children(of: element) {
      guard let member = tape.withName(of: child, { types.memberInXML($0, of: type) }),
        case let use = types.use(member), use.isElement,
        !use.isFlattened || types[use.type].form == .list,
        places.updateValue(items.count, forKey: types.name(of: member)) == nil
      else { return }
      let value = use.isFlattened ? types.use(types[use.type].first).type : use.type
      items.append(Item(type: value, isList: use.isFlattened))
    }
    self.items = items
    self.places = places
  }
}
