import Foundation
import GitStorage
import Testing

@Suite struct CommittingTests {
  @Test func leavesTheWorkTreeAndIndexAlone() async throws {
    let directory = try TemporaryDirectory()
    let path = try directory.makeRepository()
    let index = try Data(contentsOf: URL(fileURLWithPath: path + "/.git/index"))
    let repository = try GitRepository(discovering: path)
    try await repository.commit(
      writing(["state.json": "{}", "weir.yaml": "other"]), message: "state", author: author,
      on: "weir/prod", expecting: nil)
    #expect(try directory.git("status", "--porcelain", in: "repo") == "")
    #expect(try Data(contentsOf: URL(fileURLWithPath: path + "/.git/index")) == index)
    #expect(try directory.git("branch", "--show-current", in: "repo") == "main")
    #expect(try directory.git("log", "--format=%s", "weir/prod", in: "repo") == "state")
  }

  @Test func changesTheParentsTree() async throws {
    let directory = try TemporaryDirectory()
    let repository = try GitRepository(discovering: directory.makeRepository())
    let first = try await repository.commit(
      writing([
        "state.json": "1", "resources/ecs/a.json": "a", "resources/ecs/größe.json": "g",
        "resources/s3/b.json": "b", "snapshots/1.json": "s",
      ]), message: "one", author: author, on: "weir/prod", expecting: nil)
    var change = writing(["state.json": "2", "resources/s3/c.json": "c"])
    change.removals = ["snapshots/1.json", "not/there"]
    change.removedPrefixes = ["resources/s3", "neither"]
    let second = try await repository.commit(
      change, message: "two", author: author, on: "weir/prod", expecting: first)
    let files = try await repository.files(at: second).mapValues {
      String(decoding: $0, as: UTF8.self)
    }
    #expect(
      files == [
        "state.json": "2", "resources/ecs/a.json": "a", "resources/ecs/größe.json": "g",
        "resources/s3/c.json": "c",
      ])
    #expect(try await repository.files(at: first).count == 5)
    let third = try await repository.commit(
      TreeChange(), message: "no change", author: author, on: "weir/prod", expecting: second)
    #expect(try await repository.files(at: third).count == 4)
    #expect(try directory.git("fsck", "--strict", "--no-dangling", in: "repo") == "")
  }

  @Test func refusesWhenTheBranchHasMoved() async throws {
    let directory = try TemporaryDirectory()
    let repository = try GitRepository(discovering: directory.makeRepository())
    func commit(_ expected: CommitID?) async throws -> CommitID {
      try await repository.commit(
        writing(["n": UUID().uuidString]), message: "m", author: author, on: "weir/prod",
        expecting: expected)
    }
    let first = try await commit(nil)
    let again = await #expect(throws: GitError.self) { try await commit(nil) }
    #expect(again?.code == .modified)
    #expect(again?.message == "it is at \(first.short), not at no commit")
    let second = try await commit(first)
    let late = await #expect(throws: GitError.self) { try await commit(first) }
    #expect(late?.code == .modified)
    try directory.git("pack-refs", "--all", in: "repo")
    _ = try await commit(second)
    try directory.git("update-ref", "-d", "refs/heads/weir/prod", in: "repo")
    let gone = await #expect(throws: GitError.self) { try await commit(second) }
    #expect(gone?.code == .modified)
  }

  @Test func ofSixteenRacingCommitsOneWins() async throws {
    let directory = try TemporaryDirectory()
    let path = try directory.makeRepository()
    let reader = try GitRepository(discovering: path)
    var tip: CommitID?
    for round in 1...6 {
      let parent = tip
      let winners = await withTaskGroup(of: Result<CommitID, any Error>.self) { group in
        for racer in 1...16 {
          group.addTask {
            do {
              let repository = try GitRepository(discovering: path)
              return .success(
                try await repository.commit(
                  writing(["winner": "\(round) \(racer)"]), message: "\(racer)", author: author,
                  on: "weir/prod", expecting: parent))
            } catch { return .failure(error) }
          }
        }
        var winners: [CommitID] = []
        for await result in group {
          switch result {
          case .success(let id): winners.append(id)
          case .failure(let error): #expect((error as? GitError)?.code == .modified, "\(error)")
          }
        }
        return winners
      }
      #expect(winners.count == 1)
      tip = try await reader.tip(of: "weir/prod")
      #expect(tip == winners.first)
    }
    #expect(try await reader.log(of: "weir/prod").count == 6)
    #expect(try directory.git("fsck", "--strict", "--no-dangling", in: "repo") == "")
  }

  @Test func removesTheLockThatADeadProcessHasLeft() async throws {
    let directory = try TemporaryDirectory()
    let repository = try GitRepository(discovering: directory.makeRepository())
    try directory.write("", to: "repo/.git/refs/heads/weir/prod.lock")
    try directory.age("repo/.git/refs/heads/weir/prod.lock")
    let first = try await repository.commit(
      writing(["a": "1"]), message: "1", author: author, on: "weir/prod", expecting: nil)
    #expect(try await repository.tip(of: "weir/prod") == first)
  }

  @Test func saysWhichLockIsHeld() async throws {
    let directory = try TemporaryDirectory()
    let path = try directory.makeRepository()
    let repository = try GitRepository(discovering: path)
    let first = try await repository.commit(
      writing(["a": "1"]), message: "1", author: author, on: "weir/prod", expecting: nil)
    try directory.write("", to: "repo/.git/refs/heads/weir/prod.lock")
    let waiting = Task {
      try await repository.commit(
        writing(["a": "2"]), message: "2", author: author, on: "weir/prod", expecting: first)
    }
    let error = await #expect(throws: GitError.self) { try await waiting.value }
    #expect(error?.code == .locked)
    #expect(error?.message.hasSuffix("remove \(path)/.git/refs/heads/weir/prod.lock") == true)
    let cancelled = Task {
      try await repository.commit(
        writing(["a": "2"]), message: "2", author: author, on: "weir/prod", expecting: first)
    }
    cancelled.cancel()
    let refusal = await #expect(throws: GitError.self) { try await cancelled.value }
    #expect(refusal?.message == "the task was cancelled")
  }

  @Test(arguments: ["", "/a", "a//b", "a/../b", ".git/config", "a/.GIT/x", "a/", "a\0b"])
  func refusesPathsThatGitDoesNotAllow(path: String) async throws {
    let directory = try TemporaryDirectory()
    let repository = try GitRepository(discovering: directory.makeRepository())
    let error = await #expect(throws: GitError.self) {
      try await repository.commit(
        writing([path: "x"]), message: "m", author: author, on: "weir/prod", expecting: nil)
    }
    #expect(error?.code == .invalid)
  }

  @Test func refusesWhatCannotBeWritten() async throws {
    let directory = try TemporaryDirectory()
    let repository = try GitRepository(discovering: directory.makeRepository())
    func code(
      _ change: TreeChange, message: String = "m", by author: Signature = author,
      on branch: String = "weir/prod"
    ) async -> GitError.Code? {
      do {
        try await repository.commit(
          change, message: message, author: author, on: branch, expecting: nil)
        return nil
      } catch { return error.code }
    }
    #expect(await code(writing(["a": "", "a/b": ""])) == .invalid)
    #expect(await code(writing(["a": ""]), message: "") == .invalid)
    #expect(await code(writing(["a": ""]), on: "a b") == .invalid)
    let nobody = Signature(name: " ", email: "", time: author.time)
    #expect(await code(writing(["a": ""]), by: nobody) == .invalid)
    #expect(await code(writing(["a": ""]), on: "main/prod") == .invalid)
    try await repository.commit(
      writing(["a": ""]), message: "m", author: author, on: "weir/prod", expecting: nil)
    try directory.git("pack-refs", "--all", in: "repo")
    #expect(await code(writing(["a": ""]), on: "weir") == .invalid)
    #expect(await code(writing(["a": ""]), on: "weir/prod/x") == .invalid)
    #expect(try directory.git("fsck", "--strict", "--no-dangling", in: "repo") == "")
  }

  @Test func movesABranchToACommitWrittenBefore() async throws {
    let directory = try TemporaryDirectory()
    let repository = try GitRepository(discovering: directory.makeRepository())
    let id = try await repository.write(
      writing(["a": "1"]), message: "1", author: author, parent: nil)
    #expect(try await repository.tip(of: "weir/prod") == nil)
    try await repository.moveBranch(
      "weir/prod", from: nil, to: id, by: author, reason: "begin\nmore")
    #expect(try await repository.tip(of: "weir/prod") == id)
    #expect(
      try directory.git("reflog", "--format=%gs", "weir/prod", in: "repo") == "begin")
  }

  @Test func writesOnlyWhatChanges() async throws {
    let directory = try TemporaryDirectory()
    let repository = try GitRepository(discovering: directory.makeRepository())
    func objectCount() throws -> Int {
      try directory.git(
        "cat-file", "--batch-all-objects", "--batch-check=%(objecttype)", in: "repo"
      ).split(separator: "\n").count
    }
    let files = Dictionary(
      uniqueKeysWithValues: (0..<2000).map {
        ("resources/type-\($0 % 20)/r\($0).json", "{\"n\":\($0)}")
      })
    let before = try objectCount()
    let first = try await repository.commit(
      writing(files), message: "all", author: author, on: "weir/prod", expecting: nil)
    // The files, a tree for each type, `resources`, the root, the commit.
    let all = try objectCount()
    #expect(all - before == 2000 + 20 + 3)
    let second = try await repository.commit(
      writing(["resources/type-0/r0.json": "changed"]), message: "one", author: author,
      on: "weir/prod", expecting: first)
    #expect(try objectCount() - all == 1 + 1 + 3)
    #expect(try await repository.files(at: second).count == 2000)
  }
}
