/// A date and time of the Gregorian calendar in UTC.
struct CivilDate {
  let year: Int
  let month: Int
  let dayOfMonth: Int
  let secondOfDay: Int
  let weekday: Int

  /// The date of seconds since 1970.
  init(seconds: Int) {
    let days = (seconds - (((seconds % 86_400) + 86_400) % 86_400)) / 86_400
    secondOfDay = seconds - days * 86_400
    weekday = (((days + 4) % 7) + 7) % 7
    // Howard Hinnant: civil_from_days.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    dayOfMonth = dayOfYear - (153 * march + 2) / 5 + 1
    month = march < 10 ? march + 3 : march - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// A number below 100 with two digits.
  func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// The year with at least four digits.
  var fourDigitYear: String {
    let digits = "\(year)"
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// `2014-04-29`.
  var day: String {
    "\(fourDigitYear)-\(twoDigits(month))-\(twoDigits(dayOfMonth))"
  }

  /// `18:30:38`.
  var time: String {
    let minutes = secondOfDay / 60
    return [minutes / 60, minutes % 60, secondOfDay % 60].map(twoDigits).joined(separator: ":")
  }
}
