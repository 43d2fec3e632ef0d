import Model
import TestSupport
import Testing
import YAMLReader

/// Bad input is refused where it passes a limit, and nothing behind is read. How long that takes is not
/// measured: without the limits these tests would not end.
@Suite("Limits", .timeLimit(.minutes(10)))
struct LimitTests {
  @Test(
    "deep nesting is refused at the level that is too deep",
    arguments: [
      String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 100_000),
      String(repeating: "- ", count: 100_000), String(repeating: "? ", count: 100_000),
      (0..<2000).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
    ])
  func deep(_ yaml: String) {
    let found = failures(yaml)
    #expect(found.map(\.summary) == ["nested too deeply"])
    let start = found.first?.range?.start
    #expect(
      start.map { max($0.line, $0.column) <= 64 * 4 + 1 } == true, "\(text(found.first?.range))")
  }

  @Test("64 levels are allowed, 65 are not")
  func depth() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(failures(nested(64)).isEmpty)
    #expect(failures(nested(65)).map { text($0.range) } == ["1:65-1:66"])
  }

  @Test("aliases cannot nest deeper than brackets")
  func deepAliases() {
    let chain = (1..<70).map { "k\($0): &k\($0) [*k\($0 - 1)]\n" }.joined()
    #expect(failures("k0: &k0 []\n" + chain).map(\.summary) == ["nested too deeply"])
  }

  @Test("an alias bomb is refused at the alias that is too much", arguments: [6, 9, 40])
  func bomb(_ levels: Int) {
    let lines = (1...levels).map { level in
      let aliases = Array(repeating: "*k\(level - 1)", count: 10).joined(separator: ", ")
      return "k\(level): &k\(level) [\(aliases)]\n"
    }
    let found = failures("k0: &k0 lol\n" + lines.joined())
    #expect(found.map(\.summary) == ["aliases expand to too much"])
    // 11,111 nodes up to level 4 and ten times as many with level 5, of 100,000.
    #expect(found.first?.range?.start.line == 6)
  }

  @Test("merge keys are bounded as aliases are")
  func mergeBomb() {
    let wide = "a: &a {" + (0..<1000).map { "k\($0): 1" }.joined(separator: ", ") + "}\n"
    let merges = (0..<1000).map { "m\($0): {<<: *a}\n" }.joined()
    #expect(failures(wide + merges).map(\.summary) == ["aliases expand to too much"])
  }

  @Test("a file of 50,000 keys is read")
  func manyKeys() throws {
    let node = try parse((0..<50_000).map { "key\($0): value \($0)\n" }.joined())
    #expect(node.entries?.count == 50_000)
  }

  @Test("huge scalars and files are refused")
  func huge() {
    let scalar = "a: " + String(repeating: "x", count: 1 << 20)
    #expect(failures(scalar).isEmpty)
    #expect(failures(scalar + "x").map(\.summary) == ["a scalar is too long"])
    let file = String(repeating: "# comment\n", count: 900_000)
    #expect(failures(file).map(\.summary) == ["a file is too long"])
  }

  @Test("a file of too many nodes is refused")
  func manyNodes() {
    let found = failures("[" + String(repeating: "a, ", count: 2_000_000) + "]")
    #expect(found.map(\.summary) == ["too much in one file"])
    // The list is the first node of 500,000; each entry has three characters.
    #expect(found.first?.range?.start.column == 2 + 3 * 499_999)
  }

  @Test("random bytes neither crash nor hang", arguments: 0..<8)
  func fuzz(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet = Array("ab01 \t\n\n-:?[]{},&*!|>'\"%@`#~<.é\u{85}".utf8) + [0x00, 0xFF, 0xC3]
    for _ in 0..<500 {
      let count = Int.random(in: 0...200, using: &random)
      let bytes = (0..<count).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      for diagnostic in failures(bytes) {
        #expect(!diagnostic.summary.isEmpty)
        #expect(diagnostic.range.map { $0.start <= $0.end } ?? true)
      }
      let text = String(decoding: bytes.filter { $0 > 8 && $0 < 0x80 }, as: UTF8.self)
      _ = failures(text)
    }
  }
}
