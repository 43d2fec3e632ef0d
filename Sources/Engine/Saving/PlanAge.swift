public import Foundation
public import Model

/// How far the clocks of two machines may be apart, in seconds.
private let clockTolerance: Double = 300

extension Plan {
  /// Why the plan cannot be applied at this time, one sentence; nil where it can. A plan from the
  /// future is as suspect as an old one: one of the two clocks has jumped.
  ///
  /// - Parameter lifetime: for how many seconds a plan may be applied.
  public func ageProblem(at now: Date, lifetime: Double) -> String? {
    let age = now.timeIntervalSince(time)
    let made = time.formatted(.iso8601)
    if age < -clockTolerance {
      return "It was made at \(made), which is in the future: it is \(now.formatted(.iso8601)). "
        + "Check the clocks."
    }
    guard age > lifetime else { return nil }
    let end = time.addingTimeInterval(lifetime).formatted(.iso8601)
    return "It was made at \(made) and expired at \(end)."
  }
}
