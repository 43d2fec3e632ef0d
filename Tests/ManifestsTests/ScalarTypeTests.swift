import Foundation
import Model
import Testing

@testable import Manifests

@Suite("Typed scalars")
struct ScalarTypeTests {
  @Test(
    "values come out typed",
    arguments: [
      ("text: hello", "text", .string("hello")), ("text: no", "text", .string("no")),
      ("text: \"12\"", "text", .string("12")),
      ("topic: arn:aws:sns:a", "topic", .string("arn:aws:sns:a")),
      ("count: 012", "count", nil), ("count: 10", "count", .integer(10)),
      ("whole: 5.0", "whole", .integer(5)), ("ratio: 0.70", "ratio", .number(Decimal(7) / 10)),
      ("ratio: 3", "ratio", .number(3)), ("enabled: true", "enabled", .boolean(true)),
      ("limit: 800 USD", "limit", .money(MoneyAmount(amount: 800))),
      ("limit: 12.50USD", "limit", .money(MoneyAmount(amount: Decimal(125) / 10))),
      ("at: 85%", "at", .percent(85)), ("at: 99.5 %", "at", .percent(Decimal(995) / 10)),
      ("cooldown: 15m", "cooldown", .duration(900)), ("cooldown: 2h", "cooldown", .duration(7200)),
      ("cooldown: 30 s", "cooldown", .duration(30)),
      ("cooldown: 7d", "cooldown", .duration(604_800)),
      ("cooldown: 1.5h", "cooldown", .duration(5400)), ("cooldown: 0s", "cooldown", .duration(0)),
      ("memory: 2 GB", "memory", .dataSize(2 << 30)),
      ("memory: 512MB", "memory", .dataSize(512 << 20)),
      ("memory: 1 GiB", "memory", .dataSize(1 << 30)),
      ("memory: 0.5 GB", "memory", .dataSize(512 << 20)),
      ("bandwidth: 20 Mbps", "bandwidth", .dataRate(20_000_000)),
      ("bandwidth: 1 MiB/s", "bandwidth", .dataRate(8 << 20)),
      ("cpu: 1 vCPU", "cpu", .cpu(1024)), ("cpu: 0.5 vCPU", "cpu", .cpu(512)),
      ("cpu: 512", "cpu", .cpu(512)), ("cpu: \"512\"", "cpu", .cpu(512)),
      ("cpu: 1024 units", "cpu", .cpu(1024)), ("period: daily", "period", .string("daily")),
      ("zone: Europe/Berlin", "zone", .string("Europe/Berlin")),
      ("zone: UTC", "zone", .string("UTC")),
      ("zone: Asia/Kolkata", "zone", .string("Asia/Kolkata")),
      ("start: 08:30", "start", TimeOfDay("08:30").map(FieldValue.timeOfDay)),
      ("days: mon-fri", "days", .weekdays([.monday, .tuesday, .wednesday, .thursday, .friday])),
      ("days: weekends", "days", .weekdays([.saturday, .sunday])),
      ("days: [sat, Mon]", "days", .weekdays([.monday, .saturday])),
      ("days: sun-mon", "days", .weekdays([.monday, .sunday])),
      ("account: \"012345678901\"", "account", .string("012345678901")),
      ("account: 123456789012", "account", .string("123456789012")),
    ] as [(String, String, FieldValue?)])
  func typed(_ yaml: String, _ field: String, _ expected: FieldValue?) throws {
    let (fields, found) = try check(yaml)
    #expect(fields[field]?.value == expected)
    #expect(found.isEmpty == (expected != nil))
  }

  @Test(
    "what is wrong says what is right",
    arguments: [
      ("at: [1]", "expected a percentage such as 85%, found a list", nil),
      ("at: 85", "expected a percentage such as 85%, found `85` without a unit", nil),
      ("at: true", "expected a percentage such as 85%, found a Boolean", nil),
      ("cooldown: 300", "expected a duration such as 15m, found `300` without a unit", nil),
      (
        "cooldown: 5 min", "expected a duration such as 15m, found `5 min`",
        "Did you mean `m`?"
      ),
      ("cooldown: -5m", "expected a duration such as 15m, found `-5m`", nil),
      (
        "cooldown: 0.5s", "expected a duration such as 15m, found `0.5s`",
        nil
      ),
      (
        "cooldown: 99999999999999999d",
        "expected a duration such as 15m, found `99999999999999999d`", nil
      ),
      ("limit: 800 EUR", "expected an amount of money such as 800 USD, found `800 EUR`", nil),
      (
        "limit: 1,000 USD", "expected an amount of money such as 800 USD, found `1,000 USD`",
        "Leave out the commas."
      ),
      ("memory: 2 gb", "expected a size such as 2 GB, found `2 gb`", "Did you mean `GB`?"),
      (
        "bandwidth: 20 mbps", "expected a data rate such as 20 Mbps, found `20 mbps`",
        "Did you mean `Mbps`?"
      ),
      (
        "cpu: 1 vcpus", "expected a CPU size such as 0.5 vCPU, found `1 vcpus`",
        "Did you mean `vCPU`?"
      ),
      (
        "period: montly", "expected one of daily, monthly, quarterly, found `montly`",
        "Did you mean `monthly`?"
      ),
      ("zone: Europe/Berln", "unknown time zone", "Did you mean `Europe/Berlin`?"),
      ("zone: EST", "unknown time zone", nil), ("zone: GMT+5", "unknown time zone", nil),
      ("start: 8:30", "expected a time of day such as 08:30, found `8:30`", nil),
      ("start: 24:00", "expected a time of day such as 08:30, found `24:00`", nil),
      ("days: mon-foo", "expected days of the week such as mon-fri, found `mon-foo`", nil),
      (
        "account: 12345678901",
        "expected an account of 12 digits such as \"123456789012\", found `12345678901`",
        "Write all 12 digits, in quotes."
      ),
      ("text: 12", "expected a text, found a number", "Put it in quotes: \"12\"."),
      ("text:", "expected a text, found nothing", "Give it a value, or remove the field."),
      (
        "topic: arn:aws:sqs:a",
        "expected an SNS topic such as arn:aws:sns:x, found `arn:aws:sqs:a`", nil
      ),
      ("enabled: yes", "expected true or false, found a text", nil),
      ("ratio: .inf", "expected a number, found `.inf`", nil),
      ("count: 11", "expected a whole number from 0 to 10, found `11`", nil),
      ("count: 1.5", "expected a whole number from 0 to 10, found `1.5`", nil),
      ("emails: []", "an empty list", nil),
      ("emails: a@example.com", "expected a list, found a text", nil),
      ("scaling: 5", "expected a mapping, found a number", nil),
    ] as [(String, String, String?)])
  func wrong(_ yaml: String, _ summary: String, _ hint: String?) throws {
    let (fields, found) = try check(yaml)
    #expect(found.map(\.summary) == [summary])
    if let hint { #expect(found.first?.hint == hint) }
    #expect(found.first?.detail.isEmpty == false)
    let name = String(yaml.prefix { $0 != ":" })
    #expect(fields[name] == nil)
    #expect(fields.has(name))
  }

  @Test("a unit that is wrong names the right ones")
  func unitDetail() throws {
    let detail = try #require(check("cooldown: 300").found.first).detail
    #expect(
      detail
        == "Given for `spec.cooldown`. The units are s, m, h, d. They are seconds, minutes, hours and"
        + " days. How long to wait.")
  }
}
