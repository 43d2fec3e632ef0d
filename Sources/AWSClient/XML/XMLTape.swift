/// An XML document as it was read, piece after piece, in two arrays: quick to record and to walk.
///
/// Each element says where what is in it ends, so that it can be passed over.
struct XMLTape {
  /// An element or a text.
  struct Piece {
    /// Whether this is an element; else it is text.
    let isElement: Bool
    /// Where the name, without its prefix, or the text begins in `bytes`.
    fileprivate let start: Int32
    fileprivate let count: Int32
    /// The position after the last piece inside.
    fileprivate(set) var end: Int32
    /// How many elements are directly inside.
    fileprivate(set) var children: Int32 = 0
    /// Where in `attributes` those of the element are; -1 where it has none.
    fileprivate let attributes: Int32
  }

  private var pieces: [Piece] = []
  private var bytes: [UInt8] = []
  private var attributes: [[XMLElement.Attribute]] = []
  /// The positions of the elements that are open.
  private var open: [Int] = []

  /// An empty tape for a document of so many bytes.
  init(capacity: Int) {
    bytes.reserveCapacity(capacity)
    pieces.reserveCapacity(capacity / 16)
  }

  /// Whether nothing was recorded.
  var isEmpty: Bool { pieces.isEmpty }

  /// How many elements are open while the document is recorded.
  var depth: Int { open.count }

  /// Records that an element begins.
  mutating func begin(_ name: UnsafeRawBufferPointer, _ found: [XMLElement.Attribute]) {
    if let parent = open.last { pieces[parent].children += 1 }
    open.append(pieces.count)
    if !found.isEmpty { attributes.append(found) }
    unsafe append(name, isElement: true, attributes: found.isEmpty ? -1 : attributes.count - 1)
  }

  /// Records text directly inside the element that is open, perhaps not all of it.
  mutating func take(_ text: UnsafeRawBufferPointer) {
    unsafe append(text, isElement: false, attributes: -1)
  }

  /// Records that the element that is open ends.
  mutating func end() {
    guard let element = open.popLast() else { return }
    pieces[element].end = Int32(pieces.count)
  }

  private mutating func append(
    _ text: UnsafeRawBufferPointer, isElement: Bool, attributes: Int
  ) {
    pieces.append(
      Piece(
        isElement: isElement, start: Int32(bytes.count), count: Int32(text.count),
        end: Int32(pieces.count + 1), attributes: Int32(attributes)))
    unsafe bytes.append(contentsOf: text)
  }
}

extension XMLTape {
  /// The first element directly inside the one at a position.
  func firstChild(of element: Int) -> Int? { child(of: element, from: element + 1) }

  /// The first element directly inside another that has this name.
  func firstChild(of element: Int, named name: String) -> Int? {
    var child = firstChild(of: element)
    while let found = child, !isNamed(name, found) { child = self.child(after: found, of: element) }
    return child
  }

  /// The element directly inside another that comes after this one.
  func child(after sibling: Int, of element: Int) -> Int? {
    child(of: element, from: Int(pieces[sibling].end))
  }

  private func child(of element: Int, from start: Int) -> Int? {
    let end = Int(pieces[element].end)
    var position = start
    while position < end {
      if pieces[position].isElement { return position }
      position = Int(pieces[position].end)
    }
    return nil
  }

  /// Does something with each element directly inside the one at a position.
  func forEachChild(of element: Int, _ body: (Int) -> Void) {
    var child = firstChild(of: element)
    while let found = child {
      body(found)
      child = self.child(after: found, of: element)
    }
  }

  /// How many elements are directly inside the one at a position.
  func childCount(of element: Int) -> Int { Int(pieces[element].children) }

  /// The local name of the element at a position, as bytes of UTF-8.
  func withName<Result>(of element: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    body(bytes.span.extracting(range(pieces[element])))
  }

  /// Whether that is the name of the element at a position.
  func isNamed(_ name: String, _ element: Int) -> Bool {
    bytes[range(pieces[element])].elementsEqual(name.utf8)
  }

  /// The local name of the element at a position.
  func name(of element: Int) -> String { text(pieces[element]) }

  /// Whether the element at a position has attributes.
  func hasAttributes(_ element: Int) -> Bool { pieces[element].attributes >= 0 }

  /// The attributes of the element at a position.
  func attributes(of element: Int) -> [XMLElement.Attribute] {
    let index = Int(pieces[element].attributes)
    return index < 0 ? [] : attributes[index]
  }

  /// All text directly inside the element at a position.
  func text(in element: Int) -> String {
    let end = Int(pieces[element].end)
    var position = element + 1
    guard position < end else { return "" }
    if end == position + 1, !pieces[position].isElement { return text(pieces[position]) }
    var found: [UInt8] = []
    while position < end {
      let piece = pieces[position]
      if !piece.isElement { found += bytes[range(piece)] }
      position = Int(piece.end)
    }
    return String(decoding: found, as: UTF8.self)
  }

  /// The element at a position, with all that it holds.
  func element(at position: Int) -> XMLElement {
    var element = XMLElement(
      name: name(of: position), attributes: attributes(of: position), text: text(in: position))
    forEachChild(of: position) { element.children.append(self.element(at: $0)) }
    return element
  }

  private func text(_ piece: Piece) -> String {
    String(decoding: bytes[range(piece)], as: UTF8.self)
  }

  private func range(_ piece: Piece) -> Range<Int> {
    Int(piece.start)..<Int(piece.start + piece.count)
  }
}

extension XMLTape {
  /// The tape of an element that is a value already.
  init(_ element: XMLElement) {
    self.init(capacity: 256)
    record(element)
  }

  private mutating func record(_ element: XMLElement) {
    unsafe Array(element.name.utf8).withUnsafeBytes { unsafe begin($0, element.attributes) }
    if !element.text.isEmpty {
      unsafe Array(element.text.utf8).withUnsafeBytes { unsafe take($0) }
    }
    for child in element.children { record(child) }
    end()
  }
}
