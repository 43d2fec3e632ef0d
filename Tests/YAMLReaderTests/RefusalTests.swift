import Model
import Testing
import YAMLReader

@Suite("Refusals")
struct RefusalTests {
  @Test(
    "bad input is told with its place",
    arguments: [
      ("duplicate key", "a: 1\nb: 2\na: 3\n", "duplicate key", "3:1-3:2", "a: 3"),
      ("duplicate quoted key", "{a: 1, 'a': 3}\n", "duplicate key", "1:8-1:11", "{a: 1, 'a': 3}"),
      (
        "two merge keys", "a: &a {}\nb:\n  <<: *a\n  <<: *a\n", "duplicate key", "4:3-4:5",
        "  <<: *a"
      ),
      ("list as key", "? [a]\n: 1\n", "a key must be plain text", "1:3-1:6", "? [a]"),
      ("braces", "a: {{ x }}\n", "a key must be plain text", "1:5-1:10", "a: {{ x }}"),
      ("unknown alias", "a: *b\n", "unknown alias", "1:4-1:6", "a: *b"),
      ("recursive alias", "a: &a [1, *a]\n", "recursive alias", "1:11-1:13", "a: &a [1, *a]"),
      ("merge of a scalar", "<<: 5\n", "a merge key needs a mapping", "1:5-1:6", "<<: 5"),
      ("tab", "a:\n\tb: 1\n", "a tab in the indentation", "2:1-2:2", "\tb: 1"),
      (
        "tab after spaces", "a:\n  - b\n  \t- c: 1\n", "a tab in the indentation", "3:3-3:4",
        "  \t- c: 1"
      ),
      ("colon", "a: b: c\n", "not valid YAML", "1:5-1:6", "a: b: c"),
      ("open bracket", "a: [1\n", "not valid YAML", "1:4-1:5", "a: [1"),
      ("open bracket without a line break", "x: 1\na: {b", "not valid YAML", "2:4-2:5", "a: {b"),
      ("open quote", "a: \"1\n", "not valid YAML", "1:4-1:5", "a: \"1"),
      ("control character", "é: x\u{1}\n", "not valid YAML", "1:5-1:6", "é: x\u{1}"),
      (
        "unknown directive version", "%YAML 2.0\n---\na: 1\n", "not valid YAML", "1:1-1:2",
        "%YAML 2.0"
      ),
    ])
  func located(
    _ name: String, _ yaml: String, _ summary: String, _ range: String, _ line: String
  ) throws {
    let found = failures(yaml)
    let first = try #require(found.first)
    #expect(found.count == 1)
    #expect(first.summary == summary)
    #expect(text(first.range) == range)
    #expect(first.sourceLine == line)
    #expect(first.range?.file == "a.yaml")
  }

  @Test("a duplicate key names the line of the first")
  func duplicate() throws {
    let detail = try #require(failures("a: 1\nb: 2\na: 3\n").first).detail
    #expect(detail == "`a` stands already on line 1.")
  }

  @Test("all errors of a file are told")
  func several() {
    #expect(
      failures("a: 1\na: 2\nb: *x\nc: !t 1\nd: [\n").map(\.summary) == [
        "duplicate key", "unknown alias", "unknown tag", "not valid YAML",
      ])
  }

  @Test("there is an end to the errors of a file")
  func tooMany() {
    let found = failures(String(repeating: "a: 1\n", count: 50_000))
    #expect(found.count == 101)
    #expect(found.last?.summary == "too many errors in one file")
  }

  @Test("a tab gets advice")
  func tabHint() {
    #expect(failures("a:\n\tb: 1\n").first?.hint?.contains("tabs") == true)
  }

  @Test(
    "what is not UTF-8 is told with its place",
    arguments: [
      ([0x61, 0x3A, 0x20, 0xFF], "1:4-1:5"), ([0x0A, 0xC3, 0xA9, 0xC3], "2:2-2:3"),
      ([0xED, 0xA0, 0x80], "1:1-1:2"), ([0xFF, 0xFE, 0x61, 0x00], "1:1-1:2"),
    ] as [([UInt8], String)])
  func encoding(_ bytes: [UInt8], _ range: String) {
    let found = failures(bytes)
    #expect(found.map(\.summary) == ["not valid UTF-8"])
    #expect(found.map { text($0.range) } == [range])
  }
}
