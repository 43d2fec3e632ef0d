import Foundation
import Manifests
import Model
import Testing

/// How a kind is written against the API: a schema, and a function from fields to what it wants.
private enum BudgetExample {
  static let schema = KindSchema(
    kind: "Budget", doc: "Holds spend to a limit.",
    spec: ObjectSchema([
      Field("limit", .money, isRequired: true, doc: "The most that a period may cost."),
      Field("period", .enumeration(["monthly", "quarterly"]), doc: "How long a period is."),
      Field("tags", .map(.string()), doc: "Which costs count."),
      Field(
        "thresholds", .list(.object(threshold), nonEmpty: true), isRequired: true,
        doc: "When to tell whom."),
    ]))

  private static let threshold = ObjectSchema([
    Field("at", .percent, isRequired: true, doc: "The share of the limit."),
    Field("emails", .list(.string(), nonEmpty: true), isRequired: true, doc: "Whom to tell."),
  ])

  /// The budget as data, with the place that asks for each field; nil if something is wrong.
  static func compile(
    _ manifest: Manifest, into diagnostics: inout Diagnostics
  ) -> (value: Value, limitRange: SourceRange)? {
    let fields = manifest.fields
    var last: Decimal = 0
    var thresholds: [Value] = []
    for threshold in fields.objects("thresholds") {
      guard let at = threshold.percent("at") else { continue }
      if at.value <= last {
        diagnostics.add(
          error: "thresholds out of order", at: at.range,
          detail: "Each threshold must be above the one before it, here \(last)%.",
          hint: "Sort them.")
      }
      last = at.value
      let emails = threshold.strings("emails").map { Value.string($0.value) }
      thresholds.append(["at": .number(at.value), "emails": .list(emails)])
    }
    guard let limit = fields.money("limit") else { return nil }
    let value: Value = [
      "name": .string(manifest.name.value), "limit": .number(limit.amount),
      "period": .string(fields.string("period")?.value ?? "monthly"),
      "thresholds": .list(thresholds),
    ]
    return (value, limit.range)
  }
}

@Suite("A kind")
struct KindExampleTests {
  private func load(_ thresholds: String) -> LoadedPolicy {
    let manifest = """
      apiVersion: weir/v1
      kind: Budget
      metadata: {name: all}
      spec:
        limit: 800 USD
        thresholds:
          - {at: 70%, emails: [a@example.com]}
          \(thresholds)
      """
    let files = ["weir.yaml": sampleProject, "budget.yaml": manifest]
    return loadPolicy(
      PolicySource(files: files.mapValues { Data($0.utf8) }), kinds: [BudgetExample.schema])
  }

  @Test("compiles to data with the places that ask for it")
  func compiled() throws {
    let policy = load("- {at: 85%, emails: [b@example.com]}")
    var diagnostics = Diagnostics()
    let manifest = try #require(policy.environment(named: "prod").manifests.first)
    let budget = try #require(BudgetExample.compile(manifest, into: &diagnostics))
    try policy.throwIfErrors(adding: diagnostics)
    #expect(
      budget.value == [
        "name": "all", "limit": 800, "period": "monthly",
        "thresholds": [
          ["at": 70, "emails": ["a@example.com"]], ["at": 85, "emails": ["b@example.com"]],
        ],
      ])
    #expect(budget.limitRange.file == "budget.yaml")
    #expect(budget.limitRange.start == SourcePosition(line: 5, column: 10))
  }

  @Test("what it finds wrong is told with what the schema finds wrong, once for all environments")
  func wrong() {
    let policy = load("- {at: 65%, email: [b@example.com]}")
    var diagnostics = Diagnostics()
    for environment in policy.environments {
      for manifest in environment.manifests {
        _ = BudgetExample.compile(manifest, into: &diagnostics)
      }
    }
    let all = policy.allDiagnostics(adding: diagnostics).all
    #expect(
      all.map(\.summary) == [
        "a required field is missing", "thresholds out of order", "unknown field",
      ])
    #expect(all.allSatisfy { $0.sourceLine == "    - {at: 65%, email: [b@example.com]}" })
  }
}
