internal import Model

extension Drift {
  /// What somebody else did, in `width` columns: one field on one line, `limit 900 in AWS, 800
  /// applied at serial 12`, several below each other.
  func shown(width: Int) -> ShownValue {
    if isMissing { return ShownValue(line: "not there in AWS, last applied at serial \(serial)") }
    let labelWidth = ChangeRow.labelWidth(fields.map { safe($0.path) }, width: width)
    let rows = fields.map { field in
      let path = safe(field.path)
      let room = max(24, width - max(labelWidth, displayWidth(path)) - 2)
      return (
        path, field.shownDrift(since: serial, windowed: windowed, room: room, width: width - 2)
      )
    }
    if rows.count == 1, rows[0].1.block.isEmpty {
      return ShownValue(line: "\(rows[0].0) \(rows[0].1.line)")
    }
    let block = rows.flatMap { path, value in
      [ValueLine("\(padded(path, to: labelWidth))  \(value.line)", .plain)]
        + value.block.map { ValueLine("  " + $0.text, $0.tone) }
    }
    return ShownValue(line: counted(fields.count, "field"), block: block)
  }

  /// What this plan does about it.
  var consequence: String {
    if isKept { return "kept, as its onDrift says" }
    return isReverted ? "put back by this plan" : "left as it is"
  }
}
