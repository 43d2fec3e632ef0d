/// A day of the week.
public enum Weekday: String, Hashable, Sendable, CaseIterable, Comparable {
  case monday = "mon"
  case tuesday = "tue"
  case wednesday = "wed"
  case thursday = "thu"
  case friday = "fri"
  case saturday = "sat"
  case sunday = "sun"

  /// 1 for Monday to 7 for Sunday, as ISO 8601 counts.
  public var number: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }

  /// Monday is the least.
  public static func < (left: Self, right: Self) -> Bool { left.number < right.number }

  /// The days that `mon`, `fri-mon`, `weekdays` or `weekends` names; nil where it names none.
  static func days(_ text: String) -> [Weekday]? {
    switch text.lowercased() {
    case "weekdays": return [.monday, .tuesday, .wednesday, .thursday, .friday]
    case "weekends": return [.saturday, .sunday]
    default: break
    }
    let names = text.split(separator: "-", omittingEmptySubsequences: false)
    let days = names.compactMap {
      Weekday(rawValue: $0.trimmingPrefix { $0 == " " }.lowercased())
    }
    guard days.count == names.count, let first = days.first, let last = days.last, days.count <= 2
    else { return nil }
    let span = (last.number - first.number + 7) % 7
    return (0...span).map { allCases[(first.number - 1 + $0) % 7] }
  }
}
