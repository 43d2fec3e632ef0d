import Foundation
import Manifests
import Model
import Testing
import YAMLReader

@Suite("Environments")
struct EnvironmentTests {
  /// The only manifest's spec in each environment that it holds in.
  private func specs(_ manifest: String) throws -> [String: Value] {
    let policy = load(["a.yaml": manifest])
    try policy.throwIfErrors()
    let found = policy.environments.compactMap { each in
      each.manifests.first.map { (each.environment.name, $0.spec.value) }
    }
    return Dictionary(uniqueKeysWithValues: found)
  }

  @Test(
    "overrides merge maps deep, replace all else, and remove by null",
    arguments: [
      ("{count: 5}", ["count": 5, "scaling": ["min": 1, "max": 4], "emails": ["a", "b"]]),
      (
        "{scaling: {max: 9}}",
        ["count": 2, "scaling": ["min": 1, "max": 9], "emails": ["a", "b"]]
      ),
      ("{emails: [c]}", ["count": 2, "scaling": ["min": 1, "max": 4], "emails": ["c"]]),
      ("{scaling: null, count: ~}", ["emails": ["a", "b"]]),
      ("{scaling: {max: null}}", ["count": 2, "scaling": ["min": 1], "emails": ["a", "b"]]),
      ("{text: null}", ["count": 2, "scaling": ["min": 1, "max": 4], "emails": ["a", "b"]]),
      (
        "{tags: {x: y, z: null}}",
        ["count": 2, "scaling": ["min": 1, "max": 4], "emails": ["a", "b"], "tags": ["x": "y"]]
      ),
    ] as [(String, Value)])
  func overrides(_ override: String, _ expected: Value) throws {
    let spec = "count: 2\nscaling: {min: 1, max: 4}\nemails: [a, b]"
    let found = try specs(manifest(spec, rest: "overrides: {staging: \(override)}\n"))
    #expect(found["staging"] == expected)
    #expect(found["prod"] == ["count": 2, "scaling": ["min": 1, "max": 4], "emails": ["a", "b"]])
  }

  @Test("a manifest holds only where it says")
  func limited() throws {
    let text = manifest("count: 1").replacing(
      "{name: one}", with: "{name: one, environments: [staging]}")
    #expect(try specs(text) == ["staging": ["count": 1]])
  }

  @Test(
    "values are filled in",
    arguments: [
      ("memory: ${size}", ["memory": "2 GB"], ["memory": "1 GB"]),
      ("count: ${tasks}", ["count": 4], ["count": 1]),
      ("count: \"${tasks}\"", ["count": 4], ["count": 1]),
      ("text: ${tasks}${tasks}", ["text": "44"], ["text": "11"]),
      (
        "text: a-${environment}-${region}", ["text": "a-prod-us-east-2"],
        ["text": "a-staging-us-west-2"]
      ),
      ("text: ${account}", ["text": "123456789012"], ["text": "210987654321"]),
      (
        "text: $${size} $ $$ {size}", ["text": "${size} $ $$ {size}"],
        ["text": "${size} $ $$ {size}"]
      ),
      ("emails: [\"x${tasks}\"]", ["emails": ["x4"]], ["emails": ["x1"]]),
      ("text: |\n  ${size}\n  end\n", ["text": "2 GB\nend\n"], ["text": "1 GB\nend\n"]),
    ] as [(String, Value, Value)])
  func values(_ spec: String, _ prod: Value, _ staging: Value) throws {
    #expect(try specs(manifest(spec)) == ["prod": prod, "staging": staging])
  }

  @Test("a value may be a list")
  func listValue() throws {
    let text = manifest("emails: ${mails}").replacing(
      "{name: one}", with: "{name: one, environments: [prod]}")
    #expect(try specs(text) == ["prod": ["emails": ["a@example.com", "b@example.com"]]])
  }

