/// An element that is put together while a document is read.
struct XMLTree {
  /// The elements that are open, each in the one before it.
  private var open: [XMLElement] = []
  /// The outermost element, once it has ended.
  private(set) var root: XMLElement?

  /// Whether an element has begun and not ended.
  var isOpen: Bool { !open.isEmpty }

  /// An element begins.
  mutating func begin(_ name: Span<UInt8>, _ attributes: [XMLElement.Attribute]) {
    open.append(XMLElement(name: String(utf8: name), attributes: attributes))
  }

  /// Text directly inside the element that is open, perhaps not all of it.
  mutating func take(_ text: Span<UInt8>) {
    guard !open.isEmpty else { return }
    open[open.count - 1].text += String(utf8: text)
  }

  /// The element that is open ends.
  mutating func end() {
    guard let element = open.popLast() else { return }
    if open.isEmpty {
      root = element
    } else {
      open[open.count - 1].children.append(element)
    }
  }
}

extension String {
  /// The text of bytes of UTF-8.
  init(utf8 bytes: Span<UInt8>) {
    // The bytes are copied before the closure ends.
    self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}

extension Span<UInt8> {
  /// Whether these are the bytes of a text.
  func isText(_ text: String) -> Bool {
    guard count == text.utf8.count else { return false }
    return indices.elementsEqual(text.utf8) { self[$0] == $1 }
  }
}
