import Foundation
import Manifests
import Model
import Testing

@testable import Policy

/// Which of what is found is deleted.
@Suite struct CleanupTests {
  private static let now = "2026-11-18T12:00:00Z"

  private func compiled(_ text: String, at time: String = now) throws -> CompiledEnvironment {
    let files = ["weir.yaml": Data(testProject.utf8), "m.yaml": Data(text.utf8)]
    let policy = loadPolicy(PolicySource(files: files), kinds: kindSchemas())
    return compile(try policy.environment(named: "prod"), at: try date(time))
  }

  private func cleanup(_ spec: String, name: String = "old") -> String {
    """
    apiVersion: weir/v1
    kind: Cleanup
    metadata: {name: \(name)}
    spec: {\(spec)}

    """
  }

  private func live(_ created: String?, series: String? = nil) -> LiveResource {
    LiveResource(
      attributes: created.map { ["created": .string($0)] } ?? [:],
      context: series.map { ["series": .string($0)] } ?? [:])
  }

  private func unwanted(
    _ text: String, _ found: [String: LiveResource], at time: String = now
  ) throws -> (names: [String], remarks: [String]) {
    let compiled = try compiled(text)
    let all = Dictionary(
      compiled.selections.map { ($0.selector, found) }, uniquingKeysWith: { $1 })
    let selected = try compiled.resources(found: all, at: try date(time))
    return (selected.resources.filter(\.isUnwanted).map(\.address.name), selected.remarks)
  }

  @Test func whatIsOldEnoughGoesByTheTimeOfThePlan() throws {
    let text = cleanup("delete: unattached-volumes, olderThan: 7d, except: [vol-11111111]")
    let found = [
      "vol-11111111": live("2026-01-01T00:00:00Z"), "vol-a": live("2026-11-11T12:00:00Z"),
      "vol-b": live("2026-11-11T12:00:01Z"), "vol-c": live(nil),
    ]
    #expect(try unwanted(text, found).names == ["vol-a"])
    #expect(try unwanted(text, found, at: "2026-11-18T12:00:01Z").names == ["vol-a", "vol-b"])
    // What is compiled is the same on every day: only what is found has an age.
    #expect(try compiled(text) == compiled(text, at: "2027-01-01T00:00:00Z"))
  }

  @Test func theNewestOfEachVolumeStayAndCopiesWithThem() throws {
    let text = cleanup("delete: snapshots, olderThan: 1d, keepLast: 2")
    var found: [String: LiveResource] = ["copy": live("2026-01-01T00:00:00Z")]
    for day in 1...4 {
      found["a\(day)"] = live("2026-10-0\(day)T00:00:00Z", series: "vol-a")
      found["b\(day)"] = live("2026-11-\(14 + day)T00:00:00Z", series: "vol-b")
    }
    // Of vol-b those of the 17th and the 18th are the newest, whatever their age.
    #expect(try unwanted(text, found).names == ["a1", "a2", "b1", "b2"])
    let all = try unwanted(cleanup("delete: snapshots, olderThan: 1d"), found).names
    #expect(all == ["a1", "a2", "a3", "a4", "b1", "b2", "b3", "copy"])
  }

  @Test func theOldestGoFirstAndTheRestIsTold() throws {
    let text = cleanup(
      "delete: multipart-uploads, olderThan: 1d, buckets: [aaa, bbb], maxDeletes: 2")
    let found = [
      "u1": live("2026-03-01T00:00:00Z"), "u2": live("2026-01-01T00:00:00Z"),
      "u3": live("2026-02-01T00:00:00Z"),
    ]
    let (names, remarks) = try unwanted(text, found)
    #expect(names == ["u2", "u3"])
    #expect(
      remarks == [
        "Cleanup/old: 1 more are to be deleted; maxDeletes lets 2 go at a time, the oldest first."
      ])
    #expect(try compiled(text).emptySelections(found: [:]) == [])
  }

  @Test func whatOthersNameStaysAndWhatTheySelectGoes() throws {
    let volumes = """
      apiVersion: weir/v1
      kind: VolumeType
      metadata: {name: named}
      spec: {volumes: [vol-aaaaaaaa], type: gp3}
      ---
      apiVersion: weir/v1
      kind: VolumeType
      metadata: {name: selected}
      spec: {tags: {app: web}, type: gp3}
      ---

      """
    let text = volumes + cleanup("delete: unattached-volumes, olderThan: 1d")
    let found = ["vol-aaaaaaaa", "vol-bbbbbbbb"].reduce(into: [String: LiveResource]()) {
      $0[$1] = live("2026-01-01T00:00:00Z")
    }
    let compiled = try compiled(text)
    let all = Dictionary(
      compiled.selections.map { ($0.selector, found) }, uniquingKeysWith: { $1 })
    let resources = try compiled.resources(found: all, at: try date(Self.now)).resources
    #expect(
      resources.map(\.address) == [
        Address("ec2/unattached-volume", "vol-bbbbbbbb"), Address("ec2/volume", "vol-aaaaaaaa"),
      ])
    #expect(resources[0].supersedes == Address("ec2/volume", "vol-bbbbbbbb"))
  }

  @Test func nothingIsSelectedWithoutAnAge() throws {
    for spec in ["delete: snapshots", "delete: unattached-volumes, olderThan: soon"] {
      #expect(try compiled(cleanup(spec)).selections == [])
    }
  }
}
