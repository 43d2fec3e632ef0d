import Foundation
import GitStorage
import Model
import TestSupport
import Testing

@Suite struct StateJournalTests {
  private func entry(_ event: JournalEntry.Event, message: String? = nil) -> JournalEntry {
    JournalEntry(
      serial: 4, address: Address("ecs/service", "web/web"), action: .update, event: event,
      time: stateTime, message: message)
  }

  private func lines(_ directory: TemporaryDirectory) throws -> [String] {
    let url = URL(fileURLWithPath: directory.path + "/weir/prod/journal.jsonl")
    return String(decoding: try Data(contentsOf: url), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test func isOnDiskAfterEachLine() async throws {
    let directory = try TemporaryDirectory()
    let journal = FileJournal(gitDirectory: directory.path, environment: "prod")
    let entries = [
      entry(.started), entry(.finished), entry(.failed, message: "two\nlines, \"quoted\""),
    ]
    for (count, entry) in entries.enumerated() {
      try await journal.record(entry)
      let lines = try lines(directory)
      #expect(lines.count == count + 2)
      #expect(lines.last == "")
      let read = try CanonicalJSON.decode(JournalEntry.self, from: Data(lines[count].utf8))
      #expect(read == entry)
    }
  }

  @Test func goesOnWhereAnEarlierProcessEnded() async throws {
    let directory = try TemporaryDirectory()
    try await FileJournal(gitDirectory: directory.path, environment: "prod").record(entry(.started))
    let next = FileJournal(gitDirectory: directory.path, environment: "prod")
    try await next.record(entry(.finished))
    #expect(try lines(directory).count == 3)
    try await next.clear()
    #expect(throws: CocoaError.self) { try lines(directory) }
    try await next.clear()
    try await next.record(entry(.started))
    #expect(try lines(directory).count == 2)
  }

  @Test func readsBackWhatItWroteWithoutATornLine() async throws {
    let directory = try TemporaryDirectory()
    let journal = FileJournal(gitDirectory: directory.path, environment: "prod")
    #expect(try await journal.entries() == [])
    try await journal.record(entry(.started))
    let url = URL(fileURLWithPath: directory.path + "/weir/prod/journal.jsonl")
    try Data(contentsOf: url).dropLast(20).write(to: url)
    #expect(try await journal.entries() == [])
    // A process that begins after the crash goes on.
    let next = FileJournal(gitDirectory: directory.path, environment: "prod")
    try await next.record(entry(.failed, message: "no"))
    #expect(try await next.entries() == [entry(.failed, message: "no")])
    #expect(try lines(directory).count == 3)
  }

  @Test func isReadableByItsOwnerOnly() async throws {
    let directory = try TemporaryDirectory()
    try await FileJournal(gitDirectory: directory.path, environment: "prod").record(entry(.started))
    for (path, mode) in [("/weir/prod", 0o700), ("/weir/prod/journal.jsonl", 0o600)] {
      let attributes = try FileManager.default.attributesOfItem(atPath: directory.path + path)
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == mode)
    }
  }

  @Test(arguments: ["weir", "weir/prod", "weir/prod/journal.jsonl"])
  func failsWhereItCannotWrite(blocked: String) async throws {
    let directory = try TemporaryDirectory()
    // A file where a directory is needed, or the other way round, stops even root.
    if blocked.hasSuffix("jsonl") {
      try directory.write("", to: blocked + "/file")
    } else {
      try directory.write("", to: blocked)
    }
    let journal = FileJournal(gitDirectory: directory.path, environment: "prod")
    await #expect(throws: CocoaError.self) { try await journal.record(entry(.started)) }
  }
}
