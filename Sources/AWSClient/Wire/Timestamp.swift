internal import Foundation

/// Points in time as AWS writes them; as data they are exact seconds since 1970.
///
/// Written by hand, because Foundation's formatters cost more than the rest of a request.
enum Timestamp {
  /// Whether AWS's formats can say a time: their years have four digits, from 1 to 9999.
  static func isWritable(_ seconds: Decimal) -> Bool {
    seconds >= -62_135_596_800 && seconds < 253_402_300_800
  }

  /// The text of a time in one of AWS's formats.
  static func text(_ seconds: Decimal, _ format: Member.TimestampFormat) -> String {
    switch format {
    case .iso8601: iso8601(seconds)
    case .rfc822: httpDate(seconds)
    case .unixTimestamp: seconds.description
    }
  }

  /// `2014-04-29T18:30:38Z`, with the fraction if there is one.
  static func iso8601(_ seconds: Decimal) -> String {
    let (date, fraction) = civil(seconds)
    return "\(date.day)T\(date.time)\(fraction.isEmpty ? "" : "." + fraction)Z"
  }

  /// `20140429T183038Z`.
  static func basic(_ date: Date) -> String {
    let civil = CivilDate(seconds: Int(date.timeIntervalSince1970.rounded(.down)))
    let (minutes, second) = civil.secondOfDay.quotientAndRemainder(dividingBy: 60)
    var text = Array(civil.fourDigitYear.utf8)
    func append(_ number: Int) {
      text.append(UInt8(ascii: "0") + UInt8(number / 10))
      text.append(UInt8(ascii: "0") + UInt8(number % 10))
    }
    append(civil.month)
    append(civil.dayOfMonth)
    text.append(UInt8(ascii: "T"))
    append(minutes / 60)
    append(minutes % 60)
    append(second)
    text.append(UInt8(ascii: "Z"))
    return String(decoding: text, as: UTF8.self)
  }

  /// The date of `20140429T183038Z`, or nil for anything else.
  static func basicDate(_ text: String) -> Date? {
    var scanner = DigitScanner(text)
    guard let year = scanner.number(4), let month = scanner.number(2),
      let day = scanner.number(2), scanner.take("T"), let hour = scanner.number(2),
      let minute = scanner.number(2), let second = scanner.number(2), scanner.take("Z"),
      scanner.isAtEnd,
      let seconds = seconds(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    else { return nil }
    return Date(timeIntervalSince1970: Double(seconds))
  }

  /// `Tue, 29 Apr 2014 18:30:38 GMT`; HTTP's dates have no fractions.
  static func httpDate(_ seconds: Decimal) -> String {
    let date = civil(seconds).date
    let day = "\(date.twoDigits(date.dayOfMonth)) \(months[date.month - 1]) \(date.fourDigitYear)"
    return "\(weekdays[date.weekday]), \(day) \(date.time) GMT"
  }

  /// The date of a time in any of AWS's formats.
  static func date(_ text: String) -> Date? { read(text).map(date) }

  /// The date of exact seconds.
  static func date(_ seconds: Decimal) -> Date {
    Date(timeIntervalSince1970: Double(seconds.description) ?? 0)
  }

  /// Reads a time in any of AWS's formats, whichever it is.
  static func read(_ text: String) -> Decimal? {
    let hasSpace = text.utf8.first == 0x20 || text.utf8.last == 0x20
    let text = hasSpace ? text.trimmingCharacters(in: .whitespaces) : text
    return readISO8601(text) ?? readHTTPDate(text) ?? Decimal(numeral: text[...].utf8)
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

  /// `2014-04-29T18:30:38.123+02:00`, with or without fraction and colon, `Z` or a zone.
  private static func readISO8601(_ text: String) -> Decimal? {
    var scanner = DigitScanner(text)
    guard let year = scanner.number(4), scanner.take("-"), let month = scanner.number(2),
      scanner.take("-"), let day = scanner.number(2), scanner.take("T", "t", " "),
      let hour = scanner.number(2), scanner.take(":"), let minute = scanner.number(2),
      scanner.take(":"), let second = scanner.number(2), let fraction = scanner.fraction()
    else { return nil }
    var offset = 0
    if !scanner.isAtEnd, !scanner.take("Z", "z") {
      let isWest = scanner.take("-")
      guard isWest || scanner.take("+"), let hours = scanner.number(2) else { return nil }
      _ = scanner.take(":")
      guard let minutes = scanner.number(2) else { return nil }
      offset = (hours * 60 + minutes) * (isWest ? -60 : 60)
    }
    guard scanner.isAtEnd,
      let seconds = seconds(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    else { return nil }
    return Decimal(seconds - offset) + fraction
  }

  /// `Tue, 29 Apr 2014 18:30:38 GMT`.
  private static func readHTTPDate(_ text: String) -> Decimal? {
    let words = text.split(separator: " ")
    guard words.count == 6, words[0].count == 4, words[0].hasSuffix(","),
      words[5] == "GMT" || words[5] == "UTC", let day = Int(words[1]),
      let month = months.firstIndex(of: String(words[2])), let year = Int(words[3])
    else { return nil }
    var scanner = DigitScanner(words[4])
    guard let hour = scanner.number(2), scanner.take(":"), let minute = scanner.number(2),
      scanner.take(":"), let second = scanner.number(2), let fraction = scanner.fraction(),
      scanner.isAtEnd,
      let seconds = seconds(
        year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second)
    else { return nil }
    return Decimal(seconds) + fraction
  }

  /// Seconds since 1970 of a date of the Gregorian calendar in UTC.
  private static func seconds(
    year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int
  ) -> Int? {
    guard (0...9999).contains(year), (1...12).contains(month), (1...31).contains(day), hour < 25,
      minute < 60, second < 61
    else { return nil }
    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days_from_civil.
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let days =
      era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    // A day that the month does not have is another one of the next month.
    guard CivilDate(seconds: days * 86_400).dayOfMonth == day else { return nil }
    return ((days * 24 + hour) * 60 + minute) * 60 + second
  }

  /// The calendar date of a time, and the digits of its fraction of a second.
  private static func civil(_ seconds: Decimal) -> (date: CivilDate, fraction: String) {
    let parts = seconds.description.split(separator: ".")
    var whole = Int(parts.first ?? "0") ?? 0
    var fraction = parts.count > 1 ? String(parts[1]) : ""
    if seconds < 0, !fraction.isEmpty {
      whole -= 1
      fraction = String((seconds - Decimal(whole)).description.dropFirst(2))
    }
    return (CivilDate(seconds: whole), fraction)
  }
}
