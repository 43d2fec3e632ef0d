import Foundation
import Model
import Testing

@testable import YAMLReader

@Suite("Core schema")
struct CoreSchemaTests {
  @Test(
    "plain scalars mean what YAML 1.2 says",
    arguments: [
      ("no", .string), ("on", .string), ("yes", .string), ("off", .string), ("Y", .string),
      ("08:00", .string), ("1_000", .string), ("2026-01-01", .string), ("1.2.3", .string),
      ("0b1", .string), ("0o8", .string), ("0xg", .string), ("+", .string), ("-", .string),
      (".", .string), ("-.", .string), ("e5", .string), ("1e", .string), ("1e+", .string),
      ("1e+-5", .string), ("nULL", .string), ("tRUE", .string), (".Nan", .string),
      ("+0x1", .string), ("85%", .string), ("", .null), ("~", .null), ("null", .null),
      ("Null", .null), ("NULL", .null), ("true", .bool(true)), ("False", .bool(false)),
      ("012", .integer(12)), ("0o14", .integer(12)), ("0xC", .integer(12)), ("-7", .integer(-7)),
      ("+7", .integer(7)), ("0", .integer(0)), ("-0", .integer(0)),
      ("9223372036854775807", .integer(.max)),
      ("9223372036854775808", .number(Decimal(Int.max) + 1)),
      ("0.70", .number(Decimal(7) / 10)), (".5", .number(Decimal(5) / 10)), ("5.", .number(5)),
      ("1e3", .number(1000)), ("-1.5E-1", .number(Decimal(-15) / 100)), ("0.0", .number(0)),
      (".inf", .nonFinite), ("-.INF", .nonFinite), ("+.Inf", .nonFinite), (".nan", .nonFinite),
    ] as [(String, Scalar.Content)])
  func plain(_ text: String, _ content: Scalar.Content) {
    #expect(resolvePlain(text) == content)
  }

  @Test(
    "numbers that cannot be exact are refused",
    arguments: ["1e999", "1e-999", "123456789012345678901234567890123456789012", "0.1e99999999999"])
  func inexact(_ text: String) throws {
    #expect(resolvePlain(text) == nil)
    #expect(failures("a: \(text)").map(\.summary) == ["a number out of range"])
  }

  @Test(
    "tags decide where they stand",
    arguments: [
      ("!!str 12", .string), ("! 12", .string), ("\"12\"", .string), ("'true'", .string),
      ("!!int \"12\"", .integer(12)), ("!!float 12", .integer(12)), ("!!null ''", .null),
      ("!!bool 'true'", .bool(true)), ("|\n  12", .string),
    ] as [(String, Scalar.Content)])
  func tags(_ text: String, _ content: Scalar.Content) throws {
    #expect(try parse("a: \(text)\n")["a"]?.scalar?.content == content)
  }

  @Test(
    "other tags are refused",
    arguments: [
      ("!!int x", "wrong tag"), ("!!bool 1", "wrong tag"), ("!secret x", "unknown tag"),
      ("!!binary aGk=", "unknown tag"), ("!!set {}", "unknown tag"), ("!!map []", "unknown tag"),
    ])
  func wrongTags(_ text: String, _ summary: String) {
    #expect(failures("a: \(text)").map(\.summary) == [summary])
  }
}