  @Test(
    "what cannot be filled in has the caret under it",
    arguments: [
      ("text: x ${sise}", "a.yaml:5:11 unknown value", "Did you mean `size`?"),
      ("text: \"x ${sise}\"", "a.yaml:5:12 unknown value", "Did you mean `size`?"),
      ("text: |\n  one\n  ${sise}\n", "a.yaml:7:5 unknown value", "Did you mean `size`?"),
      ("text: $${sise} ${sise}", "a.yaml:5:18 unknown value", "Did you mean `size`?"),
      (
        "text: ${only_prod}", "a.yaml:5:9 unknown value",
        "Add it under `values` of staging in weir.yaml."
      ),
      (
        "text: ${a b}", "a.yaml:5:9 not a reference to a value",
        "Write `$${` where `${` is meant as it is."
      ),
      (
        "text: a ${", "a.yaml:5:11 not a reference to a value",
        "Write `$${` where `${` is meant as it is."
      ),
      (
        "text: ${}", "a.yaml:5:9 not a reference to a value",
        "Write `$${` where `${` is meant as it is."
      ),
    ])
  func unknownValue(_ spec: String, _ problem: String, _ hint: String) {
    let policy = load(["a.yaml": manifest(spec)])
    #expect(problems(policy) == [problem])
    #expect(policy.allDiagnostics().all.first?.hint == hint)
    #expect(policy.allDiagnostics().all.first?.sourceLine?.isEmpty == false)
  }

  @Test("a missing value is told once, with the environments that lack it, and hides nothing else")
  func missingOnce() {
    let policy = load(["a.yaml": manifest("scaling: {min: \"${sise}\"}\ncount: 99")])
    #expect(
      problems(policy) == [
        "a.yaml:5:19 unknown value",
        "a.yaml:6:10 expected a whole number from 0 to 10, found `99`",
      ])
  }

  @Test("a value of the wrong type says where it comes from")
  func origin() {
    let policy = load(["a.yaml": manifest("count: ${size}")])
    let details = policy.allDiagnostics().all.map(\.detail)
    #expect(details.count == 2)
    #expect(details.first?.hasSuffix("It comes from `${size}` in prod.") == true)
  }

  @Test("values cannot add more text than a manifest may hold")
  func expansion() {
    let project = sampleProject.replacing(
      "tasks: 1}", with: "tasks: 1, big: \(String(repeating: "x", count: 100_000))}")
    let text = String(repeating: "${big}", count: 10_000)
    let manifest = manifest("text: \(text)").replacing(
      "{name: one}", with: "{name: one, environments: [staging]}")
    let policy = load(["weir.yaml": project, "a.yaml": manifest])
    #expect(problems(policy) == ["a.yaml:5:9 values expand to too much"])
  }

  @Test("a manifest whose environments are misspelt is checked all the same")
  func misspelt() {
    let text = manifest("count: many").replacing(
      "{name: one}", with: "{name: one, environments: [prd]}")
    let found = problems(load(["a.yaml": text]))
    #expect(found.count == 2)
    #expect(found.contains { $0.contains("unknown environment") })
    #expect(found.contains { $0.hasPrefix("a.yaml:5:") })
  }

  @Test("an environment is chosen by its name")
  func choice() throws {
    let policy = load(["a.yaml": manifest("count: 1")])
    #expect(try policy.environment(named: "prod").environment.account == "123456789012")
    #expect(refusal(policy, "prd") == ["unknown environment Did you mean `prod`?"])
    #expect(refusal(policy, nil) == ["no environment chosen Name one with --env."])
    let onlyProd = manifest("count: 1").replacing("one}", with: "one, environments: [prod]}")
    let elsewhere = load(["a.yaml": onlyProd])
    let hint = "Where that is meant, say --allow-empty to `weir plan` or `weir apply`."
    #expect(refusal(elsewhere, "staging") == ["no manifests \(hint)"])
    #expect(try elsewhere.environment(named: "staging", allowsEmpty: true).manifests == [])
  }

  private func refusal(_ policy: LoadedPolicy, _ name: String?) -> [String] {
    do throws(Diagnostics) {
      _ = try policy.environment(named: name)
      return []
    } catch {
      return error.all.map { "\($0.summary) \($0.hint ?? "")" }
    }
  }
}
