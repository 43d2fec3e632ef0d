import Foundation
import Model
import Testing

@Suite struct ValueTests {
  static let values: [Value] = [
    .null, true, false, 0, 1, -1, 9_007_199_254_740_993, "", "text", "1", "true", "null",
    "line\nbreak \"quoted\" \\ / ünï 🦊 \u{0}", [], [:], [1, "a", .null, [true]],
    ["a": ["b": [1, 2]], "": .null], .sensitive(.digest("hmac-sha256:AAAA")),
    ["address": .sensitive(.digest("x")), "other": 1],
  ]

  @Test(arguments: values) func comesBackFromJSON(value: Value) throws {
    let data = try CanonicalJSON.encode(value)
    #expect(try CanonicalJSON.decode(Value.self, from: data) == value)
    #expect(try CanonicalJSON.decode(Value.self, from: CanonicalJSON.encodeLine(value)) == value)
  }

  @Test(arguments: [
    "0.1", "170.1216", "0.000011244", "12345678901234567890.123456789", "-0.5", "100", "1e20",
  ]) func keepsNumbersExactly(text: String) throws {
    let number = try #require(Decimal(string: text))
    let data = try CanonicalJSON.encode(Value.number(number))
    #expect(try CanonicalJSON.decode(Value.self, from: data) == .number(number))
  }

  @Test func tellsTruthAndNumbersApart() throws {
    let read = try CanonicalJSON.decode(Value.self, from: Data("[true, 1, 0, false]".utf8))
    #expect(read == [true, 1, 0, false])
  }

  @Test func equalMapsGiveEqualBytes() throws {
    var forwards: [String: Value] = [:]
    var backwards: [String: Value] = [:]
    for number in 0..<100 { forwards["key \(number)"] = Value(number) }
    for number in (0..<100).reversed() { backwards["key \(number)"] = Value(number) }
    #expect(
      try CanonicalJSON.encode(Value.map(forwards)) == CanonicalJSON.encode(Value.map(backwards)))
  }

  @Test(arguments: [
    Value.sensitive(.clear("hunter2")), ["a": [.sensitive(.clear("hunter2"))]],
  ]) func neverShowsASecret(value: Value) {
    #expect(!"\(value)".contains("hunter2"))
    #expect(!String(reflecting: value).contains("hunter2"))
    var dumped = ""
    dump(value, to: &dumped)
    #expect(!dumped.contains("hunter2"))
    do {
      _ = try CanonicalJSON.encode(value)
      Issue.record("a secret was written")
    } catch {
      #expect(!"\(error)".contains("hunter2"))
      #expect(!error.localizedDescription.contains("hunter2"))
    }
  }

  @Test func readsItsPayload() {
    let value: Value = ["n": 3, "s": "x", "b": true, "l": [1], "d": .number(2.5), "z": .null]
    #expect(value["n"]?.int == 3)
    #expect(value["d"]?.int == nil)
    #expect(value["s"]?.string == "x")
    #expect(value["b"]?.bool == true)
    #expect(value["l"]?.list == [1])
    #expect(value["z"]?.isNull == true)
    #expect(value["missing"] == nil)
    #expect(value["s"]?.number == nil)
    #expect(value.map?.count == 6)
  }
}
