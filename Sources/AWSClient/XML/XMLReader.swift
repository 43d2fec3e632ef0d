internal import CExpat
internal import Foundation

/// Why a document cannot be read.
struct XMLFault: Error, Hashable {
  let message: String
}

/// Takes in a document, piece by piece, in its order.
protocol XMLConsumer: AnyObject {
  /// An element begins; its name is without a prefix.
  func begin(_ name: Span<UInt8>, _ attributes: [XMLElement.Attribute])
  /// Text directly inside the element that is open, perhaps not all of it.
  func take(_ text: Span<UInt8>)
  /// The element that is open ends.
  func end()
}

/// Reads XML with Expat: bounded depth, no document type, so no entities of its own.
enum XMLReader {
  /// Elements may be nested this deep.
  static let maximumDepth = 64

  /// The root element of a document.
  static func read(_ data: Data) throws(XMLFault) -> XMLElement {
    let builder = XMLTreeBuilder()
    try read(data, into: builder)
    guard let root = builder.root else { throw XMLFault(message: "no document") }
    return root
  }

  /// Hands a document to a consumer; where it is broken, what has been handed over is worth nothing.
  static func read(_ data: Data, into consumer: any XMLConsumer) throws(XMLFault) {
    guard let length = Int32(exactly: data.count) else {
      throw XMLFault(message: "the document is too long")
    }
    guard let parser = unsafe XML_ParserCreate(nil) else {
      throw XMLFault(message: "Expat has no memory")
    }
    defer { unsafe XML_ParserFree(parser) }
    let reading = unsafe Reading(parser: parser, consumer: consumer)
    // The reading outlives every callback: they run inside XML_Parse only.
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(reading).toOpaque())
    unsafe XML_SetElementHandler(parser, startElement, endElement)
    unsafe XML_SetCharacterDataHandler(parser, characterData)
    unsafe XML_SetStartDoctypeDeclHandler(parser, startDocumentType)
    let status = unsafe data.withUnsafeBytes { buffer in
      unsafe XML_Parse(
        parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), length, 1)
    }
    if let message = reading.refusal { throw XMLFault(message: message) }
    guard status == XML_STATUS_OK else {
      let code = unsafe XML_GetErrorCode(parser)
      let message = unsafe XML_ErrorString(code).map { unsafe String(cString: $0) }
      let line = unsafe XML_GetCurrentLineNumber(parser)
      throw XMLFault(message: "\(message ?? "no document") in line \(line)")
    }
  }
}

/// One run of Expat, and who takes in what it finds.
@safe private final class Reading {
  /// Used only by callbacks, so only while `XMLReader.read` keeps it.
  private let parser: XML_Parser
  let consumer: any XMLConsumer
  var depth = 0
  var refusal: String?

  init(parser: XML_Parser, consumer: any XMLConsumer) {
    unsafe self.parser = parser
    self.consumer = consumer
  }

  func refuse(_ message: String) {
    refusal = message
    _ = unsafe XML_StopParser(parser, 0)
  }

  static func from(_ pointer: UnsafeMutableRawPointer?) -> Reading? {
    unsafe pointer.map { unsafe Unmanaged<Reading>.fromOpaque($0).takeUnretainedValue() }
  }
}

private let startElement: XML_StartElementHandler = { pointer, name, attributes in
  guard let reading = unsafe Reading.from(pointer), let name = unsafe name else { return }
  guard reading.depth < XMLReader.maximumDepth else { return reading.refuse("nested too deep") }
  reading.depth += 1
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
  let bytes = unsafe UnsafeRawBufferPointer(start: local, count: end - local)
  unsafe bytes.withMemoryRebound(to: UInt8.self) { bytes in
    unsafe reading.consumer.begin(bytes.span, found)
  }
}

private let endElement: XML_EndElementHandler = { pointer, _ in
  guard let reading = unsafe Reading.from(pointer) else { return }
  reading.depth -= 1
  reading.consumer.end()
}

private let characterData: XML_CharacterDataHandler = { pointer, text, length in
  guard let reading = unsafe Reading.from(pointer), let text = unsafe text else { return }
  let bytes = unsafe UnsafeRawBufferPointer(start: text, count: Int(length))
  unsafe bytes.withMemoryRebound(to: UInt8.self) { unsafe reading.consumer.take($0.span) }
}

private let startDocumentType: XML_StartDoctypeDeclHandler = { pointer, _, _, _, _ in
  unsafe Reading.from(pointer)?.refuse("a document type is not allowed")
}
