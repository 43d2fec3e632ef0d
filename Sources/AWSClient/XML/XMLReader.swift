internal import CExpat
internal import Foundation

/// Why a document cannot be read.
struct XMLFault: Error, Hashable {
  let message: String
}

/// Reads XML with Expat: bounded depth, no document type, so no entities of its own.
enum XMLReader {
  /// Elements may be nested this deep.
  static let maximumDepth = 64

  /// The root element of a document.
  static func read(_ data: Data) throws(XMLFault) -> XMLElement {
    let reading = unsafe try run(over: data, nil)
    guard let root = unsafe reading.tree.root else { throw XMLFault(message: "no document") }
    return root
  }

  /// Tells an assembly all that is in a document.
  static func read(_ data: Data, into assembly: inout XMLAssembly) throws(XMLFault) {
    let reading = unsafe try run(over: data, assembly)
    if let told = unsafe reading.assembly { assembly = told }
  }

  private static func run(
    over data: Data, _ assembly: XMLAssembly?
  ) throws(XMLFault) -> Reading {
    guard let length = Int32(exactly: data.count) else {
      throw XMLFault(message: "the document is too long")
    }
    guard let parser = unsafe XML_ParserCreate(nil) else {
      throw XMLFault(message: "Expat has no memory")
    }
    defer { unsafe XML_ParserFree(parser) }
    unsafe XML_SetElementHandler(parser, startElement, endElement)
    unsafe XML_SetCharacterDataHandler(parser, characterData)
    unsafe XML_SetStartDoctypeDeclHandler(parser, startDocumentType)
    var reading = unsafe Reading(parser: parser, assembly: assembly)
    // The callbacks run inside XML_Parse only, so the pointer does not outlive its closure.
    let status = unsafe withUnsafeMutablePointer(to: &reading) { reading in
      unsafe XML_SetUserData(parser, reading)
      return unsafe data.withUnsafeBytes { buffer in
        unsafe XML_Parse(
          parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), length, 1)
      }
    }
    if let message = unsafe reading.refusal { throw XMLFault(message: message) }
    guard status == XML_STATUS_OK else {
      let code = unsafe XML_GetErrorCode(parser)
      let message = unsafe XML_ErrorString(code).map { unsafe String(cString: $0) }
      let line = unsafe XML_GetCurrentLineNumber(parser)
      throw XMLFault(message: "\(message ?? "no document") in line \(line)")
    }
    return unsafe reading
  }
}

/// One run of Expat. A structure that callbacks reach by pointer: an object would be retained and
/// released for each of thousands of elements.
@unsafe private struct Reading {
  let parser: XML_Parser
  /// Who is told; where nobody is, an element is made.
  var assembly: XMLAssembly?
  var tree = XMLTree()
  var refusal: String?
  private var depth = 0

  init(parser: XML_Parser, assembly: XMLAssembly?) {
    unsafe self.parser = unsafe parser
    unsafe self.assembly = assembly
  }

  static func at(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<Reading>? {
    unsafe pointer?.assumingMemoryBound(to: Reading.self)
  }

  mutating func begin(_ name: Span<UInt8>, _ attributes: [XMLElement.Attribute]) {
    guard unsafe depth < XMLReader.maximumDepth else { return unsafe refuse("nested too deep") }
    unsafe depth += 1
    if unsafe assembly?.begin(name, attributes) == nil { unsafe tree.begin(name, attributes) }
  }

  mutating func take(_ text: Span<UInt8>) {
    if unsafe assembly?.take(text) == nil { unsafe tree.take(text) }
  }

  mutating func end() {
    unsafe depth -= 1
    if unsafe assembly?.end() == nil { unsafe tree.end() }
  }

  mutating func refuse(_ message: String) {
    unsafe refusal = message
    _ = unsafe XML_StopParser(parser, 0)
  }
}

private let startElement: XML_StartElementHandler = { pointer, name, attributes in
  guard let reading = unsafe Reading.at(pointer), let name = unsafe name else { return }
  var found: [XMLElement.Attribute] = []
  var index = 0
  while let key = unsafe attributes?[index], let value = unsafe attributes?[index + 1] {
    unsafe found.append(.init(name: String(cString: key), value: String(cString: value)))
    index += 2
  }
  var local = unsafe name
  var end = unsafe name
  while unsafe end.pointee != 0 {
    let isColon = unsafe end.pointee == 0x3A
    unsafe end += 1
    if isColon { unsafe local = end }
  }
  unsafe withBytes(local, end - local) { unsafe reading.pointee.begin($0, found) }
}

private let endElement: XML_EndElementHandler = { pointer, _ in
  unsafe Reading.at(pointer)?.pointee.end()
}

private let characterData: XML_CharacterDataHandler = { pointer, text, length in
  guard let reading = unsafe Reading.at(pointer), let text = unsafe text else { return }
  unsafe withBytes(text, Int(length)) { unsafe reading.pointee.take($0) }
}

private let startDocumentType: XML_StartDoctypeDeclHandler = { pointer, _, _, _, _ in
  unsafe Reading.at(pointer)?.pointee.refuse("a document type is not allowed")
}

/// Does something with text of Expat's, which is there while the callback runs.
private func withBytes(
  _ text: UnsafePointer<CChar>, _ count: Int, _ body: (Span<UInt8>) -> Void
) {
  unsafe text.withMemoryRebound(to: UInt8.self, capacity: count) {
    body(unsafe UnsafeBufferPointer(start: $0, count: count).span)
  }
}
