import Manifests
import Model
import TestSupport
import Testing

@Suite("Damaged policies")
struct FuzzTests {
  private static let spec = """
    text: x ${size} $${y}
    count: ${tasks}
    limit: 800 USD
    at: 85%
    cooldown: 15m
    memory: 2 GB
    cpu: 0.5 vCPU
    zone: Europe/Berlin
    days: [mon-fri]
    start: "08:30"
    tags: {a: b}
    scaling: &s {min: 1, max: 4}
    steps: [*s, {<<: *s, max: 5}]
    """

  @Test("a damaged file never crashes a load, and always has places", arguments: 0..<8)
  func damaged(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = manifest(Self.spec, rest: "overrides: {staging: {count: 1, at: null}}\n")
    let alphabet = Array("ab01 \n-:?[]{},&*!|'\"%$~<".utf8)
    for _ in 0..<100 {
      var files = ["a.yaml": Array(text.utf8), "weir.yaml": Array(sampleProject.utf8)]
      for name in files.keys.sorted() where Bool.random(using: &random) || name == "a.yaml" {
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let index = Int.random(in: 0..<(files[name]?.count ?? 1), using: &random)
          files[name]?[index] = alphabet.randomElement(using: &random) ?? 0
        }
      }
      let policy = load(files.mapValues { String(decoding: $0, as: UTF8.self) })
      for diagnostic in policy.allDiagnostics().all where diagnostic.range != nil {
        #expect(diagnostic.range.map { $0.start <= $0.end } == true)
        #expect(diagnostic.sourceLine != nil, "\(diagnostic)")
      }
    }
  }
}
