/// The types of an API description in plain rows: what responses are read by.
///
/// An object is counted at each look at it, and threads that look at the same one at a time wait for
/// each other's counts. Rows are copied, so that reading a large response touches nothing shared.
struct TypeTable: Sendable {
  /// A type.
  struct Row: Sendable {
    /// What values of the type look like.
    let form: Shape.Form
    let isUnion: Bool
    /// Whether the description lists the texts that are allowed.
    let isEnumeration: Bool
    /// The first of its uses of other types: of a structure's members in their order, of a list's
    /// element, or of a map's key, which its value follows.
    let first: Int
    /// How many such uses there are.
    let count: Int
  }

  /// A type in one use.
  struct Use: Sendable {
    /// The type's position.
    let type: Int
    let isFlattened: Bool
    /// Whether it is an element of a response's body in XML.
    let isElement: Bool
  }

  private let rows: [Row]
  private let uses: [Use]
  private let names: [String]
  private let locationNames: [String?]
  /// The uses that are members, by what JSON calls them.
  private let namesInJSON: NameTable
  /// The uses that are members, by what XML calls them.
  private let namesInXML: NameTable
  private let enumerations: NameTable

  /// The table of a description's shapes.
  init(_ shapes: [Shape]) {
    var rows: [Row] = []
    var members: [Member] = []
    var namesInJSON = NameTable.Names()
    var namesInXML = NameTable.Names()
    var enumerations = NameTable.Names()
    for (type, shape) in shapes.enumerated() {
      let first = members.count
      switch shape.kind {
      case .structure(let structure):
        members += structure.members
        for (use, member) in zip(first..., structure.members) {
          namesInJSON.add(member.wireName, of: type, at: use)
          namesInXML.add(shapes.elementName(of: member) ?? member.wireName, of: type, at: use)
        }
        // Where both the list and its element have a name, services differ in which they use.
        for (use, member) in zip(first..., structure.members) {
          namesInXML.add(member.wireName, of: type, at: use)
        }
      case .list(let element): members.append(element)
      case .map(let key, let value): members += [key, value]
      default: break
      }
      for text in shape.enumeration ?? [] { enumerations.add(text, of: type, at: 0) }
      rows.append(
        Row(
          form: shape.kind.form, isUnion: shape.isUnion, isEnumeration: shape.enumeration != nil,
          first: first, count: members.count - first))
    }
    self.rows = rows
    uses = members.map {
      Use(
        type: $0.shape, isFlattened: $0.isFlattened,
        isElement: $0.isInResponseBody && !$0.isXMLAttribute)
    }
    names = members.map(\.name)
    locationNames = members.map(\.locationName)
    self.namesInJSON = NameTable(namesInJSON)
    self.namesInXML = NameTable(namesInXML)
    self.enumerations = NameTable(enumerations)
  }

  /// The type at a position.
  subscript(type: Int) -> Row { rows[type] }

  /// One use of a type.
  func use(_ use: Int) -> Use { uses[use] }

  /// The name of a member.
  func name(of use: Int) -> String { names[use] }

  /// The name on the wire, if the description gives one.
  func locationName(of use: Int) -> String? { locationNames[use] }

  /// The member of a structure that JSON calls so.
  func memberInJSON(_ name: Span<UInt8>, of type: Int) -> Int? {
    namesInJSON.position(of: name, in: type)
  }

  /// The member of a structure that XML calls so.
  func memberInXML(_ name: Span<UInt8>, of type: Int) -> Int? {
    namesInXML.position(of: name, in: type)
  }

  /// Whether a text is new to a type that lists its texts.
  func isNew(_ text: String, to type: Int) -> Bool {
    rows[type].isEnumeration && enumerations.position(of: text.utf8.span, in: type) == nil
  }
}

extension [Shape] {
  /// What a flattened list's elements are called in XML, if they have a name: they stand where the
  /// list would.
  fileprivate func elementName(of member: Member) -> String? {
    guard member.isFlattened, case .list(let element) = self[member.shape].kind else { return nil }
    return element.locationName
  }
}

extension Shape {
  fileprivate var isUnion: Bool {
    if case .structure(let structure) = kind { structure.isUnion } else { false }
  }
}
