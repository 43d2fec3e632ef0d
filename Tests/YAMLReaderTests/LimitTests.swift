import Model
import Testing
import YAMLReader

@Suite("Limits")
struct LimitTests {
  private let clock = ContinuousClock()

  @Test(
    "deep nesting fails at once",
    arguments: [
      String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 100_000),
      String(repeating: "- ", count: 100_000), String(repeating: "? ", count: 100_000),
      (0..<2000).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
    ])
  func deep(_ yaml: String) {
    let time = clock.measure {
      #expect(failures(yaml).map(\.summary) == ["nested too deeply"])
    }
    #expect(time < .seconds(2))
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

  @Test("an alias bomb fails at once", arguments: [6, 9, 40])
  func bomb(_ levels: Int) {
    let lines = (1...levels).map { level in
      let aliases = Array(repeating: "*k\(level - 1)", count: 10).joined(separator: ", ")
      return "k\(level): &k\(level) [\(aliases)]\n"
    }
    let time = clock.measure {
      let found = failures("k0: &k0 lol\n" + lines.joined())
      #expect(found.map(\.summary) == ["aliases expand to too much"])
    }
    #expect(time < .seconds(1))
  }

  @Test("merge keys are bounded as aliases are")
  func mergeBomb() {
    let wide = "a: &a {" + (0..<1000).map { "k\($0): 1" }.joined(separator: ", ") + "}\n"
    let merges = (0..<1000).map { "m\($0): {<<: *a}\n" }.joined()
    #expect(failures(wide + merges).map(\.summary) == ["aliases expand to too much"])
  }

  @Test("a file of 50,000 keys takes linear time")
  func manyKeys() throws {
    func time(_ count: Int) throws -> Duration {
      let yaml = (0..<count).map { "key\($0): value \($0)\n" }.joined()
      let file = SourceFile(path: "a.yaml", bytes: yaml.utf8)
      var keys = 0
      let time = try clock.measure { keys = try parseYAML(file).first?.entries?.count ?? 0 }
      #expect(keys == count)
      return time
    }
    _ = try time(1000)
    let small = try time(10_000)
    let large = try time(50_000)
    #expect(large < small * 15)
    #expect(large < .seconds(5))
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
    let time = clock.measure {
      let found = failures("[" + String(repeating: "a, ", count: 2_000_000) + "]")
      #expect(found.map(\.summary) == ["too much in one file"])
    }
    #expect(time < .seconds(10))
  }

  @Test("random bytes neither crash nor hang", arguments: 0..<8)
  func fuzz(_ seed: UInt64) {
    var random = SplitMix(seed: seed)
    let alphabet = Array("ab01 \t\n\n-:?[]{},&*!|>'\"%@`#~<.é\u{85}".utf8) + [0x00, 0xFF, 0xC3]
    let time = clock.measure {
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
    #expect(time < .seconds(20))
  }
}

/// A small generator with a fixed seed.
private struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
