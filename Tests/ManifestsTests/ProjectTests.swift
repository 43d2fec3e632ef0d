import Foundation
import Model
import Testing
import YAMLReader

@testable import Manifests

@Suite("Project")
struct ProjectTests {
  private static let environment =
    "environments: {prod: {account: \"123456789012\", region: us-east-2}}"

  /// What is wrong with a project of the given spec.
  private func wrong(_ spec: String) -> [String] {
    let text =
      "apiVersion: weir/v1\nkind: Project\nmetadata: {name: x}\nspec:\n"
      + spec.split(separator: "\n").map { "  \($0)\n" }.joined()
    return problems(load(["weir.yaml": text, "a.yaml": manifest("count: 1")]))
  }

  @Test("a project comes out whole")
  func whole() throws {
    let text =
      sampleProject
        + """

          state:
            remote: origin
            kmsKey: alias/weir
            backup: {bucket: acme-state, prefix: cost/ide/, region: eu-west-1, kmsKey: alias/weir}
          notifications:
            {sns: "arn:aws:sns:us-east-2:123456789012:cost", on: [failed, undone]}
          manifests: [cost]
          plan: {expires: 90m}
          guardrails:
            {maxChanges: 20, maxDeletes: 0, maxIncrease: 100.50 USD, maxPercentOfFleet: 12.5%,
             allowDelete: true}

        """
    let project = try #require(
      load(["weir.yaml": text, "cost/a.yaml": manifest("count: 1")]).project)
    #expect(project.name.value == "demo")
    #expect(project.remote?.value == "origin")
    #expect(project.kmsKey?.value == "alias/weir")
    #expect(project.backup?.bucket == "acme-state")
    #expect(project.backup?.prefix == "cost/ide")
    #expect(project.backup?.region == "eu-west-1")
    #expect(project.backup?.kmsKey == "alias/weir")
    #expect(project.notices?.topic == "arn:aws:sns:us-east-2:123456789012:cost")
    #expect(project.notices?.occasions == [.failed, .undone])
    #expect(project.manifests?.map(\.value) == ["cost"])
    #expect(project.planLifetime == 5400)
    #expect(
      project.guardrails
        == Guardrails(
          maxChanges: 20, maxDeletes: 0, maxIncrease: Decimal(string: "100.5"),
          maxPercentOfFleet: Decimal(string: "12.5"), allowsDeletes: true))
    #expect(project.environments.map(\.name) == ["prod", "staging"])
    #expect(project.environment("prod")?.values["tasks"]?.value == 4)
    #expect(project.environment("prod")?.isProtected == false)
  }

  @Test("a project without limits has none, and its plans hold for a day")
  func unlimited() throws {
    let project = try #require(
      load(["weir.yaml": sampleProject, "a.yaml": manifest("count: 1")]).project)
    #expect(project.guardrails == Guardrails())
    #expect(project.planLifetime == 86_400)
    #expect(project.backup == nil)
    #expect(project.notices == nil)
  }

  @Test(
    "what is wrong in a project is told with its place",
    arguments: [
      ("environments: {prod: {account: 012345678901, region: us-east-2}}", []),
      (
        "environments: {prod: {account: 12345678901, region: us-east-2}}",
        ["5:34 expected an account of 12 digits such as \"123456789012\", found `12345678901`"]
      ),
      (
        "environments: {prod: {account: \"123456789012\", region: useast2}}",
        ["5:58 expected an AWS region such as us-east-2, found `useast2`"]
      ),
      ("environments: {prod: {region: us-east-2}}", ["5:25 a required field is missing"]),
      ("environments: {}", ["5:17 no environments"]),
      ("manifests: [x]", ["5:3 a required field is missing"]),
      (
        "environments: {Prod: {account: \"123456789012\", region: us-east-2}}",
        ["5:18 expected a name of small letters, digits and `-` such as prod"]
      ),
      (
        "environments: {prod: {account: \"123456789012\", region: us-east-2, values: {region: x}}}",
        ["5:78 a name that no value can have"]
      ),
      (
        "environments: {prod: {account: \"123456789012\", region: us-east-2, values: {x: {}}}}",
        ["5:81 expected a text, a number, true or false, or a list of them, found a mapping"]
      ),
      (
        "environments: {prod: {account: \"123456789012\", region: us-east-2, values: {x: \"${y}\"}}}",
        ["5:82 unknown value"]
      ),
      (
        "environments: {prod: {account: \"123456789012\", region: us-east-2, role: admin}}",
        [
          "5:75 expected an ARN of an IAM role such as arn:aws:iam::123456789012:role/weir, found `admin`"
        ]
      ),
      (
        "limits: {}\nenvironments: {prod: {account: \"123456789012\", region: us-east-2}}",
        ["5:3 unknown field"]
      ),
      (
        Self.environment + "\nguardrails: {maxDeletes: -1, maxIncrease: 100 EUR, maxPercent: 3%}",
        [
          "6:28 expected a whole number from 0 to 1000000, found `-1`",
          "6:45 expected an amount of money such as 800 USD, found `100 EUR`",
          "6:54 unknown field",
        ]
      ),
      (
        Self.environment + "\nstate: {backup: {bucket: Acme, prefix: /a, kmsKey: weir}}",
        [
          "6:28 expected the name of an S3 bucket such as acme-weir-state, found `Acme`",
          "6:42 expected a path such as cost/pythonide, found `/a`",
          "6:54 expected a KMS key's ARN, ID or alias such as alias/weir, found `weir`",
        ]
      ),
      (
        Self.environment + "\nnotifications: {on: [applied, done]}",
        [
          "6:19 a required field is missing",
          "6:33 expected one of applied, partial, failed, undone, rolledBack, recovered, unfinished, found `done`",
        ]
      ),
      (Self.environment + "\nplan: {expires: 0h}", ["6:19 a plan that has expired at once"]),
      (
        Self.environment + "\nplan: {expires: 24}",
        ["6:19 expected a duration such as 15m, found `24` without a unit"]
      ),
      (
        "environments: {prod: {account: \"123456789012\", region: us-east-2}}\nmanifests: [costs]",
        ["6:15 no such manifests"]
      ),
    ] as [(String, [String])])
  func located(_ spec: String, _ expected: [String]) {
    #expect(wrong(spec).filter { $0 != "no manifests" } == expected.map { "weir.yaml:\($0)" })
  }

  @Test("a project file is needed, and only one document of it")
  func file() {
    let source = PolicySource(files: [:])
    #expect(problems(loadPolicy(source, kinds: [sampleKind])) == ["no weir.yaml", "no manifests"])
    let second = load([
      "weir.yaml": sampleProject + "\n---\na: 1\n", "a.yaml": manifest("count: 1"),
    ])
    #expect(problems(second) == ["weir.yaml:15:1 a second document"])
    let other = sampleProject.replacing("kind: Project", with: "kind: Sample")
    #expect(
      problems(load(["weir.yaml": other, "a.yaml": manifest("count: 1")])) == [
        "weir.yaml:2:7 not a project"
      ])
  }

  @Test("without a project the manifests are still read")
  func brokenProject() {
    #expect(
      problems(load(["weir.yaml": "a: [\n", "a.yaml": "a: 1\na: 2\n"])) == [
        "a.yaml:2:1 duplicate key", "weir.yaml:2:1 not valid YAML",
      ])
  }

  @Test(
    "folders and globs choose manifests",
    arguments: [
      ("cost", "cost/a.yaml", true), ("cost/", "cost/x/a.yaml", true),
      ("./cost", "cost/a.yaml", true),
      ("cost", "costs/a.yaml", false), ("*.yaml", "a.yaml", true), ("*.yaml", "x/a.yaml", false),
      ("**/*.yaml", "a.yaml", true), ("**/*.yaml", "x/y/a.yaml", true), ("**", "x/a.yml", true),
      ("x/**/b-?.yaml", "x/y/z/b-1.yaml", true), ("x/**/b-?.yaml", "x/b-12.yaml", false),
      ("*/tasks", "web/tasks/a.yaml", true), ("a*b*c.yaml", "axxbxxc.yaml", true),
      ("", "a.yaml", true),
    ])
  func patterns(_ pattern: String, _ path: String, _ expected: Bool) {
    #expect(PathPattern(pattern).matches(path) == expected)
  }

  /// Trying all ways to match would take longer than the universe has.
  @Test("a hostile glob comes to an end", .timeLimit(.minutes(5)))
  func hostileGlob() {
    let pattern = PathPattern(String(repeating: "**/*a*", count: 30) + "b")
    #expect(!pattern.matches(String(repeating: "aaaaaaaaaa/", count: 30)))
  }
}
