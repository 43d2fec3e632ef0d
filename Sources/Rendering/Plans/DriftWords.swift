internal import Model

extension Drift {
  /// What somebody else did, on one line: `limit 900 in AWS, 800 applied at serial 12`.
  func summary(limit: Int = 60) -> String {
    if isMissing { return "not there in AWS, last applied at serial \(serial)" }
    let differences = fields.map { field in
      "\(safe(field.path)) \(difference(field, limit: limit))"
    }
    return differences.joined(separator: "; ") + " at serial \(serial)"
  }

  /// What this plan does about it.
  var consequence: String { isReverted ? "put back by this plan" : "left as it is" }

  /// One field as it is and as it was applied: `900 in AWS, 800 applied`.
  func difference(_ field: FieldChange, limit: Int = 60) -> String {
    let values = valueTexts(before: field.before, after: field.after, limit: limit)
    return "\(values.after) in AWS, \(values.before) applied"
  }
}
