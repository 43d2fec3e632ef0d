import Model
import Testing
import YAMLReader

@Suite("Ranges")
struct RangeTests {
  @Test(
    "each node knows its start and end",
    arguments: [
      ("plain", "a: some text  # note\n", "1:4-1:13"),
      ("quoted", "a: \"x y\"\n", "1:4-1:9"),
      ("wide characters", "é: 'ü→😀'\n", "1:4-1:9"),
      ("over two lines", "a: one\n  two\nb: 1\n", "1:4-2:6"),
      ("literal block", "a: |\n  one\n  two\n\n\nb: 1\n", "1:4-3:6"),
      ("literal block at the end", "a: |\n  one", "1:4-2:6"),
      ("flow list", "a: [1, 2]\n", "1:4-1:10"),
      ("block list", "a:\n  - 1\n  - 22\n\n# note\nb: 1\n", "2:3-3:7"),
      ("block mapping", "a:\n  x: 1\n  y: two\n\nb: 1\n", "2:3-3:9"),
      ("empty", "a:\nb: 1\n", "1:3-1:3"),
      ("flow over two lines", "a: {x: 1,\n  y: 2}\n", "1:4-2:8"),
      ("anchored", "a: &k 5\n", "1:4-1:8"),
      ("after a byte order mark", "\u{FEFF}a: 5\n", "1:4-1:5"),
      ("carriage returns", "x: 1\r\ny: 2\r\na: 5\r\n", "3:4-3:5"),
    ])
  func value(_ name: String, _ yaml: String, _ expected: String) throws {
    let node = try parse(yaml)
    #expect(
      text(node.entries?.first { $0.key.text != "x" && $0.key.text != "y" }?.value.range)
        == expected)
  }

  @Test("an alias stands where it is written, and its parts where they are")
  func alias() throws {
    let node = try parse("a: &k {x: 1}\nb: *k\n")
    #expect(text(node["b"]?.range) == "2:4-2:6")
    #expect(text(node["b"]?["x"]?.range) == "1:11-1:12")
  }

  @Test("keys have ranges too")
  func keys() throws {
    let keys = try parse("  one: 1\n  \"two\": 2\n").entries?.map { text($0.key.range) }
    #expect(keys == ["1:3-1:6", "2:3-2:8"])
  }

  @Test(
    "lines are those that libyaml counts",
    arguments: ["\n", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{2029}"])
  func lines(_ lineBreak: String) throws {
    let yaml = ["a: 1", "b: 2", "c: 3"].joined(separator: lineBreak)
    let file = SourceFile(path: "a.yaml", bytes: yaml.utf8)
    #expect([1, 2, 3, 4].map(file.line) == ["a: 1", "b: 2", "c: 3", nil])
    #expect(file.position(atByte: yaml.utf8.count) == SourcePosition(line: 3, column: 5))
    #expect(try text(parse(yaml)["c"]?.range) == "3:4-3:5")
  }

  @Test("a literal is found within a range")
  func find() throws {
    let file = SourceFile(path: "a.yaml", bytes: "é: ${a} ${a}\nb: ${a}\n".utf8)
    let range = try #require(parseYAML(file).first).range
    #expect(
      [0, 1, 2, 3].map { text(file.find("${a}", in: range, skipping: $0)) } == [
        "1:4-1:8", "1:9-1:13", "2:4-2:8", "nowhere",
      ])
  }

  @Test("long lines are not shown")
  func longLine() {
    let file = SourceFile(path: "a.yaml", bytes: String(repeating: "x", count: 501).utf8)
    #expect(file.line(1) == nil)
  }
}
