public import Model

/// The text of a file, to find places in it and to show lines of it.
///
/// Lines are counted as libyaml counts them, so that its line numbers hold here.
public struct SourceFile: Sendable {
  /// The longest line, in bytes, that is worth showing.
  public static let longestShownLine = 500

  /// UTF-8's byte order mark.
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The file's path, relative to the policy's root.
  public let path: String
  /// The bytes, without a byte order mark.
  public let bytes: [UInt8]
  /// Whether a byte order mark stands before them.
  public let hasByteOrderMark: Bool
  /// The bytes of each line, without its break.
  private let lines: [Range<Int>]

  /// Whether it is to be JSON, by its name.
  public var isJSON: Bool { path.hasSuffix(".json") }

  /// The file at `path` with the given bytes; a UTF-8 byte order mark is dropped.
  public init(path: String, bytes: some Sequence<UInt8>) {
    self.path = path
    var content = Array(bytes)
    hasByteOrderMark = content.starts(with: Self.byteOrderMark)
    if hasByteOrderMark { content.removeFirst(Self.byteOrderMark.count) }
    self.bytes = content
    var lines: [Range<Int>] = []
    var start = 0
    var index = 0
    while index < content.count {
      let width = lineBreakWidth(content, at: index)
      if width > 0 {
        lines.append(start..<index)
        start = index + width
      }
      index += max(width, 1)
    }
    self.lines = lines + [start..<content.count]
  }

  /// The text of a line, from 1; nil where there is none or it is too long to be shown.
  public func line(_ number: Int) -> String? {
    guard lines.indices.contains(number - 1) else { return nil }
    let content = bytes[lines[number - 1]]
    return content.count > Self.longestShownLine ? nil : String(decoding: content, as: UTF8.self)
  }

  /// The place of a byte.
  public func position(atByte offset: Int) -> SourcePosition {
    var low = 0
    var high = lines.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lines[middle].lowerBound <= offset { low = middle } else { high = middle }
    }
    let start = lines[low].lowerBound
    let before = String(
      decoding: bytes[start..<max(start, min(offset, bytes.count))], as: UTF8.self)
    return SourcePosition(line: low + 1, column: before.unicodeScalars.count + 1)
  }

  /// The stretch of `text` within `range` after its first `skipping` occurrences; nil if it does
  /// not stand there literally.
  public func find(_ text: String, in range: SourceRange, skipping: Int = 0) -> SourceRange? {
    let start = byteOffset(of: range.start)
    let end = byteOffset(of: range.end)
    let wanted = Array(text.utf8)
    guard let first = wanted.first, start < end else { return nil }
    var left = skipping
    var index = start
    while index + wanted.count <= end {
      if bytes[index] == first, bytes[index..<index + wanted.count].elementsEqual(wanted) {
        if left == 0 {
          return SourceRange(
            file: path, start: position(atByte: index),
            end: position(atByte: index + wanted.count))
        }
        left -= 1
        index += wanted.count
      } else {
        index += 1
      }
    }
    return nil
  }

  /// Where the text of a line ends, before its break.
  func endOfLine(_ number: Int) -> Int {
    lines.indices.contains(number - 1) ? lines[number - 1].upperBound : bytes.count
  }

  /// The line break of the file: that of its first line.
  var lineBreak: String {
    guard lines.count > 1 else { return "\n" }
    return String(decoding: bytes[lines[0].upperBound..<lines[1].lowerBound], as: UTF8.self)
  }

  /// Whether nothing but an empty line follows a place.
  func isAtEnd(_ position: SourcePosition) -> Bool {
    position.line > lines.count || (position.line == lines.count && lines.last?.isEmpty == true)
  }

  /// Whether a line holds nothing but spaces.
  func lineIsBlank(_ number: Int) -> Bool {
    lines.indices.contains(number - 1) && bytes[lines[number - 1]].allSatisfy { $0 == 0x20 }
  }

  /// The length of a line in Unicode scalars, without its break.
  func lineLength(_ number: Int) -> Int {
    guard lines.indices.contains(number - 1) else { return 0 }
    return bytes[lines[number - 1]].count { $0 & 0xC0 != 0x80 }
  }

  /// The byte at a place; behind the last one if the place lies outside the text.
  func byteOffset(of position: SourcePosition) -> Int {
    guard lines.indices.contains(position.line - 1) else { return bytes.count }
    let line = lines[position.line - 1]
    var index = line.lowerBound
    var column = 1
    while column < position.column, index < line.upperBound {
      index += 1
      while index < line.upperBound, bytes[index] & 0xC0 == 0x80 { index += 1 }
      column += 1
    }
    return index
  }
}

extension SourceFile {
  /// The diagnostic with the text of its line, where it lies in this file and lacks it.
  public func completing(_ diagnostic: Diagnostic) -> Diagnostic {
    guard let range = diagnostic.range, range.file == path, diagnostic.sourceLine == nil else {
      return diagnostic
    }
    return Diagnostic(
      diagnostic.severity, diagnostic.summary, detail: diagnostic.detail, hint: diagnostic.hint,
      range: range, sourceLine: line(range.start.line))
  }
}

/// The bytes of the line break at `index`: 0 where there is none.
private func lineBreakWidth(_ bytes: [UInt8], at index: Int) -> Int {
  switch bytes[index] {
  case 0x0A: return 1
  case 0x0D: return index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
  case 0xC2: return index + 1 < bytes.count && bytes[index + 1] == 0x85 ? 2 : 0
  case 0xE2:
    guard index + 2 < bytes.count, bytes[index + 1] == 0x80 else { return 0 }
    return bytes[index + 2] == 0xA8 || bytes[index + 2] == 0xA9 ? 3 : 0
  default: return 0
  }
}
