import Foundation
import Manifests
import Model
import Testing

@testable import Policy

@Suite struct CompileTests {
  private func now() throws -> Date { try date("2026-11-18T12:00:00Z") }

  private func taskSize(_ spec: String) throws -> Diagnostics {
    let text = """
      apiVersion: weir/v1
      kind: TaskSize
      metadata: {name: web}
      spec: {cluster: web, service: web, \(spec)}
      """
    return try compileText(text, at: now()).diagnostics
  }

  /// The pairs of aws-facts.md, counted by hand.
  @Test func acceptsExactlyFargatesSizes() throws {
    var accepted: [Int: Int] = [:]
    for cpu in [256, 512, 1024, 2048, 4096, 8192, 16_384] {
      for memory in [512] + stride(from: 1024, through: 124_928, by: 1024)
      where try !taskSize("cpu: \(cpu), memory: \(memory) MB").hasErrors {
        accepted[cpu, default: 0] += 1
      }
    }
    let expected = [256: 3, 512: 4, 1024: 7, 2048: 13, 4096: 23, 8192: 12, 16_384: 12]
    #expect(accepted == expected)
  }

  @Test func doesNotCheckSizesOnInstances() throws {
    #expect(try taskSize("cpu: 100, memory: 700 MB, launchType: ec2").all.isEmpty)
  }

  @Test func theOrderOfManifestsDoesNotCount() throws {
    for fixture in ["filters", "strategy"] {
      let url = Fixture(kind: "LifecycleRule", name: fixture).url("yaml")
      let documents = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "---\n")
      let there = try compileText(documents.joined(separator: "---\n"), at: now())
      let back = try compileText(documents.reversed().joined(separator: "---\n"), at: now())
      #expect(there.resources.map(\.address) == back.resources.map(\.address))
      #expect(there.resources.map(\.attributes) == back.resources.map(\.attributes))
    }
  }

  @Test func anEnvironmentThatIsProtectedProtectsItsResources() throws {
    let project = testProject.replacingOccurrences(
      of: "region: us-east-2, values: {logDays: 90d}", with: "region: us-east-2, protect: true")
    let budget = """
      apiVersion: weir/v1
      kind: CostBudget
      metadata: {name: web}
      spec: {limit: 1 USD}
      """
    let source = PolicySource(files: [
      "weir.yaml": Data(project.utf8), "m.yaml": Data(budget.utf8),
    ])
    let policy = loadPolicy(source, kinds: kindSchemas())
    let protection = try policy.environments.map {
      compile($0, at: try now()).resources.map(\.isProtected)
    }
    #expect(protection == [[true], [false]])
  }

  @Test func mailAddressesAreSensitive() throws {
    let text = try String(
      contentsOf: Fixture(kind: "CostBudget", name: "full").url("yaml"), encoding: .utf8)
    let resources = try compileText(text, at: now()).resources
    #expect(!"\(resources)".contains("zoe@example.com"))
    #expect(throws: EncodingError.self) {
      for case .exactly(let value) in resources.flatMap({ Array($0.attributes.values) }) {
        _ = try CanonicalJSON.encode(value)
      }
    }
  }

  /// Every source is within the manifests' file, and every attribute has one.
  @Test(arguments: Fixture.all)
  func everyAttributeHasASource(_ fixture: Fixture) throws {
    let text = try String(contentsOf: fixture.url("yaml"), encoding: .utf8)
    for resource in try compileText(text, at: now()).resources {
      for name in resource.attributes.keys {
        #expect(resource.sources[name] != nil, "\(resource.address) \(name)")
      }
      #expect(resource.sources.values.allSatisfy { $0.file == "m.yaml" })
    }
  }

  /// Whatever is left out or replaced: what is wrong is reported, and nothing traps.
  @Test(arguments: Fixture.all)
  func takesAnythingForAnyValue(_ fixture: Fixture) throws {
    let text = try String(contentsOf: fixture.url("yaml"), encoding: .utf8)
    let lines = text.components(separatedBy: "\n")
    let time = try now()
    let values = ["[]", "{}", "null", "-1", "99999999999999999999", "\"\"", "[null]"]
    for index in lines.indices {
      var variants = [lines.enumerated().filter { $0.offset != index }.map(\.element)]
      if let colon = lines[index].range(of: ": ") {
        var changed = lines
        changed[index] = lines[index][..<colon.upperBound] + values[index % values.count]
        variants.append(changed)
      }
      for variant in variants {
        _ = try? compileText(variant.joined(separator: "\n"), at: time)
      }
    }
  }
}
