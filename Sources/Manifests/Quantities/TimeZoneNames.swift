import Foundation

/// Which time zones exist, by their IANA names.
public struct TimeZoneNames: Sendable {
  /// The names to suggest.
  public let known: [String]
  /// Whether a name is one, aliases included.
  public let contains: @Sendable (String) -> Bool

  /// Names, and the test for one.
  public init(known: [String], contains: @escaping @Sendable (String) -> Bool) {
    self.known = known
    self.contains = contains
  }

  /// Those that Foundation knows. Names without a region, such as EST or GMT+5, are abbreviations
  /// and offsets that other systems read differently; of them only UTC counts.
  public static let system = TimeZoneNames(known: TimeZone.knownTimeZoneIdentifiers + ["UTC"]) {
    $0 == "UTC" || ($0.contains("/") && TimeZone(identifier: $0)?.identifier == $0)
  }
}
