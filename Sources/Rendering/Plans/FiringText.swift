internal import Foundation
internal import Model

extension Firing {
  /// The time in UTC and by the clock of the schedule's zone:
  /// `2026-12-01 13:00:00Z, Tue 2026-12-01 08:00 in America/New_York`.
  var text: String {
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let day = LocalTime(local).map { names[$0.dayOfWeek] + " " } ?? ""
    let clock = local.split(separator: "T").joined(separator: " ")
    return "\(timeText(time)), \(day)\(safe(clock)) in \(safe(timeZone))"
  }
}
