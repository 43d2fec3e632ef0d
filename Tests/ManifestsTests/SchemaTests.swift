import Manifests
import Model
import Testing
import YAMLReader

@Suite("Schemas")
struct SchemaTests {
  @Test("nested fields come out in the order of the file")
  func nested() throws {
    let (fields, found) = try check(
      """
      scaling: {min: 1, max: 4}
      steps: [{min: 1}, {min: 2}]
      tiers:
        premium: {min: 5}
        free: {min: 0}
      tags: {b: x, a: y}
      emails: [a@example.com]
      anything: {x: [1]}
      """)
    #expect(found.isEmpty)
    #expect(fields.object("scaling")?.integer("max")?.value == 4)
    #expect(fields.objects("steps").map { $0.integer("min")?.value } == [1, 2])
    #expect(fields.objectMap("tiers").map(\.key.value) == ["premium", "free"])
    #expect(fields.objectMap("tiers").map { $0.value.integer("min")?.value } == [5, 0])
    #expect(fields.stringMap("tags").map { $0.key.value + $0.value.value } == ["bx", "ay"])
    #expect(fields.strings("emails").map(\.value) == ["a@example.com"])
    #expect(fields.node("anything")?.value == ["x": [1]])
    #expect(fields.object("scaling")?.range(of: "max").start == SourcePosition(line: 1, column: 24))
    #expect(fields.keyRange(of: "steps").start == SourcePosition(line: 2, column: 1))
    #expect(fields.money("limit") == nil)
  }

  @Test("an unknown field has the caret under it and the nearest name")
  func unknownField() throws {
    let found = try check("scaling: {min: 1, mx: 4}\ncoldown: 5m\n").found
    #expect(found.map(\.summary) == ["unknown field", "unknown field"])
    #expect(found.map(\.hint) == ["Did you mean `max`?", "Did you mean `cooldown`?"])
    #expect(found.first?.range?.start == SourcePosition(line: 1, column: 19))
    #expect(found.first?.range?.end == SourcePosition(line: 1, column: 21))
    #expect(found.first?.detail == "`mx` is no field of `spec.scaling`, which takes min, max.")
  }

  @Test("a missing field has the caret at the first key and its meaning")
  func missingField() throws {
    let found = try check("tiers:\n  free:\n    max: 4\n").found
    #expect(found.map(\.summary) == ["a required field is missing"])
    #expect(found.first?.range?.start == SourcePosition(line: 3, column: 5))
    #expect(
      found.first?.detail == "`min` is missing in `spec.tiers.free`: The least number of tasks.")
  }

  @Test("a wrong element is named by its number; the right ones are kept")
  func elements() throws {
    let (fields, found) = try check("emails: [a, 2, c]\n")
    #expect(fields.strings("emails").map(\.value) == ["a", "c"])
    #expect(found.first?.detail.contains("spec.emails[2]") == true)
  }

  @Test(
    "near names are found, far ones are not",
    arguments: [
      ("prd", "prod"), ("production", "prod"), ("PROD", "prod"), ("stagnig", "staging"),
      ("stag", "staging"), ("x", nil), ("qa", nil), ("development", nil),
    ] as [(String, String?)])
  func nearest(_ name: String, _ expected: String?) {
    #expect(nearestName(to: name, among: ["staging", "prod"]) == expected)
  }
}
