/// Makes a tree of a document.
final class XMLTreeBuilder: XMLConsumer {
  /// The root element, when it has ended.
  private(set) var root: XMLElement?
  private var open: [XMLElement] = []

  /// Whether an element is open.
  var isOpen: Bool { !open.isEmpty }

  func begin(_ name: Span<UInt8>, _ attributes: [XMLElement.Attribute]) {
    open.append(XMLElement(name: String(name), attributes: attributes))
  }

  func take(_ text: Span<UInt8>) {
    guard !open.isEmpty else { return }
    open[open.count - 1].text += String(text)
  }

  func end() {
    guard let done = open.popLast() else { return }
    if open.isEmpty {
      root = done
    } else {
      open[open.count - 1].children.append(done)
    }
  }
}

extension String {
  /// The text of bytes that are UTF-8.
  init(_ bytes: Span<UInt8>) {
    self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
