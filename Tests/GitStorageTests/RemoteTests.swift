import Foundation
import GitStorage
import Testing

@Suite struct RemoteTests {
  /// A bare repository `remote.git` and two clones of it.
  private func makeClones() throws -> (TemporaryDirectory, GitRepository, GitRepository) {
    let directory = try TemporaryDirectory()
    _ = try directory.makeRepository()
    try directory.git("clone", "-q", "--bare", "repo", "remote.git")
    try directory.git("clone", "-q", "remote.git", "one")
    try directory.git("clone", "-q", "file://\(directory.path)/remote.git", "two")
    return (
      directory, try GitRepository(discovering: directory.path + "/one"),
      try GitRepository(discovering: directory.path + "/two")
    )
  }

  private func commit(_ repository: GitRepository, _ text: String, after parent: CommitID?)
    async throws -> CommitID
  {
    try await repository.commit(
      writing(["state.json": text, "größe/x": text]), message: text, author: author,
      on: "weir/prod", expecting: parent)
  }

  @Test func pushesAndFetches() async throws {
    let (directory, one, two) = try makeClones()
    #expect(try await one.remotes().map(\.name) == ["origin"])
    #expect(try await one.remoteTip(of: "weir/prod", at: "origin") == nil)
    let first = try await commit(one, "1", after: nil)
    #expect(try await one.push("weir/prod", to: "origin", expecting: nil) == first)
    let second = try await commit(one, "2", after: first)
    #expect(try await one.push("weir/prod", to: "origin", expecting: first) == second)
    #expect(try await one.push("weir/prod", to: "origin", expecting: second) == second)
    #expect(try directory.git("rev-parse", "weir/prod", in: "remote.git") == second.hex)
    #expect(try directory.git("fsck", "--strict", "--no-dangling", in: "remote.git") == "")

    #expect(try await two.remoteTip(of: "weir/prod", at: "origin") == second)
    try await two.fetch("origin", refspecs: ["+refs/heads/weir/*:refs/remotes/origin/weir/*"])
    #expect(try await two.tip(of: "refs/remotes/origin/weir/prod") == second)
    #expect(try await two.tip(of: "weir/prod") == nil)
    #expect(try await two.file("größe/x", at: second) == Data("2".utf8))
    #expect(try directory.git("status", "--porcelain", in: "two") == "")
  }

  @Test func refusesToPushWhenTheRemoteHasMoved() async throws {
    let (directory, one, two) = try makeClones()
    let first = try await commit(one, "1", after: nil)
    try await one.push("weir/prod", to: "origin", expecting: nil)
    let rival = try await commit(two, "rival", after: nil)
    let refusals = [
      await #expect(throws: GitError.self) {
        try await two.push("weir/prod", to: "origin", expecting: nil)
      },
      await #expect(throws: GitError.self) {
        try await two.push(rival, to: "weir/prod", of: "origin", expecting: rival)
      },
    ]
    #expect(refusals.map(\.?.code) == [.rejected, .rejected])
    try await two.fetch("origin", refspecs: ["+refs/heads/weir/*:refs/remotes/origin/weir/*"])
    let forced = await #expect(throws: GitError.self) {
      try await two.push(rival, to: "weir/prod", of: "origin", expecting: first)
    }
    #expect(forced?.code == .rejected)
    #expect(forced?.message.contains("never forces") == true)
    #expect(try directory.git("rev-parse", "weir/prod", in: "remote.git") == first.hex)
  }

  @Test func ofEightRacingPushesOneWins() async throws {
    let (directory, one, _) = try makeClones()
    let base = try await commit(one, "0", after: nil)
    for parent in [nil, base] {
      if parent != nil { try await one.push(base, to: "race", of: "origin", expecting: nil) }
      let branch = parent == nil ? "fresh" : "race"
      let path = directory.path + "/one"
      let outcomes = await withTaskGroup(of: CommitID?.self) { group in
        for racer in 1...8 {
          group.addTask {
            do {
              let repository = try GitRepository(discovering: path)
              let id = try await repository.write(
                writing(["r": "\(racer)"]), message: "\(racer)", author: author, parent: parent)
              try await repository.push(id, to: branch, of: "origin", expecting: parent)
              return id
            } catch {
              #expect((error as? GitError)?.code == .rejected, "\(error)")
              return nil
            }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }.compactMap(\.self)
      }
      #expect(outcomes.count == 1)
      #expect(try await one.remoteTip(of: branch, at: "origin") == outcomes.first)
    }
    #expect(try directory.git("fsck", "--strict", "--no-dangling", in: "remote.git") == "")
  }

  @Test func doesNotPassByAHook() async throws {
    let (directory, one, _) = try makeClones()
    let id = try await commit(one, "1", after: nil)
    try directory.write("#!/bin/sh\nexit 1\n", to: "remote.git/hooks/update")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: directory.path + "/remote.git/hooks/update")
    let error = await #expect(throws: GitError.self) {
      try await one.push(id, to: "weir/prod", of: "origin", expecting: nil)
    }
    #expect(error?.code == .rejected)
    #expect(error?.message.contains("hooks/update") == true)
  }

  @Test func pushesFromAShallowClone() async throws {
    let (directory, one, _) = try makeClones()
    let first = try await commit(one, "1", after: nil)
    let second = try await commit(one, "2", after: first)
    try await one.push("weir/prod", to: "origin", expecting: nil)
    try directory.git(
      "clone", "-q", "--depth", "1", "-b", "weir/prod", "file://\(directory.path)/remote.git",
      "shallow")
    let shallow = try GitRepository(discovering: directory.path + "/shallow")
    let third = try await commit(shallow, "3", after: second)
    #expect(try await shallow.push("weir/prod", to: "origin", expecting: second) == third)
    #expect(try directory.git("rev-list", "--count", "weir/prod", in: "remote.git") == "3")
    try await one.fetch("origin", refspecs: ["+refs/heads/weir/*:refs/remotes/origin/weir/*"])
    let fourth = try await one.write(
      writing(["state.json": "4"]), message: "4", author: author, parent: third)
    try await one.push(fourth, to: "weir/prod", of: "origin", expecting: third)
    try await shallow.fetch("origin", refspecs: ["+refs/heads/weir/*:refs/remotes/origin/weir/*"])
    #expect(try await shallow.log(of: "origin/weir/prod").map(\.subject) == ["4", "3", "2"])
    #expect(try directory.git("fsck", "--strict", "--no-dangling", in: "remote.git") == "")
  }

  @Test func saysWhenTheRemoteIsNotThere() async throws {
    let (directory, one, _) = try makeClones()
    let id = try await commit(one, "1", after: nil)
    let unknown = await #expect(throws: GitError.self) {
      try await one.push(id, to: "weir/prod", of: "nowhere", expecting: nil)
    }
    #expect(unknown?.code == .notFound)
    let missing = directory.path + "/missing.git"
    let push = await #expect(throws: GitError.self) {
      try await one.push(id, to: "weir/prod", of: missing, expecting: nil)
    }
    #expect(push?.code == .network)
    let tip = await #expect(throws: GitError.self) {
      try await one.remoteTip(of: "weir/prod", at: missing)
    }
    #expect(tip?.code == .network)
    #expect(tip?.message == "there is no repository at \(missing)")
    let fetch = await #expect(throws: GitError.self) {
      try await one.fetch("origin", refspecs: ["+refs/heads/weir/*:refs/heads/weir/*"])
    }
    #expect(fetch?.code == .invalid)
  }
}
