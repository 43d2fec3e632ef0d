/// A place in a text: line and column count from 1, columns in Unicode scalars.
public struct SourcePosition: Hashable, Comparable, Sendable, Codable {
  /// The line, from 1.
  public let line: Int
  /// The column, from 1.
  public let column: Int

  /// A place.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// By line, then by column.
  public static func < (left: Self, right: Self) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A stretch of one file, from its first character to behind its last.
public struct SourceRange: Hashable, Sendable, Codable {
  /// The file's path, relative to the policy's root.
  public let file: String
  /// The first character.
  public let start: SourcePosition
  /// Behind the last character.
  public let end: SourcePosition

  /// A stretch of `file`.
  public init(file: String, start: SourcePosition, end: SourcePosition) {
    self.file = file
    self.start = start
    self.end = end
  }
}
