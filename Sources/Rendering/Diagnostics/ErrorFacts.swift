/// What went wrong outside the policy's files: with AWS, Git, the network or the command line.
public struct ErrorFacts: Hashable, Sendable, Error {
  /// What went wrong, in a short sentence without a full stop.
  public let summary: String
  /// What, why and how to put it right, in full sentences; may be empty.
  public let detail: String
  /// One thing to try.
  public let hint: String?

  /// The facts of an error.
  public init(_ summary: String, detail: String = "", hint: String? = nil) {
    self.summary = summary
    self.detail = detail
    self.hint = hint
  }
}

/// An error: its summary, then what is known of it and one thing to try.
public func render(error: ErrorFacts, style: TextStyle) -> String {
  var lines = ["\(style.paint("error:", .delete)) \(style.paint(safe(error.summary), .strong))"]
  lines += wrapped(error.detail, width: style.width - 2).map { "  " + $0 }
  if let hint = error.hint { lines += hintLines(hint, style) }
  return lines.joined(separator: "\n") + "\n"
}
