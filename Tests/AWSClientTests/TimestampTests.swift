import Foundation
import Testing

@testable import AWSClient

@Suite struct TimestampTests {
  @Test(arguments: [
    ("2014-04-29T18:30:38Z", "1398796238"), ("2014-04-29T18:30:38.123+00:00", "1398796238.123"),
    ("2014-04-29T20:30:38+0200", "1398796238"), ("Tue, 29 Apr 2014 18:30:38 GMT", "1398796238"),
    ("Sun, 02 Jan 2000 20:34:56.5 GMT", "946845296.5"), ("1398796238", "1398796238"),
    ("1969-12-31T23:59:59.5Z", "-0.5"), ("0001-01-01T00:00:00Z", "-62135596800"),
    ("2000-02-29T12:00:00Z", "951825600"), ("1.5e3", "1500"),
  ])
  func reads(_ text: String, _ seconds: String) {
    #expect(Timestamp.read(text) == Decimal(string: seconds))
  }

  @Test(arguments: [
    "", "yesterday", "2014-13-01T00:00:00Z", "2014-04-29", "Tue, 29 Foo 2014 18:30:38 GMT",
    "2015-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2015-04-31T00:00:00Z",
  ])
  func refuses(_ text: String) { #expect(Timestamp.read(text) == nil) }

  @Test(arguments: [
    ("1398796238", "2014-04-29T18:30:38Z", "Tue, 29 Apr 2014 18:30:38 GMT"),
    ("1398796238.123", "2014-04-29T18:30:38.123Z", "Tue, 29 Apr 2014 18:30:38 GMT"),
    ("-0.5", "1969-12-31T23:59:59.5Z", "Wed, 31 Dec 1969 23:59:59 GMT"),
    ("0", "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
    ("-62135596800", "0001-01-01T00:00:00Z", "Mon, 01 Jan 0001 00:00:00 GMT"),
  ])
  func writes(_ seconds: String, _ iso: String, _ http: String) {
    let seconds = Decimal(string: seconds) ?? .nan
    #expect(Timestamp.text(seconds, .iso8601) == iso)
    #expect(Timestamp.text(seconds, .rfc822) == http)
    #expect(Timestamp.text(seconds, .unixTimestamp) == seconds.description)
  }
}
