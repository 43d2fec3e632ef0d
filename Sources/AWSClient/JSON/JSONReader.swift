internal import Foundation

/// Why JSON text cannot be read.
struct JSONFault: Error, Hashable {
  /// What was met.
  let message: String
  /// Where, in bytes from the start.
  let offset: Int
}

/// Reads JSON (RFC 8259) with exact numbers, into any `JSONForm`, to a bounded depth.
///
/// Foundation's decoder reads numbers exactly too, but only by trying one type after the other for
/// each value, which costs an error thrown per try.
struct JSONReader {
  /// Arrays and objects may be nested this deep.
  static let maximumDepth = 128

  private let bytes: [UInt8]
  private var position = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The one value that the text holds.
  static func read<Form: JSONForm>(
    _ data: some Sequence<UInt8>, as form: Form.Type = Form.self
  ) throws(JSONFault) -> Form {
    var reader = JSONReader(Array(data))
    let value: Form = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.position == reader.bytes.count else { throw reader.fault("text after the end") }
    return value
  }

  private mutating func value<Form: JSONForm>(depth: Int) throws(JSONFault) -> Form {
    guard depth < Self.maximumDepth else { throw fault("nested too deep") }
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"): return try word("true", .truth(true))
    case UInt8(ascii: "f"): return try word("false", .truth(false))
    case UInt8(ascii: "n"): return try word("null", .nothing)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case 0 where position >= bytes.count: throw fault("the text ends too early")
    default: throw fault("unexpected character")
    }
  }

  private mutating func object<Form: JSONForm>(depth: Int) throws(JSONFault) -> Form {
    position += 1
    var members: [(String, Form)] = []
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object(members) }
    repeat {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw fault("a member's name is missing") }
      let name = try string()
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw fault("a colon is missing") }
      members.append((name, try value(depth: depth + 1)))
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw fault("an object does not end") }
    return .object(members)
  }

  private mutating func array<Form: JSONForm>(depth: Int) throws(JSONFault) -> Form {
    position += 1
    var elements: [Form] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .array(elements) }
    repeat {
      elements.append(try value(depth: depth + 1))
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw fault("an array does not end") }
    return .array(elements)
  }

  private mutating func string() throws(JSONFault) -> String {
    position += 1
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "\""),
      bytes[position] != UInt8(ascii: "\\"), bytes[position] >= 0x20
    { position += 1 }
    if peek == UInt8(ascii: "\"") {
      defer { position += 1 }
      return String(decoding: bytes[start..<position], as: UTF8.self)
    }
    var text = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text.append(contentsOf: try escape())
      case 0..<0x20: throw fault("a control character in a string")
      default: text.append(byte)
      }
    }
    throw fault("a string does not end")
  }

  private mutating func escape() throws(JSONFault) -> [UInt8] {
    let byte = peek
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [8]
    case UInt8(ascii: "f"): return [12]
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "u"): return Array(String(try unicodeEscape()).utf8)
    default: throw fault("unknown escape")
    }
  }

  /// The character of `\uXXXX`, or of two of them that are a surrogate pair.
  private mutating func unicodeEscape() throws(JSONFault) -> Character {
    let first = try hexadecimal()
    if (0xD800..<0xDC00).contains(first), position + 1 < bytes.count,
      bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
    {
      let mark = position
      position += 2
      let second = try hexadecimal()
      if (0xDC00..<0xE000).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      {
        return Character(scalar)
      }
      position = mark
    }
    return Character(Unicode.Scalar(first) ?? "\u{FFFD}")
  }

  private mutating func hexadecimal() throws(JSONFault) -> UInt32 {
    guard position + 4 <= bytes.count,
      let code = UInt32(
        String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
    else { throw fault("a broken \\u escape") }
    position += 4
    return code
  }

  private mutating func number<Form: JSONForm>() throws(JSONFault) -> Form {
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
        UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        position += 1
        continue
      default: break
      }
      break
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard Double(text) != nil else { throw fault("a broken number") }
    return .numeral(text[...].utf8)
  }

  private mutating func word<Form: JSONForm>(
    _ word: StaticString, _ value: Form
  ) throws(JSONFault) -> Form {
    for byte in word.description.utf8 {
      guard take(byte) else { throw fault("unknown word") }
    }
    return value
  }

  private var peek: UInt8 { position < bytes.count ? bytes[position] : 0 }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  private func fault(_ message: String) -> JSONFault {
    JSONFault(message: message, offset: position)
  }
}
