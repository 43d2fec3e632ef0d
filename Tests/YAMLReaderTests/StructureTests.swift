import Model
import Testing
import YAMLReader

@Suite("Structure")
struct StructureTests {
  @Test(
    "documents come out as their values",
    arguments: [
      ("a: [1, {b: no}]", ["a": [1, ["b": "no"]]]),
      ("<<: 1\n", nil),
      ("\"<<\": 1\n", ["<<": 1]),
      ("d: &d {x: 1, y: 2}\ne: {<<: *d, y: 3}", ["d": ["x": 1, "y": 2], "e": ["x": 1, "y": 3]]),
      (
        "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  z: 3\n",
        ["a": ["x": 1, "y": 1], "b": ["y": 2, "z": 2], "c": ["x": 1, "y": 1, "z": 3]]
      ),
      ("a: &k 1\nb: &k 2\nc: *k", ["a": 1, "b": 2, "c": 2]),
      ("? a\n: 1\n12: x\n", ["a": 1, "12": "x"]),
      ("%YAML 1.2\n---\na: >-\n  one\n  two\n", ["a": "one two"]),
    ] as [(String, Value?)])
  func values(_ yaml: String, _ expected: Value?) throws {
    #expect((try? parse(yaml))?.value == expected)
  }

  @Test(
    "a stream gives its documents",
    arguments: [
      ("", 0), ("# nothing\n", 0), ("a: 1", 1), ("a: 1\n---\nb: 2\n", 2),
      ("---\n---\nb: 2\n...\n", 2),
    ])
  func documents(_ yaml: String, _ count: Int) throws {
    #expect(try parseYAML(SourceFile(path: "a.yaml", bytes: yaml.utf8)).count == count)
  }

  @Test("an anchor ends with its document")
  func anchorsPerDocument() {
    #expect(failures("a: &k 1\n---\nb: *k\n").map(\.summary) == ["unknown alias"])
  }
}
