import Model

extension Composer {
  /// Where a collection stands: a flow collection up to its bracket, a block collection up to the
  /// end of its last value (libyaml would count the blank lines and comments that follow).
  func extent(
    _ start: LocatedEvent, _ end: LocatedEvent, isFlow: Bool, last: SourceRange?
  ) -> SourceRange {
    let behind = isFlow ? end.end : (last?.end ?? start.end)
    return SourceRange(file: file.path, start: start.start, end: max(behind, start.start))
  }

  /// The place of a collection before its end is known.
  func emptyRange(_ start: LocatedEvent) -> SourceRange {
    SourceRange(file: file.path, start: start.start, end: start.end)
  }

  /// A block scalar up to its last line with text, where libyaml counts up to the next token.
  func trimmed(_ range: SourceRange) -> SourceRange {
    guard range.end.column == 1, range.end.line > range.start.line else { return range }
    var number = range.end.line - 1
    while number > range.start.line, file.lineIsBlank(number) { number -= 1 }
    let end = SourcePosition(line: number, column: file.lineLength(number) + 1)
    return SourceRange(file: range.file, start: range.start, end: end)
  }
}
