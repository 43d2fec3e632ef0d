internal import CExpat
internal import Foundation

/// Why a document cannot be read.
struct XMLFault: Error, Hashable {
  let message: String
}

/// Reads XML with Expat into a tree: bounded depth, no document type, so no entities of its own.
enum XMLReader {
  /// Elements may be nested this deep.
  static let maximumDepth = 64

  /// The root element of a document.
  static func read(_ data: Data) throws(XMLFault) -> XMLElement {
    guard let length = Int32(exactly: data.count) else {
      throw XMLFault(message: "the document is too long")
    }
    guard let parser = unsafe XML_ParserCreate(nil) else {
      throw XMLFault(message: "Expat has no memory")
    }
    defer { unsafe XML_ParserFree(parser) }
    let builder = unsafe TreeBuilder(parser: parser)
    // The builder outlives every callback: they run inside XML_Parse only.
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(builder).toOpaque())
    unsafe XML_SetElementHandler(parser, startElement, endElement)
    unsafe XML_SetCharacterDataHandler(parser, characterData)
    unsafe XML_SetStartDoctypeDeclHandler(parser, startDocumentType)
    let status = unsafe data.withUnsafeBytes { buffer in
      unsafe XML_Parse(
        parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), length, 1)
    }
    if let message = builder.refusal { throw XMLFault(message: message) }
    guard status == XML_STATUS_OK, let root = builder.root else {
      let code = unsafe XML_GetErrorCode(parser)
      let message = unsafe XML_ErrorString(code).map { unsafe String(cString: $0) }
      let line = unsafe XML_GetCurrentLineNumber(parser)
      throw XMLFault(message: "\(message ?? "no document") in line \(line)")
    }
    return root
  }
}

/// The elements that are open, while Expat reads.
@safe private final class TreeBuilder {
  /// Used only by callbacks, so only while `XMLReader.read` keeps it.
  private let parser: XML_Parser
  var open: [XMLElement] = []
  var root: XMLElement?
  var refusal: String?

  init(parser: XML_Parser) { unsafe self.parser = parser }

  func refuse(_ message: String) {
    refusal = message
    _ = unsafe XML_StopParser(parser, 0)
  }

  static func from(_ pointer: UnsafeMutableRawPointer?) -> TreeBuilder? {
    unsafe pointer.map { unsafe Unmanaged<TreeBuilder>.fromOpaque($0).takeUnretainedValue() }
  }
}

private let startElement: XML_StartElementHandler = { pointer, name, attributes in
  guard let builder = unsafe TreeBuilder.from(pointer), let name = unsafe name else { return }
  guard builder.open.count < XMLReader.maximumDepth else {
    return builder.refuse("nested too deep")
  }
  var element = unsafe XMLElement(name: localName(String(cString: name)))
  var index = 0
  while let key = unsafe attributes?[index], let value = unsafe attributes?[index + 1] {
    unsafe element.attributes.append(
      .init(name: String(cString: key), value: String(cString: value)))
    index += 2
  }
  builder.open.append(element)
}

/// A name without its prefix.
private func localName(_ name: String) -> String {
  guard let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")) else { return name }
  return String(name[name.index(after: colon)...])
}

private let endElement: XML_EndElementHandler = { pointer, _ in
  guard let builder = unsafe TreeBuilder.from(pointer), let done = builder.open.popLast() else {
    return
  }
  if builder.open.isEmpty {
    builder.root = done
  } else {
    builder.open[builder.open.count - 1].children.append(done)
  }
}

private let characterData: XML_CharacterDataHandler = { pointer, text, length in
  guard let builder = unsafe TreeBuilder.from(pointer), let text = unsafe text,
    !builder.open.isEmpty
  else { return }
  let bytes = unsafe UnsafeRawBufferPointer(start: text, count: Int(length))
  unsafe builder.open[builder.open.count - 1].text += String(decoding: bytes, as: UTF8.self)
}

private let startDocumentType: XML_StartDoctypeDeclHandler = { pointer, _, _, _, _ in
  unsafe TreeBuilder.from(pointer)?.refuse("a document type is not allowed")
}
