public import Model

/// A change of a file's text: a stretch of it gives way to other text, and all else stays byte for
/// byte.
public struct SourceEdit: Hashable, Sendable {
  /// The stretch, in bytes without a byte order mark.
  let stretch: Range<Int>
  /// What comes in its place.
  let text: String
}

/// Why a place of a file cannot be edited by a program, as a clause: `it is an alias`.
public struct EditObstacle: Error, Hashable, Sendable {
  /// The clause.
  public let reason: String

  /// An obstacle.
  public init(_ reason: String) { self.reason = reason }
}

extension SourceFile {
  /// The file as it is after an edit.
  public func applying(_ edit: SourceEdit) -> SourceFile {
    var edited = hasByteOrderMark ? Self.byteOrderMark : []
    edited += bytes[..<edit.stretch.lowerBound]
    edited += Array(edit.text.utf8)
    edited += bytes[edit.stretch.upperBound...]
    return SourceFile(path: path, bytes: edited)
  }

  /// All bytes of the file, a byte order mark included.
  public var allBytes: [UInt8] { (hasByteOrderMark ? Self.byteOrderMark : []) + bytes }

  /// The bytes of a stretch.
  func stretch(_ range: SourceRange) -> Range<Int> {
    let start = byteOffset(of: range.start)
    return start..<max(start, byteOffset(of: range.end))
  }

  /// The text of a stretch, as it is written.
  public func text(of range: SourceRange) -> String {
    String(decoding: bytes[stretch(range)], as: UTF8.self)
  }
}
