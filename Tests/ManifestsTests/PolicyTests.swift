import Foundation
import Manifests
import Model
import Testing

@Suite("Policies")
struct PolicyTests {
  @Test("a manifest comes out whole")
  func whole() throws {
    let text = manifest("limit: 800 USD").replacing(
      "{name: one}", with: "{name: one, labels: {team: web}, protect: true, onRemove: keep}")
    let policy = load(["manifests/a.yaml": text])
    try policy.throwIfErrors()
    let found = try #require(policy.environment(named: "prod").manifests.first)
    #expect(found.kind == "Sample")
    #expect(found.name.value == "one")
    #expect(found.name.range.start == SourcePosition(line: 3, column: 18))
    #expect(found.labels == ["team": "web"])
    #expect(found.isProtected)
    #expect(found.onRemove == .keep)
    #expect(found.file == "manifests/a.yaml")
    #expect(found.fields.money("limit")?.value == MoneyAmount(amount: 800))
    #expect(found.fields.range(of: "limit").start == SourcePosition(line: 5, column: 10))
  }

  @Test("everything that is wrong in all files is told at once, in order, each once")
  func together() {
    let policy = load([
      "b.yaml": manifest("coutn: 1\nat: 85"),
      "a.yaml": "apiVersion: weir/v1\nkind: Sampel\nmetadata: {name: x}\nspec: {}\n",
      "c.yml": "a: [\n",
      "d.yaml": manifest("count: 1", name: "four", rest: "overrides: {stagin: {}}\n"),
      "e.yaml": manifest("zone: Mars/Base", name: "bad name"),
      "f.yaml": manifest("count: 1", name: "four"),
    ])
    #expect(
      problems(policy) == [
        "a.yaml:2:7 unknown kind",
        "b.yaml:5:3 unknown field",
        "b.yaml:6:7 expected a percentage such as 85%, found `85` without a unit",
        "c.yml:2:1 not valid YAML",
        "d.yaml:4:13 unknown environment",
        "e.yaml:3:18 expected a name of letters, digits, `.`, `_` and `-` such as web-tasks, found `bad name`",
        "f.yaml:3:18 duplicate name",
      ])
    #expect(policy.allDiagnostics().all.first?.hint == "Did you mean `Sample`?")
    #expect(policy.allDiagnostics().all.last?.detail.contains("d.yaml:3") == true)
  }

  @Test("what a kind finds is told with the rest, with the text of its line")
  func added() throws {
    let policy = load(["a.yaml": manifest("count: 3\ncoutn: 1")])
    let found = try #require(policy.environments.first?.manifests.first)
    var mine = Diagnostics()
    mine.add(error: "an odd count", at: found.fields.range(of: "count"), detail: "Even, please.")
    let all = policy.allDiagnostics(adding: mine).all
    #expect(all.map(\.summary) == ["an odd count", "unknown field"])
    #expect(all.map(\.sourceLine) == ["  count: 3", "  coutn: 1"])
    #expect(throws: Diagnostics.self) { try policy.throwIfErrors(adding: mine) }
  }

  @Test("one name may serve twice where the environments differ")
  func sameNameElsewhere() throws {
    let prod = manifest("count: 1").replacing("one}", with: "one, environments: [prod]}")
    let staging = manifest("count: 2").replacing("one}", with: "one, environments: [staging]}")
    try load(["a.yaml": prod + "---\n" + staging]).throwIfErrors()
  }

  @Test(
    "what stands around the spec is checked",
    arguments: [
      (
        "apiVersion: weir/v2\nkind: Sample\nmetadata: {name: x}\nspec: {}\n",
        "1:13 unknown apiVersion"
      ),
      ("kind: Sample\nmetadata: {name: x}\nspec: {}\n", "1:1 a required field is missing"),
      ("apiVersion: weir/v1\nkind: Sample\nspec: {}\n", "1:1 a required field is missing"),
      (
        "apiVersion: weir/v1\nkind: Sample\nmetadata: {}\nspec: {}\n",
        "3:11 a required field is missing"
      ),
      (
        "apiVersion: weir/v1\nkind: Sample\nmetadata: {name: x}\nspec:\n",
        "4:6 expected a mapping, found nothing"
      ),
      (
        "apiVersion: weir/v1\nkind: Sample\nmetadata: {name: x, onRemove: kep}\nspec: {}\n",
        "3:31 expected one of restore, delete, keep, found `kep`"
      ),
      (
        "apiVersion: weir/v1\nkind: Sample\nmetadata: {name: x}\nspec: {}\noverrides: {prod: 1}\n",
        "5:19 expected a mapping, found a number"
      ),
      (
        "apiVersion: weir/v1\nkind: Project\nmetadata: {name: x}\nspec: {}\n",
        "2:7 a second project"
      ),
      ("services: {web: {}}\n", "1:1 not a manifest"), ("- 1\n", "1:1 not a manifest"),
      (
        "kind: Sample\nmetadata: {name: x}\nspec: {}\napiVersion: weir/v1\nfoo: 1\n",
        "5:1 unknown field"
      ),
      (
        "apiVersion: weir/v1\nkind: Sample\nmetadata: {name: \"${region}\"}\nspec: {}\n",
        "3:18 expected a name of letters, digits, `.`, `_` and `-` such as web-tasks, found `${region}`"
      ),
    ])
  func envelope(_ text: String, _ problem: String) {
    #expect(problems(load(["a.yaml": text])) == ["a.yaml:\(problem)"])
  }

  @Test("overrides for an environment that is left out are a warning")
  func idleOverrides() throws {
    let text = manifest("count: 1", rest: "overrides: {staging: {count: 2}}\n")
      .replacing("one}", with: "one, environments: [prod]}")
    let policy = load(["a.yaml": text])
    #expect(problems(policy) == ["a.yaml:4:13 overrides without effect"])
    try policy.throwIfErrors()
  }

  @Test(
    "an empty set is refused",
    arguments: [
      [:], ["a.yaml": ""], ["a.yaml": "# nothing\n---\n"], [".hidden/a.yaml": "a: 1"],
      ["a.json": "{}"],
    ])
  func empty(_ files: [String: String]) {
    #expect(problems(load(files)) == ["no manifests"])
  }

  @Test("there is an end to the errors")
  func tooMany() {
    let spec = (0..<2000).map { "x\($0): 1" }.joined(separator: "\n")
    let all = load(["a.yaml": manifest(spec)]).allDiagnostics().all
    #expect(all.count == LoadedPolicy.mostDiagnostics + 1)
    #expect(all.last?.detail == "1500 more are not shown.")
  }
}
