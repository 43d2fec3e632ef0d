import Foundation
import Manifests
import Model
import Testing

@testable import Policy

/// The policies that come with the project.
@Suite struct RepositoryTests {
  static let policies = [
    "examples/pythonide", "examples/kinds", "manifests/s0-bootstrap", "manifests/s1-right-sizing",
    "manifests/s2-cost-zero", "manifests/s3-scanserve", "manifests/s4-strategy",
  ]

  @Test(arguments: policies)
  func compilesInEveryEnvironmentWithoutAWord(_ folder: String) throws {
    let policy = try load(folder)
    var found = Diagnostics()
    for environment in policy.environments {
      let compiled = compile(environment, at: try date("2026-11-18T12:00:00Z"))
      found.add(compiled.diagnostics)
      #expect(!compiled.resources.isEmpty || !compiled.selections.isEmpty)
    }
    let all = policy.allDiagnostics(adding: found)
    #expect(all.all.isEmpty, "\(all.text)")
  }

  @Test func theExamplesHaveEveryKind() throws {
    let kinds = try ["examples/pythonide", "examples/kinds"].map(load).flatMap(\.environments)
      .flatMap(\.manifests).map(\.kind)
    #expect(Set(kinds) == Set(allKinds.map { $0.schema.kind }))
  }

  @Test func theExamplesSayTheSameOnEveryDay() throws {
    let policy = try load("examples/pythonide")
    for environment in policy.environments {
      let first = compile(environment, at: try date("2026-11-18T12:00:00Z"))
      for day in 1...14 {
        let later = try date("2026-11-18T12:00:00Z") + Double(day) * 86_400 + Double(day) * 6000
        #expect(compile(environment, at: later) == first)
      }
    }
  }

  @Test func noTwoEnvironmentsOfTheExamplesShareAnAttribute() throws {
    let policy = try load("examples/pythonide")
    let time = try date("2026-11-18T12:00:00Z")
    let claims = policy.environments.map { environment in
      Set(
        compile(environment, at: time).resources.flatMap { resource in
          resource.attributes.keys.map { "\(resource.address) \($0)" }
        })
    }
    #expect(claims[0].isDisjoint(with: claims[1]))
  }

  private func load(_ folder: String) throws -> LoadedPolicy {
    let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: folder)
    var files: [String: Data] = [:]
    for case let path as String in FileManager.default.enumerator(atPath: root.path()) ?? .init()
    where PolicySource.reads(path) || path.hasSuffix(".json") {
      files[path] = try Data(contentsOf: root.appending(path: path))
    }
    return loadPolicy(PolicySource(files: files), kinds: kindSchemas())
  }
}
