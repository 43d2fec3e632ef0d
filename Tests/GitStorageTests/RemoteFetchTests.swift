import Foundation
import GitStorage
import Testing

@Suite struct RemoteFetchTests {
  @Test func fetchesOneBranchAndTouchesNothingElse() async throws {
    let fixture = try RemoteFixture()
    let (one, two) = (try fixture.clone("one"), try fixture.clone("two"))
    #expect(try await two.fetch("weir/prod", from: "origin") == nil)
    let first = try await fixture.commit(one, "1", after: nil)
    let second = try await fixture.commit(one, "2", after: first)
    try await one.push(second, to: "weir/prod", of: "origin", expecting: nil)
    try await one.push(first, to: "weir/other", of: "origin", expecting: nil)
    try fixture.directory.git("tag", "v1", second.hex, in: "remote.git")

    #expect(try await two.remoteTip(of: "weir/prod", at: "origin") == second)
    #expect(try await two.fetch("weir/prod", from: "origin") == second)
    #expect(try await two.tip(of: "refs/remotes/origin/weir/prod") == second)
    #expect(try await two.file("größe/x", at: second) == Data("2".utf8))
    #expect(try await two.tip(of: "weir/prod") == nil)
    #expect(try await two.tip(of: "refs/remotes/origin/weir/other") == nil)
    let directory = fixture.directory
    #expect(try directory.git("tag", in: "two") == "")
    #expect(try directory.git("status", "--porcelain", in: "two") == "")
    #expect(!FileManager.default.fileExists(atPath: directory.path + "/two/.git/FETCH_HEAD"))
  }

  @Test func forgetsABranchThatWasDeletedAtTheRemote() async throws {
    let fixture = try RemoteFixture()
    let one = try fixture.clone("one")
    let first = try await fixture.commit(one, "1", after: nil)
    try await one.push(first, to: "weir/prod", of: "origin", expecting: nil)
    try await one.push(first, to: "weir/other", of: "origin", expecting: nil)
    #expect(try await one.fetch("weir/prod", from: "origin") == first)
    #expect(try await one.fetch("weir/other", from: "origin") == first)
    try fixture.directory.git("update-ref", "-d", "refs/heads/weir/prod", in: "remote.git")
    try fixture.directory.git("update-ref", "-d", "refs/heads/weir/other", in: "remote.git")
    #expect(try await one.fetch("weir/prod", from: "origin") == nil)
    #expect(try await one.tip(of: "refs/remotes/origin/weir/prod") == nil)
    #expect(try await one.tip(of: "refs/remotes/origin/weir/other") == first)
    #expect(try await one.remoteTip(of: "weir/prod", at: "origin") == nil)
    let error = await gitError {
      let next = try await fixture.commit(one, "2", after: first)
      return try await one.push(next, to: "weir/prod", of: "origin", expecting: first)
    }
    #expect(error.code == .modified)
    #expect(error.message == "the branch is at no commit there, not at \(first.short)")
    #expect(fixture.remoteTip() == nil)
  }

  /// As actions/checkout makes them: one branch, one commit.
  @Test(arguments: [false, true])
  func completesTheStateBranchOfAShallowClone(wasFetchedShallow: Bool) async throws {
    let fixture = try RemoteFixture()
    let one = try fixture.clone("one")
    try fixture.directory.git("commit", "-q", "--allow-empty", "-m", "second", in: "one")
    try fixture.directory.git("push", "-q", "origin", "main", in: "one")
    var tip: CommitID?
    for text in ["1", "2", "3"] {
      let next = try await fixture.commit(one, text, after: tip)
      try await one.push(next, to: "weir/prod", of: "origin", expecting: tip)
      tip = next
    }
    let url = "file://\(fixture.remotePath)"
    try fixture.directory.git("clone", "-q", "--depth=1", "--single-branch", url, "shallow")
    if wasFetchedShallow {
      try fixture.directory.git(
        "fetch", "-q", "--depth=1", "origin",
        "+refs/heads/weir/prod:refs/remotes/origin/weir/prod", in: "shallow")
    }
    let shallow = try fixture.open("shallow")
    #expect(try await shallow.fetch("weir/prod", from: "origin") == tip)
    let stateCommit = try #require(tip)
    #expect(try await shallow.log(of: stateCommit).map(\.subject) == ["3", "2", "1"])
    #expect(try await shallow.log(of: "HEAD").map(\.subject) == ["second"])
    #expect(
      try fixture.directory.git("rev-parse", "--is-shallow-repository", in: "shallow") == "true")

