import Foundation
import Manifests
import Model
import Policy
import Testing

/// What manifests ask of resources that several of their selectors mean.
@Suite struct SelectionTests {
  private func resources(_ specs: [String]) throws -> [DesiredResource] {
    let text = specs.enumerated().map { number, spec in
      "---\napiVersion: weir/v1\nkind: LogRetention\nmetadata: {name: m\(number)}\nspec: {\(spec)}\n"
    }.joined()
    let project = Data(testProject.utf8)
    let policy = loadPolicy(
      PolicySource(files: ["weir.yaml": project, "m.yaml": Data(text.utf8)]), kinds: kindSchemas())
    let now = try date("2026-11-18T12:00:00Z")
    let compiled = compile(try policy.environment(named: "prod"), at: now)
    #expect(!compiled.diagnostics.hasErrors)
    let found = Dictionary(
      uniqueKeysWithValues: compiled.selections.map {
        ($0.selector, ["/ecs/web": LiveResource(attributes: [:])])
      })
    return try compiled.resources(found: found, at: now).resources
  }

  @Test func selectorsOfOneManifestMayOverlap() throws {
    let resources = try resources(["retention: 30d, prefixes: [/ecs/, /ecs/w]"])
    #expect(resources.map(\.address) == [Address("logs/log-group", "/ecs/web")])
  }

  @Test func thoseOfTwoMayNot() throws {
    #expect(throws: Diagnostics.self) {
      try resources(["retention: 30d, prefixes: [/ecs/]", "retention: 30d, prefixes: [/ecs/w]"])
    }
  }
}
