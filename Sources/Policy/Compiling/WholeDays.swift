internal import Manifests
internal import Model

/// A duration as the days that AWS counts in; nil where it is missing or has been reported.
func wholeDays(
  _ fields: Fields, _ name: String, atLeast least: Int = 1, into diagnostics: inout Diagnostics
) -> Located<Int>? {
  guard let seconds = fields.duration(name) else { return nil }
  let (days, rest) = seconds.value.quotientAndRemainder(dividingBy: 86_400)
  if rest != 0 {
    diagnostics.add(
      error: "expected whole days", at: seconds.range,
      detail: "Here AWS counts in days: 30d, for example.")
    return nil
  }
  if days < least {
    diagnostics.add(
      error: "expected at least \(least) \(least == 1 ? "day" : "days")", at: seconds.range,
      detail: "AWS takes no shorter time here.")
    return nil
  }
  return Located(days, range: seconds.range)
}
