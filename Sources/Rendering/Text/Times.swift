internal import Foundation

/// A time as people read it in logs, always in UTC: `2026-08-19 06:30:00Z`.
func timeText(_ time: Date) -> String {
  time.formatted(Date.ISO8601FormatStyle(dateTimeSeparator: .space))
}

/// A stretch of seconds: `0.4 s`, `12 s`, `3 min 5 s`.
func durationText(_ seconds: Double) -> String {
  guard seconds.isFinite, seconds > 0 else { return "0.0 s" }
  let tenths = Int((min(seconds, 1e9) * 10).rounded())
  if tenths < 100 { return "\(tenths / 10).\(tenths % 10) s" }
  let whole = (tenths + 5) / 10
  return whole < 120 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
}

/// The first seven digits of a commit or digest.
func short(_ identifier: String, length: Int = 7) -> String { String(identifier.prefix(length)) }
