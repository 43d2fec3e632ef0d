import Foundation
import Manifests
import Model
import Testing
import YAMLReader

/// A kind with a field of every type.
let sampleKind = KindSchema(
  kind: "Sample", doc: "A kind for tests.",
  spec: ObjectSchema([
    Field("text", .string(), doc: "Some text."),
    Field(
      "topic",
      .string(StringRule("an SNS topic", example: "arn:aws:sns:x", pattern: "arn:aws:sns:.+")),
      doc: "Whom to tell."),
    Field("count", .integer(0...10), doc: "How many."),
    Field("whole", .integer(), doc: "Any whole number."),
    Field("ratio", .number, doc: "Any number."),
    Field("enabled", .boolean, doc: "Whether it works."),
    Field("limit", .money, doc: "The most it may cost."),
    Field("at", .percent, doc: "When to tell."),
    Field("cooldown", .duration, doc: "How long to wait."),
    Field("memory", .dataSize, doc: "How much memory."),
    Field("bandwidth", .dataRate, doc: "How fast."),
    Field("cpu", .cpu, doc: "How much CPU."),
    Field("period", .enumeration(["daily", "monthly", "quarterly"]), doc: "How often."),
    Field("zone", .timeZone, doc: "Where the clock hangs."),
    Field("start", .timeOfDay, doc: "When to begin."),
    Field("days", .weekdays, doc: "On which days."),
    Field("account", .accountID, doc: "Whose."),
    Field("tags", .map(.string()), doc: "Tags."),
    Field("emails", .list(.string(), nonEmpty: true), doc: "Whom to write to."),
    Field("anything", .any, doc: "Whatever."),
    Field("scaling", .object(scaling), doc: "How it scales."),
    Field("steps", .list(.object(scaling)), doc: "Several."),
    Field("tiers", .map(.object(scaling)), doc: "By tier."),
  ]))

private let scaling = ObjectSchema([
  Field("min", .integer(0...100), isRequired: true, doc: "The least number of tasks."),
  Field("max", .integer(0...100), doc: "The greatest number of tasks."),
])

/// A project of two environments with a value each way.
let sampleProject = """
  apiVersion: weir/v1
  kind: Project
  metadata: {name: demo}
  spec:
    environments:
      prod:
        account: "123456789012"
        region: us-east-2
        values: {size: 2 GB, tasks: 4, only_prod: x, mails: [a@example.com, b@example.com]}
      staging:
        account: "210987654321"
        region: us-west-2
        values: {size: 1 GB, tasks: 1}
  """

/// A manifest of the sample kind.
func manifest(_ spec: String, name: String = "one", rest: String = "") -> String {
  let indented = spec.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
  return "apiVersion: weir/v1\nkind: Sample\nmetadata: {name: \(name)}\n" + rest + "spec:\n"
    + indented.joined(separator: "\n") + "\n"
}

/// Loads a policy of some files beside the sample project.
func load(_ files: [String: String]) -> LoadedPolicy {
  let all = ["weir.yaml": sampleProject].merging(files) { _, given in given }
  return loadPolicy(
    PolicySource(files: all.mapValues { Data($0.utf8) }), kinds: [sampleKind])
}

/// What is wrong with a policy, a line each: `file:line:column summary`.
func problems(_ policy: LoadedPolicy) -> [String] {
  policy.allDiagnostics().all.map { diagnostic in
    guard let range = diagnostic.range else { return diagnostic.summary }
    return "\(range.file):\(range.start.line):\(range.start.column) \(diagnostic.summary)"
  }
}

/// The fields of a spec, and what is wrong with it.
func check(_ spec: String) throws -> (fields: Fields, found: [Diagnostic]) {
  let file = SourceFile(path: "a.yaml", bytes: spec.utf8)
  let node = try #require(parseYAML(file).first)
  var diagnostics = Diagnostics()
  let fields = validate(node, against: sampleKind.spec, into: &diagnostics)
  return (fields, diagnostics.all)
}
