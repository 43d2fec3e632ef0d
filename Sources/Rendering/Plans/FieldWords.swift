internal import Model

extension FieldChange {
  /// What a change does to the field: `2048 -> 1024`, or what it removes and adds, line by line,
  /// where that does not fit.
  ///
  /// - Parameters:
  ///   - room: how many columns there are beside the field's name.
  ///   - width: how many there are below it.
  func shown(for action: Change.Action, room: Int, width: Int) -> ShownValue {
    let values = valueTexts(before: before, after: after)
    let line =
      switch action {
      case .create where before == nil: values.after
      case .delete where after == nil: values.before
      default: "\(values.before) -> \(values.after)"
      }
    guard displayWidth(line) > room else { return ShownValue(line: line) }
    let difference = ValueDifference(before: before, after: after, width: width)
    return ShownValue(line: difference.summary, block: difference.lines)
  }

  /// How the field, applied at `serial`, has drifted: `900 in AWS, 800 applied at serial 12`, or
  /// what was removed and added since, line by line.
  ///
  /// - Parameter windowed: the paths whose value before is that of a window in force.
  func shownDrift(since serial: Int, windowed: [String]?, room: Int, width: Int) -> ShownValue {
    let values = valueTexts(before: before, after: after)
    let origin =
      windowed?.contains(path) == true
      ? "by the window in force" : "applied at serial \(serial)"
    let line = "\(values.after) in AWS, \(values.before) \(origin)"
    guard displayWidth(line) > room else { return ShownValue(line: line) }
    let difference = ValueDifference(before: before, after: after, width: width)
    return ShownValue(
      line: "in AWS since serial \(serial): \(difference.summary)", block: difference.lines)
  }
}