    let fourth = try await fixture.commit(shallow, "4", after: stateCommit)
    #expect(
      try await shallow.push(fourth, to: "weir/prod", of: "origin", expecting: tip) == fourth)
    #expect(
      try fixture.directory.git("rev-list", "--count", "weir/prod", in: "remote.git") == "4")
    #expect(try fixture.directory.git("fsck", "--strict", "--no-dangling", in: "shallow") == "")
    #expect(try fixture.directory.git("fsck", "--strict", "--no-dangling", in: "remote.git") == "")
  }

  @Test func fetchesWhileOthersFetchInTheSameClone() async throws {
    let fixture = try RemoteFixture()
    let one = try fixture.clone("one")
    let first = try await fixture.commit(one, "1", after: nil)
    try await one.push(first, to: "weir/prod", of: "origin", expecting: nil)
    _ = try fixture.clone("two")
    let tips = try await withThrowingTaskGroup(of: CommitID?.self) { group in
      for _ in 1...6 {
        group.addTask { try await fixture.open("two").fetch("weir/prod", from: "origin") }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(tips == Array(repeating: first, count: 6))
  }

  @Test func removesTheLockThatADeadFetchHasLeft() async throws {
    let fixture = try RemoteFixture()
    let (one, two) = (try fixture.clone("one"), try fixture.clone("two"))
    let first = try await fixture.commit(one, "1", after: nil)
    try await one.push(first, to: "weir/prod", of: "origin", expecting: nil)
    let lock = "two/.git/refs/remotes/origin/weir/prod.lock"
    try fixture.directory.write("", to: lock)
    let error = await gitError { try await two.fetch("weir/prod", from: "origin") }
    #expect(error.code == .locked)
    try fixture.directory.age(lock)
    #expect(try await two.fetch("weir/prod", from: "origin") == first)
  }

  @Test func listsRemotesWithoutCredentials() async throws {
    let fixture = try RemoteFixture()
    let one = try fixture.clone("one", origin: "https://bob:geheim@example.com/x.git?token=geheim")
    try fixture.directory.git(
      "remote", "set-url", "--push", "origin", "git@example.com:x.git", in: "one")
    let remotes = try await one.remotes()
    #expect(
      remotes.map { [$0.name, $0.url, $0.pushURL] }
        == [["origin", "https://example.com/x.git", "git@example.com:x.git"]])
  }

  @Test func ignoresVariablesThatPointElsewhere() async throws {
    let fixture = try RemoteFixture()
    let one = try fixture.clone("one")
    let first = try await fixture.commit(one, "1", after: nil)
    try await one.push(first, to: "weir/prod", of: "origin", expecting: nil)
    let two = try fixture.clone("two")
    _ = two
    let misled = try fixture.open(
      "two",
      environment: [
        "GIT_DIR": "/nowhere", "GIT_WORK_TREE": "/nowhere", "GIT_INDEX_FILE": "/nowhere",
        "GIT_OBJECT_DIRECTORY": "/nowhere", "GIT_NAMESPACE": "other", "GIT_TRACE": "1",
      ])
    #expect(try await misled.fetch("weir/prod", from: "origin") == first)
    let second = try await fixture.commit(misled, "2", after: first)
    try await misled.push(second, to: "weir/prod", of: "origin", expecting: first)
    #expect(fixture.remoteTip() == second)
  }

  @Test func rewritesURLsAsTheUserConfigured() async throws {
    let fixture = try RemoteFixture()
    let one = try fixture.clone("one", origin: "company:remote.git")
    try fixture.directory.git(
      "config", "--global", "url.file://\(fixture.directory.path)/.insteadOf", "company:")
    let first = try await fixture.commit(one, "1", after: nil)
    try await one.push(first, to: "weir/prod", of: "origin", expecting: nil)
    #expect(try await one.fetch("weir/prod", from: "origin") == first)
  }
}
