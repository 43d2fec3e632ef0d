public import Foundation

/// A time at which a schedule in AWS will run.
public struct Firing: Hashable, Sendable, Codable {
  /// The instant.
  public let time: Date
  /// What the clock of the schedule's zone shows then: `2026-12-01T08:00`.
  public let local: String
  /// The zone, by its IANA name.
  public let timeZone: String

  /// How many a plan tells.
  public static let shown = 5

  /// A run at `time`, by the clock of `zone`.
  public init(_ time: Date, in zone: TimeZone) {
    self.time = time
    local = LocalTime(time, in: zone).description
    timeZone = zone.identifier
  }
}
