internal import Foundation

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
    /// The position after the last piece inside; of the element around it while it is open.
    fileprivate(set) var end: Int32
    /// How many elements are directly inside.
    fileprivate(set) var children: Int32 = 0
    /// Where in `attributes` those of the element are; -1 where it has none.
    fileprivate(set) var attributes: Int32 = -1
  }

  private var pieces: [Piece] = []
  private var bytes: [UInt8] = []
  private var attributes: [[XMLElement.Attribute]] = []
  /// The innermost element that is open while the document is recorded.
  private var innermost = -1
  /// How many elements are open while the document is recorded.
  private(set) var depth = 0
  /// An element for each of some hashes of names: mostly the name that is recorded has been before.
  private var named = [Int32](repeating: -1, count: 64)

  /// An empty tape for a document of so many bytes.
  init(capacity: Int) {
    bytes.reserveCapacity(capacity / 2)
    pieces.reserveCapacity(capacity / 12)
  }

  /// Whether nothing was recorded.
  var isEmpty: Bool { pieces.isEmpty }

  /// Records that an element begins.
  mutating func begin(_ name: UnsafeRawBufferPointer) {
    let element = pieces.count
    let start = unsafe start(ofName: name, of: element)
    if innermost >= 0 { pieces[innermost].children += 1 }
    pieces.append(
      Piece(isElement: true, start: start, count: Int32(name.count), end: Int32(innermost)))
    innermost = element
    depth += 1
  }

  /// Records an attribute of the element that has just begun.
  mutating func take(_ attribute: XMLElement.Attribute) {
    guard innermost >= 0 else { return }
    if pieces[innermost].attributes < 0 {
      pieces[innermost].attributes = Int32(attributes.count)
      attributes.append([])
    }
    attributes[attributes.count - 1].append(attribute)
  }

  /// Records text directly inside the element that is open, perhaps not all of it.
  mutating func take(_ text: UnsafeRawBufferPointer) {
    pieces.append(
      Piece(
        isElement: false, start: Int32(bytes.count), count: Int32(text.count),
        end: Int32(pieces.count + 1)))
    unsafe bytes.append(contentsOf: text)
  }

  /// Records that the element that is open ends.
  mutating func end() {
    guard innermost >= 0 else { return }
    let parent = pieces[innermost].end
    pieces[innermost].end = Int32(pieces.count)
    innermost = Int(parent)
    depth -= 1
  }

  /// Where in `bytes` the name of the element at a position stands, perhaps for another one already.
  private mutating func start(ofName name: UnsafeRawBufferPointer, of element: Int) -> Int32 {
    let hash = unsafe (name.count + Int(name.first ?? 0) * 3 + Int(name.last ?? 0)) & 63
    if named[hash] >= 0, case let known = pieces[Int(named[hash])], known.count == name.count,
      unsafe isNamed(name, known)
    {
      return known.start
    }
    named[hash] = Int32(element)
    let start = bytes.count
    unsafe bytes.append(contentsOf: name)
    return Int32(start)
  }
}

extension XMLTape {
  /// The positions of the elements directly inside another, in their order.
  struct Children: Sequence, IteratorProtocol {
    fileprivate let pieces: [Piece]
    fileprivate var position: Int
    fileprivate let end: Int

    /// The next one.
    mutating func next() -> Int? {
      while position < end {
        let found = position
        position = Int(pieces[found].end)
        if pieces[found].isElement { return found }
      }
      return nil
    }
  }

  /// The elements directly inside the one at a position.
  func children(of element: Int) -> Children {
    Children(pieces: pieces, position: element + 1, end: Int(pieces[element].end))
  }

  /// The first element directly inside another that has this name.
  func firstChild(of element: Int, named name: String) -> Int? {
    children(of: element).first { isNamed(name, $0) }
  }

  /// How many elements are directly inside the one at a position.
  func childCount(of element: Int) -> Int { Int(pieces[element].children) }

  /// The local name of the element at a position, as bytes of UTF-8.
  func withName<Result>(of element: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    body(bytes.span.extracting(range(pieces[element])))
  }

  /// Whether two elements have elements of the same names inside, in the same order, as far as that
  /// is seen at once.
  func areAlike(_ one: Int, _ other: Int) -> Bool {
    guard childCount(of: one) == childCount(of: other) else { return false }
    var (mine, its) = (one + 1, other + 1)
    for _ in 0..<childCount(of: one) {
      while !pieces[mine].isElement { mine += 1 }
      while !pieces[its].isElement { its += 1 }
      guard pieces[mine].start == pieces[its].start, pieces[mine].count == pieces[its].count else {
        return false
      }
      (mine, its) = (Int(pieces[mine].end), Int(pieces[its].end))
    }
    return true
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
    element.children = children(of: position).map { self.element(at: $0) }
    return element
  }

  private func isNamed(_ name: UnsafeRawBufferPointer, _ piece: Piece) -> Bool {
    unsafe bytes.withUnsafeBytes { bytes in
      guard let all = bytes.baseAddress, let name = name.baseAddress else { return false }
      return unsafe memcmp(all + Int(piece.start), name, Int(piece.count)) == 0
    }
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
    unsafe Array(element.name.utf8).withUnsafeBytes { unsafe begin($0) }
    for attribute in element.attributes { take(attribute) }
    if !element.text.isEmpty {
      unsafe Array(element.text.utf8).withUnsafeBytes { unsafe take($0) }
    }
    for child in element.children { record(child) }
    end()
  }
}
