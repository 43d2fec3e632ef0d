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
    try tape(of: data).element(at: 0)
  }

  /// A document, whose root is the first element.
  static func tape(of data: Data) throws(XMLFault) -> XMLTape {
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
    var reading = unsafe Reading(parser: parser, tape: XMLTape(capacity: data.count))
    // The callbacks run inside XML_Parse only, so the pointer does not outlive its closure.
    let status = unsafe withUnsafeMutablePointer(to: &reading) { reading in
      unsafe XML_SetUserData(parser, reading)
      return unsafe data.withUnsafeBytes { buffer in
        unsafe XML_Parse(
          parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), length, 1)
      }
    }
    if let message = unsafe reading.refusal { throw XMLFault(message: message) }
    guard status == XML_STATUS_OK, unsafe !reading.tape.isEmpty else {
      let code = unsafe XML_GetErrorCode(parser)
      let message = unsafe XML_ErrorString(code).map { unsafe String(cString: $0) }
      let line = unsafe XML_GetCurrentLineNumber(parser)
      throw XMLFault(message: "\(message ?? "no document") in line \(line)")
    }
    return unsafe reading.tape
  }
}

/// One run of Expat. A structure that callbacks reach by pointer: an object would be retained and
/// released for each of thousands of elements.
@unsafe private struct Reading {
  let parser: XML_Parser
  var tape: XMLTape
  var refusal: String?

  static func at(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<Reading>? {
    unsafe pointer?.assumingMemoryBound(to: Reading.self)
  }

  mutating func refuse(_ message: String) {
    unsafe refusal = message
    _ = unsafe XML_StopParser(parser, 0)
  }
}

private let startElement: XML_StartElementHandler = { pointer, name, attributes in
  guard let reading = unsafe Reading.at(pointer), let name = unsafe name else { return }
  guard unsafe reading.pointee.tape.depth < XMLReader.maximumDepth else {
    return unsafe reading.pointee.refuse("nested too deep")
  }
  var local = unsafe name
  var end = unsafe name
  while unsafe end.pointee != 0 {
    let isColon = unsafe end.pointee == 0x3A
    unsafe end += 1
    if isColon { unsafe local = end }
  }
  unsafe reading.pointee.tape.begin(UnsafeRawBufferPointer(start: local, count: end - local))
  var index = 0
  while let key = unsafe attributes?[index], let value = unsafe attributes?[index + 1] {
    unsafe reading.pointee.tape.take(
      XMLElement.Attribute(name: String(cString: key), value: String(cString: value)))
    index += 2
  }
}

private let endElement: XML_EndElementHandler = { pointer, _ in
  unsafe Reading.at(pointer)?.pointee.tape.end()
}

private let characterData: XML_CharacterDataHandler = { pointer, text, length in
  unsafe Reading.at(pointer)?.pointee.tape.take(
    UnsafeRawBufferPointer(start: text, count: Int(length)))
}

private let startDocumentType: XML_StartDoctypeDeclHandler = { pointer, _, _, _, _ in
  unsafe Reading.at(pointer)?.pointee.refuse("a document type is not allowed")
}
