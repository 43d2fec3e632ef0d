import Foundation
import GitStorage
import Model
import TestSupport
import Testing

@Suite struct StateCorruptionTests {
  /// A message as Weir writes it.
  private let ended = "prod 1: by hand\n\nWeir-Event: end\nWeir-Serial: 1\n"

  /// A state branch in which one file has been replaced by hand.
  private func damaged(_ files: [String: String]) async throws -> StateRepository {
    let repository = try StateRepository()
    try await repository.apply(1, [resource("a"), resource("b")])
    let tip = try await repository.repository.tip(of: "weir/prod")
    try await repository.repository.commit(
      writing(files), message: ended, author: author, on: "weir/prod", expecting: tip)
    return repository
  }

  @Test(arguments: [
    ("state.json", "not JSON"), ("state.json", "{}"), ("state.json", ""), ("state.json", "[]"),
    ("state.json", "{\"formatVersion\": 1}"), ("state.json", "{\"formatVersion\": \"1.0\"}"),
    ("resources/ecs/service/a.json", "{}"), ("resources/ecs/service/a.json", "<<<<<<< HEAD"),
    ("resources/stray.json", "{}"), ("pending.json", "{\"formatVersion\": \"1.0\"}"),
    ("pending.json", "\u{FEFF}"),
  ]) func refusesWhatIsCorrupt(path: String, text: String) async throws {
    let repository = try await damaged([path: text])
    let error = await #expect(throws: StateError.self) { try await repository.branch.load() }
    #expect(error?.code == .corrupt)
    #expect(error?.path == path)
    #expect(error?.branch == "weir/prod")
  }

  @Test(arguments: ["state.json", "pending.json"]) func refusesANewerFormat(path: String)
    async throws
  {
    let repository = try await damaged([path: "{\"formatVersion\": \"2.0\", \"new\": 1}"])
    let error = await #expect(throws: StateError.self) { try await repository.branch.load() }
    #expect(error?.code == .newerFormat)
    #expect(error?.path == path)
  }

  @Test func refusesTheRecordOfAnotherResource() async throws {
    let other = String(decoding: try CanonicalJSON.encode(resource("b")), as: UTF8.self)
    let repository = try await damaged(["resources/ecs/service/a.json": other])
    let error = await #expect(throws: StateError.self) { try await repository.branch.load() }
    #expect(error?.code == .corrupt)
    #expect(error?.path == "resources/ecs/service/a.json")
  }

  @Test(arguments: ["snapshots/1.json", "reports/1.json"]) func refusesOtherDocuments(path: String)
    async throws
  {
    let repository = try await damaged([path: "{"])
    let error = await #expect(throws: StateError.self) {
      if path.hasPrefix("snapshots") {
        _ = try await repository.branch.snapshot(beforeSerial: 1)
      } else {
        _ = try await repository.branch.report(ofSerial: 1)
      }
    }
    #expect(error?.code == .corrupt)
    // The state itself can still be read.
    #expect(try await repository.branch.load().state?.resources.count == 2)
  }

  @Test func readsWhatALaterMinorVersionAdds() async throws {
    let repository = try StateRepository()
    try await repository.apply(1, [resource("a")])
    let text = try repository.directory.git("show", "weir/prod:state.json", in: "repo")
      .replacingOccurrences(
        of: "\"formatVersion\" : \"1.0\"", with: "\"formatVersion\" : \"1.4\", \"added\" : [1]")
    let tip = try await repository.repository.tip(of: "weir/prod")
    try await repository.repository.commit(
      writing(["state.json": text]), message: ended, author: author, on: "weir/prod",
      expecting: tip)
    #expect(try await repository.branch.load().state == state(1, [resource("a")]))
  }
}
