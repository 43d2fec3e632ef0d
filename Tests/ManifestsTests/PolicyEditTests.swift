import Foundation
import Manifests
import Model
import Testing
import YAMLReader

@Suite("Live values on their way into manifests")
struct PolicyEditTests {
  private let head = "apiVersion: weir/v1\nkind: Sample\nmetadata: {name: one}\n"

  /// What becomes of a manifest when a field of its spec is to be 3 in an environment.
  private func edited(
    _ text: String, _ field: String = "count", to value: Value = 3, as form: WrittenForm = .integer,
    in environment: String = "prod"
  ) throws -> String {
    let policy = load(["a.yaml": text])
    try policy.throwIfErrors()
    let manifests = try policy.environment(named: environment)
    let fields = try #require(manifests.manifests.first).fields
    let holder = fields.object("scaling").flatMap { $0.schema[field] == nil ? nil : $0 } ?? fields
    var edit = PolicyEdit(policy, in: manifests.environment)
    try edit.write(value, as: form, at: holder.range(of: field))
    let file = try #require(edit.files["a.yaml"])
    return String(decoding: file.allBytes, as: UTF8.self)
  }

  @Test("a manifest of one environment is edited in place")
  func inPlace() throws {
    let text =
      head.replacing("one}", with: "one, environments: [prod]}") + "spec:\n  count: 1 # x\n"
    #expect(try edited(text) == text.replacing("count: 1", with: "count: 3"))
  }

