import Foundation
import Model
import Testing

@testable import AWSClient

@Suite struct InputTests {
  static let shapes = """
    "In":{"type":"structure","required":["Name","Inner"],"members":{"Name":{"shape":"Name"},
      "Inner":{"shape":"Inner"},"Token":{"shape":"S","idempotencyToken":true},"Count":{"shape":"Count"},
      "Few":{"shape":"Few"},"Map":{"shape":"Of"},"When":{"shape":"T"},"Raw":{"shape":"Blob"},
      "Flag":{"shape":"B"},"Real":{"shape":"D"},"Kind":{"shape":"Kind"},"Long":{"shape":"Long"},
      "Whole":{"shape":"I"},"Bits":{"shape":"Bits"},"Note":{"shape":"S","jsonvalue":true},
      "Head":{"shape":"S","jsonvalue":true,"location":"header"}}},
    "Name":{"type":"string","min":2,"max":4},"Count":{"type":"integer","min":1,"max":10},
    "Few":{"type":"list","min":1,"max":2,"member":{"shape":"Inner"}},
    "Of":{"type":"map","max":1,"key":{"shape":"Key"},"value":{"shape":"Inner"}},
    "Key":{"type":"string","min":1,"max":3},"Bits":{"type":"blob","max":3},
    "Kind":{"type":"string","enum":["A"]},
    "Long":{"type":"long"},
    "Inner":{"type":"structure","required":["Must"],"members":{"Must":{"shape":"S"},
      "Again":{"shape":"S","idempotencyToken":true}}},
    "Out":{"type":"structure","members":{}}
    """

  private func prepare(_ input: Value) throws -> (input: Value, violations: [String]) {
    let service = try OneOperation(.json, shapes: Self.shapes)
    let (prepared, violations) = InputPreparation.prepare(
      input, for: service.operation, in: service.description, makeToken: { "token" })
    return (prepared, violations.map(\.description))
  }

  @Test func namesEveryViolation() throws {
    let violations = try prepare([
      "Name": "x", "Count": 11, "Few": [["Must": 1], [:], ["Must": "m"]],
      "Map": ["k": "no", "l": ["Must": "m"]], "When": "someday", "Raw": 1, "Flag": "true",
      "Real": "one",
    ]).violations
    #expect(
      Set(violations) == [
        "Inner: is required", "Name: must be at least 2 characters, is 1",
        "Count: must be at most 10, is 11", "Few: must be at most 2 elements, is 3",
        "Few[0].Must: must be a string", "Few[1].Must: is required",
        "Map: must be at most 1 entries, is 2", "Map[\"k\"]: must be a map",
        "When: must be a point in time", "Raw: must be bytes", "Flag: must be true or false",
        "Real: must be a number",
      ])
  }

  @Test func acceptsWhatTheDescriptionAllows() throws {
    let prepared = try prepare([
      "Name": "é☃", "Inner": ["Must": ""], "Count": 10, "When": "2014-04-29T18:30:38Z",
      "Raw": .bytes(Data()), "Flag": false, "Real": "Infinity", "Kind": "A",
      "Token": .null, "Unknown": ["any": [.null]],
    ])
    #expect(prepared.violations == [])
    #expect(prepared.input["Token"] == "token")
    #expect(prepared.input["Unknown"] == ["any": [.null]])
  }

  @Test func revealsSecretsButNotDigests() throws {
    let clear = try prepare([
      "Name": .sensitive(.clear("abc")), "Inner": ["Must": .sensitive(.clear("m"))],
      "Unknown": [.sensitive(.clear("u"))],
    ])
    #expect(clear.violations == [])
    #expect(clear.input["Name"] == "abc")
    #expect(clear.input["Inner"] == ["Must": "m"])
    #expect(clear.input["Unknown"] == ["u"])
    let digest = try prepare(["Name": "abc", "Inner": ["Must": .sensitive(.digest("d1g"))]])
    #expect(
      digest.violations.contains("Inner.Must: is only the digest of a secret, not the secret"))
    #expect(!digest.violations.joined().contains("d1g"))
  }

  @Test func wholeNumbersMustBeWhole() throws {
    let half = try prepare([
      "Name": "ab", "Inner": ["Must": ""], "Count": .number(Decimal(string: "1.5") ?? 0),
    ])
    #expect(half.violations == ["Count: must be a whole number"])
  }

  private func violations(_ name: String, _ value: Value) throws -> [String] {
    try prepare(.map(["Name": "ab", "Inner": ["Must": ""], name: value])).violations
  }

  @Test(arguments: [
    ("-62135596800", true), ("253402300799.999", true), ("-62135596800.001", false),
    ("253402300800", false), ("-9223372036854775808", false), ("1e30", false),
  ])
  func timesHaveYearsOfFourDigits(_ seconds: String, _ isTime: Bool) throws {
    let number = Value.number(Decimal(string: seconds) ?? 0)
    for value in [number, .string(seconds)] {
      #expect(
        try violations("When", value) == (isTime ? [] : ["When: must be a point in time"]))
    }
  }

  @Test(arguments: [
    ("NaN", true), ("Infinity", true), ("-Infinity", true), ("1e300", true), ("-5e-324", true),
    ("nan", false), ("inf", false), ("+Infinity", false), ("0x1p9999", false), ("1e400", false),
    ("5", false), ("", false),
  ])
  func onlyTheNumbersThatNeedItAreTexts(_ text: String, _ isNumber: Bool) throws {
    let expected = isNumber ? [] : ["Real: must be a number"]
    #expect(try violations("Real", .string(text)) == expected)
  }

  @Test(arguments: [
    ("Whole", "2147483647", true), ("Whole", "-2147483648", true), ("Whole", "2147483648", false),
    ("Long", "9223372036854775807", true), ("Long", "-9223372036854775808", true),
    ("Long", "9223372036854775808", false), ("Long", "2147483648", true),
  ])
  func wholeNumbersFitTheirType(_ name: String, _ text: String, _ fits: Bool) throws {
    let bits = name == "Long" ? 64 : 32
    #expect(
      try violations(name, .number(Decimal(string: text) ?? 0))
        == (fits ? [] : ["\(name): must be a whole number of \(bits) bits"]))
  }

  @Test(arguments: [("", "at least 1"), ("four", "at most 3")])
  func keysHaveTheirLength(_ key: String, _ limit: String) throws {
    let found = try violations("Map", [key: ["Must": "m"]])
    #expect(
      found == ["Map[\"\(key)\"] as a key: must be \(limit) characters, is \(key.count)"])
  }

  @Test(arguments: [Value.string("éé"), .bytes(Data([1, 2, 3, 4]))])
  func bytesHaveTheirLength(_ bytes: Value) throws {
    #expect(try violations("Bits", bytes) == ["Bits: must be at most 3 bytes, is 4"])
  }

  @Test func onlyHeadersHoldJSON() throws {
    #expect(try violations("Head", ["any": [1]]) == [])
    #expect(try violations("Note", "{}") == [])
    #expect(try violations("Note", ["any": [1]]) == ["Note: must be a string"])
  }

  @Test func onlyTheInputItselfGetsAToken() throws {
    let prepared = try prepare(["Name": "ab", "Inner": ["Must": ""]])
    #expect(prepared.input["Token"] == "token")
    #expect(prepared.input["Inner"] == ["Must": ""])
  }
}
