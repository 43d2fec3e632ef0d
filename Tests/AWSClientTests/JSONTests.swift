import Foundation
import Model
import Testing

@testable import AWSClient

@Suite struct JSONTests {
  @Test func readsExactNumbers() throws {
    let value: Value = try JSONReader.read(
      "[0.1, 12345678901234567890.123456789, -3, 1e3, 1.5E-7, -0.25, 1e400]".utf8)
    func decimal(_ text: String) -> Value { .number(Decimal(string: text) ?? .nan) }
    #expect(
      value == [
        decimal("0.1"), decimal("12345678901234567890.123456789"), -3, 1000, decimal("0.00000015"),
        decimal("-0.25"), "1e400",
      ])
  }

  @Test func readsStrings() throws {
    let value: Value = try JSONReader.read(#"{"a\u00e9\n":"\ud83d\ude00 \ud83d ☃ \/"}"#.utf8)
    #expect(value == ["aé\n": "😀 \u{FFFD} ☃ /"])
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "tru", "1 2", "\"a", "[1", "nul", "-", "\"\u{1}\"",
    "{a:1}", "<html></html>", #""\x""#, #""\u+123""#, "01", "-01", "01.5", "1.", "1.e3", ".5", "-",
    "+1", "1e",
  ])
  func refusesBrokenText(_ text: String) {
    #expect(throws: JSONFault.self) { () throws in
      let _: Value = try JSONReader.read(text.utf8)
    }
  }

  @Test func refusesDeepNesting() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: JSONFault.self) { () throws in
      let _: Value = try JSONReader.read(text.utf8)
    }
  }

  @Test func writesWhatItReads() throws {
    let value: Value = [
      "z": [1, true, .null], "a": "é\"\\\n\u{1}\u{7F}", "n": .number(Decimal(string: "0.10")!),
      "b": .bytes(Data([1, 2, 255])),
    ]
    let text = String(decoding: JSONWriter.write(value), as: UTF8.self)
    #expect(
      text
        == #"{"a":"é\"\\\n\u0001"# + "\u{7F}" + #"","b":"AQL/","n":0.1,"z":[1,true,null]}"#)
  }
}
