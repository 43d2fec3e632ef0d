internal import Foundation

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
    try read(data) { reader throws(JSONFault) in try reader.value(depth: 0) }
  }

  /// What somebody makes of the one value that the text holds.
  static func read<Result>(
    _ data: some Sequence<UInt8>, make: (inout JSONReader) throws(JSONFault) -> Result
  ) throws(JSONFault) -> Result {
    var reader = JSONReader(Array(data))
    let result = try make(&reader)
    guard reader.next() == 0, reader.position == reader.bytes.count else {
      throw reader.fault("text after the end")
    }
    return result
  }

  /// A member's name in the text, as it was written.
  enum Name {
    /// Without escapes, so its bytes are those of the text.
    case plain(Range<Int>)
    /// With escapes.
    case escaped(String)
  }

  /// The text of a name.
  func text(_ name: Name) -> String {
    switch name {
    case .plain(let range): String(decoding: bytes[range], as: UTF8.self)
    case .escaped(let text): text
    }
  }

  /// The member of a structure that a name stands for.
  func member(_ name: Name, of type: Int, in types: TypeTable) -> Int? {
    switch name {
    case .plain(let range): types.memberInJSON(bytes.span.extracting(range), of: type)
    case .escaped(let text): types.memberInJSON(text.utf8.span, of: type)
    }
  }

  /// The first byte of what comes next, 0 at the end.
  mutating func next() -> UInt8 {
    skipSpace()
    return peek
  }

  /// The value that comes next.
  mutating func value<Form: JSONForm>(depth: Int) throws(JSONFault) -> Form {
    switch next() {
    case UInt8(ascii: "{"):
      var members: [(String, Form)] = []
      try object(depth: depth) { reader, name throws(JSONFault) in
        members.append((reader.text(name), try reader.value(depth: depth + 1)))
      }
      return .object(members)
    case UInt8(ascii: "["):
      var elements: [Form] = []
      try array(depth: depth) { reader throws(JSONFault) in
        elements.append(try reader.value(depth: depth + 1))
      }
      return .array(elements)
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"): return try word("true", .truth(true))
    case UInt8(ascii: "f"): return try word("false", .truth(false))
    case UInt8(ascii: "n"): return try word("null", .nothing)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case 0 where position >= bytes.count: throw fault("the text ends too early")
    default: throw fault("unexpected character")
    }
  }

  /// Goes through the object that comes next; `member` reads the value of each name.
  mutating func object(
    depth: Int, member: (inout JSONReader, Name) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    guard depth < Self.maximumDepth else { throw fault("nested too deep") }
    position += 1
    skipSpace()
    if take(UInt8(ascii: "}")) { return }
    repeat {
      guard next() == UInt8(ascii: "\"") else { throw fault("a member's name is missing") }
      let name = try name()
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw fault("a colon is missing") }
      try member(&self, name)
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw fault("an object does not end") }
  }

  /// Goes through the array that comes next; `element` reads each value.
  mutating func array(
    depth: Int, element: (inout JSONReader) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    guard depth < Self.maximumDepth else { throw fault("nested too deep") }
    position += 1
    skipSpace()
    if take(UInt8(ascii: "]")) { return }
    repeat {
      try element(&self)
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw fault("an array does not end") }
  }

  private mutating func name() throws(JSONFault) -> Name {
    let end = endOfPlainText(from: position + 1)
    guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else {
      return .escaped(try string())
    }
    defer { position = end + 1 }
    return .plain(position + 1..<end)
  }

  /// Where a string that began ends, or the first byte that is not as it will be read.
  private func endOfPlainText(from start: Int) -> Int {
    let bytes = bytes.span
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\""), bytes[end] != UInt8(ascii: "\\"),
      bytes[end] >= 0x20
    { end += 1 }
    return end
  }

  private mutating func string() throws(JSONFault) -> String {
    position += 1
    let start = position
    position = endOfPlainText(from: start)
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
    // A sign would be read as part of the number.
    guard position + 4 <= bytes.count, bytes[position] != UInt8(ascii: "+"),
      bytes[position] != UInt8(ascii: "-"),
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
    if position - start < 16, let whole = smallWhole(start..<position) { return .whole(whole) }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard Self.isNumber(text.utf8), Double(text) != nil else { throw fault("a broken number") }
    return .numeral(text[...].utf8)
  }

  /// Whether no zero stands before other digits, and digits stand around a point.
  private static func isNumber(_ text: String.UTF8View) -> Bool {
    func isDigit(_ byte: UInt8?) -> Bool { byte.map { (0x30...0x39).contains($0) } ?? false }
    let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text[...]
    guard isDigit(digits.first) else { return false }
    if digits.first == UInt8(ascii: "0"), isDigit(digits.dropFirst().first) { return false }
    guard let point = digits.firstIndex(of: UInt8(ascii: ".")) else { return true }
    return isDigit(digits[digits.index(after: point)...].first)
  }

  /// The whole number that digits are, if nothing else stands there.
  private func smallWhole(_ range: Range<Int>) -> Int? {
    let digits = bytes.span.extracting(range)
    let isNegative = digits[0] == UInt8(ascii: "-")
    let first = isNegative ? 1 : 0
    let isShort = digits.count == first + 1
    guard digits.count > first, isShort || digits[first] != UInt8(ascii: "0") else { return nil }
    var number = 0
    for index in first..<digits.count {
      guard digits[index] >= UInt8(ascii: "0"), digits[index] <= UInt8(ascii: "9") else {
        return nil
      }
      number = number * 10 + Int(digits[index] - UInt8(ascii: "0"))
    }
    return isNegative ? -number : number
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
