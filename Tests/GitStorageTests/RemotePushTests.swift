import Foundation
import GitStorage
import Testing

@Suite struct RemotePushTests {
  @Test func movesTheBranchStepByStep() async throws {
    let fixture = try RemoteFixture()
    let one = try fixture.clone("one")
    #expect(try await one.remoteTip(of: "weir/prod", at: "origin") == nil)
    let first = try await fixture.commit(one, "1", after: nil)
    let push = { (commit: CommitID, old: CommitID?) in
      try await one.push(commit, to: "weir/prod", of: "origin", expecting: old)
    }
    #expect(try await push(first, nil) == first)
    let second = try await fixture.commit(one, "2", after: first)
    let third = try await fixture.commit(one, "3", after: second)
    #expect(try await push(third, first) == third)
    #expect(try await push(third, third) == third)
    #expect(fixture.remoteTip() == third)
    #expect(try fixture.directory.git("fsck", "--strict", "--no-dangling", in: "remote.git") == "")
  }

  /// Each case: where the remote stands, what is expected, what is pushed; commits by their place in a line.
  @Test(arguments: [
    (stands: 2, expected: 1, pushed: 3),  // moved on, to an ancestor of what is pushed
    (stands: 1, expected: 2, pushed: 3),  // moved back
    (stands: 0, expected: 1, pushed: 2),  // gone
    (stands: 1, expected: 0, pushed: 2),  // created by somebody else
    (stands: 3, expected: 2, pushed: 3),  // already there
    (stands: 3, expected: 1, pushed: 2),  // further on
  ])
  func refusesABranchThatIsElsewhere(stands: Int, expected: Int, pushed: Int) async throws {
    let fixture = try RemoteFixture()
    let one = try fixture.clone("one")
    var line: [CommitID?] = [nil]
    for text in ["1", "2", "3"] {
      line.append(try await fixture.commit(one, text, after: line.last ?? nil))
    }
    if let tip = line[stands] {
      try await one.push(tip, to: "weir/prod", of: "origin", expecting: nil)
    }
    let commit = try #require(line[pushed])
    let error = await gitError {
      try await one.push(commit, to: "weir/prod", of: "origin", expecting: line[expected])
    }
    #expect(error.code == .modified, "\(error)")
    #expect(fixture.remoteTip() == line[stands])
  }

  @Test func refusesUnrelatedHistory() async throws {
    let fixture = try RemoteFixture()
    let one = try fixture.clone("one")
    let first = try await fixture.commit(one, "1", after: nil)
    let rival = try await fixture.commit(one, "rival", after: nil)
    try await one.push(first, to: "weir/prod", of: "origin", expecting: nil)
    let forced = await gitError {
      try await one.push(rival, to: "weir/prod", of: "origin", expecting: first)
    }
    #expect(forced.code == .rejected)
    #expect(forced.message.contains("never forces"))
    let created = await gitError {
      try await one.push(rival, to: "weir/prod", of: "origin", expecting: nil)
    }
    #expect(created.code == .modified)
    #expect(fixture.remoteTip() == first)
  }

  @Test(arguments: ["pre-receive", "update"])
  func repeatsWhatTheServersHookSays(hook: String) async throws {
    let fixture = try RemoteFixture()
    let one = try fixture.clone("one")
    let first = try await fixture.commit(one, "1", after: nil)
    try fixture.script(
      "printf 'Frozen \\033[31muntil\\033[0m Monday.\\n'; echo 'See https://bob:pw@x/?t=pw' >&2; exit 1",
      at: "remote.git/hooks/\(hook)")
    let error = await gitError {
      try await one.push(first, to: "weir/prod", of: "origin", expecting: nil)
    }
    #expect(error.code == .rejected)
    #expect(error.message.contains("Frozen"))
    #expect(error.message.contains("Monday."))
    #expect(error.message.contains("See https://x/"))
    #expect(error.message.contains("hook declined"))
    #expect(!error.message.contains("pw"))
    #expect(!error.message.contains("\u{1B}"))
  }

  @Test func runsTheUsersOwnHook() async throws {
    let fixture = try RemoteFixture()
    let one = try fixture.clone("one")
    let first = try await fixture.commit(one, "1", after: nil)
    try fixture.script("echo 'not from this machine'; exit 1", at: "one/.git/hooks/pre-push")
    let error = await gitError {
      try await one.push(first, to: "weir/prod", of: "origin", expecting: nil)
    }
    #expect(error.code == .rejected)
    #expect(
      error.message == "git refused, as a pre-push hook here does: not from this machine")
    #expect(fixture.remoteTip() == nil)
  }

  @Test func reportsALockThatStaysTakenAtTheRemote() async throws {
    let fixture = try RemoteFixture()
    let one = try fixture.clone("one")
    let first = try await fixture.commit(one, "1", after: nil)
    try fixture.directory.write("", to: "remote.git/refs/heads/weir/prod.lock")
    let error = await gitError {
      try await one.push(first, to: "weir/prod", of: "origin", expecting: nil)
    }
    #expect(error.code == .rejected)
    #expect(error.message.contains("prod.lock"))
  }

  @Test(arguments: ["a..b", "a:b", "refs/tags/v1", "x y", ""])
  func refusesNamesThatAreNoBranches(branch: String) async throws {
    let fixture = try RemoteFixture()
    let one = try fixture.clone("one")
    let first = try await fixture.commit(one, "1", after: nil)
    let error = await gitError {
      try await one.push(first, to: branch, of: "origin", expecting: nil)
    }
    #expect(error.code == .invalid)
    #expect(await gitError { try await one.fetch(branch, from: "origin") }.code == .invalid)
  }

  @Test func takesANameWithADashForNoOption() async throws {
    let fixture = try RemoteFixture()
    let one = try fixture.clone("one")
    let first = try await fixture.commit(one, "1", after: nil)
    try await one.push(first, to: "--all", of: "origin", expecting: nil)
    #expect(try await one.fetch("--all", from: "origin") == first)
    #expect(fixture.remoteTip("--all") == first)
    #expect(try fixture.directory.git("branch", "--list", in: "remote.git").contains("--all"))
  }

  /// Every racer has a clone and `git` processes of its own; all push on the same commit.
  @Test(arguments: [false, true])
  func ofEightRacingPushesOneWins(isOverDaemon: Bool) async throws {
    let fixture = try RemoteFixture()
    let daemon = isOverDaemon ? try GitDaemon(serving: fixture.directory.path) : nil
    defer { withExtendedLifetime(daemon) {} }
    let racers = try (1...8).map {
      try fixture.clone("racer\($0)", origin: daemon.map { $0.url("remote.git") })
    }
    var tip: CommitID?
    for round in 1...3 {
      let base = tip
      let winners = await withTaskGroup(of: CommitID?.self) { group in
        for (index, racer) in racers.enumerated() {
          group.addTask {
            do {
              #expect(try await racer.fetch("weir/prod", from: "origin") == base)
              let id = try await fixture.commit(racer, "\(round) \(index)", after: base)
              return try await racer.push(id, to: "weir/prod", of: "origin", expecting: base)
            } catch {
              #expect((error as? GitError)?.code == .modified, "\(error)")
              return nil
            }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }.compactMap(\.self)
      }
      #expect(winners.count == 1)
      tip = winners.first
      #expect(fixture.remoteTip() == tip)
    }
    #expect(try fixture.directory.git("rev-list", "--count", "weir/prod", in: "remote.git") == "3")
    #expect(try fixture.directory.git("fsck", "--strict", "--no-dangling", in: "remote.git") == "")
  }
}
