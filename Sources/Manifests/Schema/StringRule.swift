/// What a text must look like.
public struct StringRule: Hashable, Sendable {
  /// What the text is, with its article: `an ARN of an SNS topic`.
  public let meaning: String
  /// One that is right.
  public let example: String
  /// A regular expression that the whole text must match.
  public let pattern: String

  /// A rule; `pattern` is a regular expression that the whole text must match.
  public init(_ meaning: String, example: String, pattern: String) {
    self.meaning = meaning
    self.example = example
    self.pattern = pattern
  }

  /// Whether a text obeys the rule.
  public func allows(_ text: String) -> Bool {
    guard let expression = try? Regex(pattern) else {
      preconditionFailure("the pattern \(pattern) is no regular expression")
    }
    return text.wholeMatch(of: expression) != nil
  }
}