  @Test(
    "a value that others share goes into the overrides",
    arguments: [
      ("spec:\n  count: 1\n", "spec:\n  count: 1\noverrides:\n  prod:\n    count: 3\n"),
      (
        "spec:\n    count: 1 # one\n# end\n",
        "spec:\n    count: 1 # one\noverrides:\n    prod:\n        count: 3\n# end\n"
      ),
      ("spec: {count: 1}", "spec: {count: 1}\noverrides:\n  prod:\n    count: 3"),
      (
        "overrides: {prod: {at: 5%}}\nspec: {count: 1}\n",
        "overrides: {prod: {at: 5%, count: 3}}\nspec: {count: 1}\n"
      ),
      (
        "overrides:\n  prod:\n    at: 5%\n  staging: {at: 7%}\nspec: {count: 1}\n",
        "overrides:\n  prod:\n    at: 5%\n    count: 3\n  staging: {at: 7%}\nspec: {count: 1}\n"
      ),
      (
        "overrides:\n  staging: {at: 7%}\nspec: {count: 1}\n",
        "overrides:\n  staging: {at: 7%}\n  prod:\n    count: 3\nspec: {count: 1}\n"
      ),
      (
        "overrides: {}\nspec: {count: 1}\n",
        "overrides: {prod: {count: 3}}\nspec: {count: 1}\n"
      ),
    ])
  func shared(_ rest: String, _ expected: String) throws {
    let after = try edited(head + rest)
    #expect(after == head + expected)
    let policy = load(["a.yaml": after])
    try policy.throwIfErrors()
    #expect(
      try policy.environment(named: "prod").manifests.first?.fields.integer("count")?.value == 3)
    #expect(
      try policy.environment(named: "staging").manifests.first?.fields.integer("count")?.value == 1)
  }

  @Test("a nested value goes into nested overrides, an override is edited where it stands")
  func nested() throws {
    let text = head + "spec:\n  scaling:\n    min: 1\n    max: 2\n"
    let once = try edited(text, "min")
    #expect(once == text + "overrides:\n  prod:\n    scaling:\n      min: 3\n")
    #expect(try edited(once, "min", to: 4) == once.replacing("min: 3", with: "min: 4"))
    #expect(
      try edited(once, "max", to: 9) == once.replacing("min: 3\n", with: "min: 3\n      max: 9\n"))
  }

  @Test("two values of one manifest share the block that is made for them")
  func together() throws {
    let policy = load(["a.yaml": head + "spec: {count: 1, limit: 5 USD}\n"])
    let manifests = try policy.environment(named: "prod")
    let fields = try #require(manifests.manifests.first).fields
    var edit = PolicyEdit(policy, in: manifests.environment)
    try edit.write(3, as: .integer, at: fields.range(of: "count"))
    try edit.write(7, as: .quantity(.money), at: fields.range(of: "limit"))
    let after = String(decoding: try #require(edit.files["a.yaml"]).allBytes, as: UTF8.self)
    #expect(after.hasSuffix("overrides:\n  prod:\n    count: 3\n    limit: 7 USD\n"))
    #expect(throws: EditObstacle.self) {
      try edit.write(4, as: .integer, at: fields.range(of: "count"))
    }
  }

  @Test(
    "what cannot be edited in place says why",
    arguments: [
      ("spec: {count: \"${tasks}\"}\n", "it is the value `${tasks}` of prod at weir.yaml:9"),
      ("spec:\n  count: &n 1\n  whole: *n\n", "it carries an anchor, which others may use"),
      ("spec:\n  whole: &n 1\n  count: *n\n", "it is an alias"),
      (
        "spec:\n  anything: &n {count: 1}\n  <<: *n\n",
        "it stands at an anchor that is used 2 times"
      ),
    ])
  func obstacles(_ rest: String, _ reason: String) throws {
    let single = head.replacing("one}", with: "one, environments: [prod]}")
    let error = try #require(throws: EditObstacle.self) { try edited(single + rest) }
    #expect(error.reason == reason)
  }

  @Test("a list that others share cannot be overridden in part")
  func lists() throws {
    let policy = load(["a.yaml": head + "spec: {steps: [{min: 1}]}\n"])
    let manifests = try policy.environment(named: "prod")
    let fields = try #require(manifests.manifests.first).fields
    var edit = PolicyEdit(policy, in: manifests.environment)
    #expect(throws: EditObstacle.self) {
      try edit.write(3, as: .integer, at: fields.objects("steps")[0].range(of: "min"))
    }
  }

  @Test(
    "a quantity keeps its unit where that is exact",
    arguments: [
      (WrittenForm.quantity(.dataSize, scale: 1_048_576), 3072, "2 GB", "3 GB"),
      (.quantity(.dataSize, scale: 1_048_576), 2560, "2 GB", "2.5 GB"),
      (.quantity(.dataSize, scale: 1_048_576), 700, "2 GB", "700 MB"),
      (.quantity(.dataSize, scale: 1_048_576), 4096, "2048MB", "4096MB"),
      (.quantity(.cpu), 2048, "1 vCPU", "2 vCPU"), (.quantity(.cpu), 256, "1 vCPU", "0.25 vCPU"),
      (.quantity(.cpu), 100, "1 vCPU", "100 units"), (.quantity(.cpu), 256, "512", "256"),
      (.quantity(.duration), 300, "15m", "5m"), (.quantity(.duration), 90, "15m", "90s"),
      (.quantity(.duration), 3600, "600s", "3600s"), (.quantity(.duration), 0, "5m", "0m"),
      (.quantity(.duration, scale: 86_400), 45, "30d", "45d"),
      (.quantity(.money), 950, "800 USD", "950 USD"),
      (.quantity(.percent), half(145), "60%", "72.5%"),
      (.quantity(.dataRate, scale: 1_000_000), 20, "5 Mbps", "20 Mbps"),
      (.quantity(.dataRate, scale: 1_000_000), 2000, "1 Gbps", "2 Gbps"),
      (.integer, 4, "1", "4"), (.boolean, true, "false", "true"), (.text, "a ${b}", "x", "a $${b}"),
      (.integer, "4", "1", nil), (.integer, half(3), "1", nil), (.boolean, "x", "true", nil),
    ] as [(WrittenForm, Value, String, String?)])
  func units(_ form: WrittenForm, _ value: Value, _ written: String, _ expected: String?) {
    #expect(form.text(of: value, like: written) == expected)
  }
}

private func half(_ number: Int) -> Value { .number(Decimal(number) / 2) }
