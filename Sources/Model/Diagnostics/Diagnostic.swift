/// What is wrong with what somebody wrote, as facts: the prose around it is made by `Rendering`.
public struct Diagnostic: Hashable, Sendable, Error {
  /// How much it weighs: errors stop a command, warnings do not.
  public enum Severity: String, Hashable, Sendable, Codable, Comparable {
    case error
    case warning

    /// Errors come before warnings.
    public static func < (left: Self, right: Self) -> Bool { left == .error && right == .warning }
  }

  /// How much it weighs.
  public let severity: Severity
  /// What is wrong, in a short sentence without a full stop.
  public let summary: String
  /// What, why and what is allowed, in full sentences; may be empty.
  public let detail: String
  /// One thing to try.
  public let hint: String?
  /// Where, when it comes from a file.
  public let range: SourceRange?
  /// The text of the line where the range starts, to show a caret under it.
  public let sourceLine: String?

  /// A diagnostic.
  public init(
    _ severity: Severity, _ summary: String, detail: String = "", hint: String? = nil,
    range: SourceRange? = nil, sourceLine: String? = nil
  ) {
    self.severity = severity
    self.summary = summary
    self.detail = detail
    self.hint = hint
    self.range = range
    self.sourceLine = sourceLine
  }
}

/// Everything that is wrong, to be told at once.
public struct Diagnostics: Error, Sendable, Hashable {
  /// The diagnostics in the order in which they were found.
  public private(set) var all: [Diagnostic]

  /// A collection of diagnostics.
  public init(_ all: [Diagnostic] = []) { self.all = all }

  /// Adds one.
  public mutating func add(_ diagnostic: Diagnostic) { all.append(diagnostic) }

  /// Adds those of another collection.
  public mutating func add(_ others: Diagnostics) { all.append(contentsOf: others.all) }

  /// Whether one of them is an error.
  public var hasErrors: Bool { all.contains { $0.severity == .error } }

  /// Throws itself if one of them is an error.
  ///
  /// - Throws: this collection.
  public func throwIfErrors() throws(Diagnostics) { if hasErrors { throw self } }
}
