import Testing

/// Expects two pictures of AWS to be the same, and tells where they are not.
func expectSame(
  _ found: String, _ expected: String, _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard found != expected else { return }
  let same = zip(found, expected).prefix { $0 == $1 }.count
  let start = max(0, same - 160)
  Issue.record(
    """
    AWS differs\(comment.map { " (\($0))" } ?? "")
    expected: ...\(expected.dropFirst(start).prefix(320))
    found:    ...\(found.dropFirst(start).prefix(320))
    """, sourceLocation: sourceLocation)
}
