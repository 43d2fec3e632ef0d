import Foundation
import GitStorage
import Testing

@Suite struct ReadingTests {
  @Test func readsAnyCommitWithoutACheckout() async throws {
    let directory = try TemporaryDirectory()
    let path = try directory.makeRepository()
    try directory.write("kind: Later\n", to: "repo/manifests/größe/日本.yaml")
    try directory.write("#!/bin/sh\n", to: "repo/manifests/run.sh")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: path + "/manifests/run.sh")
    try FileManager.default.createSymbolicLink(
      atPath: path + "/manifests/link.yaml", withDestinationPath: "tasks.yaml")
    try directory.git("add", ".", in: "repo")
    try directory.git("commit", "-q", "-m", "second", in: "repo")

    let repository = try GitRepository(discovering: path)
    let head = try await repository.resolve("HEAD")
    let first = try await repository.resolve("HEAD~1")
    #expect(
      try await repository.files(at: first) { !$0.hasSuffix("link.yaml") }.keys.sorted() == [
        "manifests/tasks.yaml", "weir.yaml",
      ])
    let yaml = try await repository.files(at: head, under: "manifests/") {
      $0.hasSuffix(".yaml") && !$0.hasSuffix("link.yaml")
    }
    #expect(yaml.keys.sorted() == ["manifests/größe/日本.yaml", "manifests/tasks.yaml"])
    #expect(yaml["manifests/größe/日本.yaml"] == Data("kind: Later\n".utf8))
    #expect(
      try await repository.files(at: head, under: "manifests/größe").keys.sorted()
        == ["manifests/größe/日本.yaml"])
    #expect(try await repository.files(at: head, under: "missing").isEmpty)
    #expect(try await repository.files(at: head, under: "weir.yaml").isEmpty)
    #expect(try await repository.file("manifests/run.sh", at: head) == Data("#!/bin/sh\n".utf8))
    #expect(try await repository.file("manifests/link.yaml", at: head) == nil)
    await #expect(throws: GitError.self) { try await repository.files(at: head) }
    #expect(try await repository.file("manifests", at: head) == nil)
    #expect(try await repository.file("manifests/none/deeper", at: head) == nil)
  }

  @Test func resolvesRevisionsAsGitDoes() async throws {
    let directory = try TemporaryDirectory()
    let path = try directory.makeRepository()
    try directory.git("commit", "-q", "--allow-empty", "-m", "second", in: "repo")
    try directory.git("tag", "-a", "v1", "-m", "one", in: "repo")
    try directory.git("checkout", "-q", "--detach", "HEAD~1", in: "repo")
    let repository = try GitRepository(discovering: path)
    let main = try await repository.resolve("main")
    for revision in ["HEAD", "main", "v1", "main~1", "refs/heads/main", main.short] {
      let expected = try directory.git("rev-parse", revision + "^{commit}", in: "repo")
      #expect(try await repository.resolve(revision).hex == expected, "\(revision)")
    }
    #expect(try await repository.tip(of: "main") == main)
    let error = await #expect(throws: GitError.self) { try await repository.resolve("nowhere") }
    #expect(error?.code == .notFound)
    #expect(error?.operation == "resolve the revision 'nowhere'")
    await #expect(throws: GitError.self) { try await repository.resolve("") }
    await #expect(throws: GitError.self) { try await repository.tip(of: "a..b") }
  }

  @Test func listsHistoryWithTrailers() async throws {
    let directory = try TemporaryDirectory()
    let repository = try GitRepository(discovering: directory.makeRepository())
    var tips: [CommitID] = []
    for serial in 1...5 {
      tips.append(
        try await repository.commit(
          writing(["state.json": "\(serial)\n"]),
          message: "Apply \(serial)\n\nNote: part of the text.\n\n"
            + "Weir-Serial: \(serial)\nWeir-Actor: Zoë <zoe@example.com>",
          author: author, on: "weir/prod", expecting: tips.last))
    }
    let log = try await repository.log(of: "weir/prod")
    #expect(log.map(\.id) == tips.reversed())
    #expect(log[0].subject == "Apply 5")
    #expect(log[0].parents == [tips[3]])
    #expect(log[0].authorEmail == "weir@example.com")
    #expect(log[0].time == author.time)
    #expect(log[0].trailers.map(\.key) == ["Weir-Serial", "Weir-Actor"])
    #expect(log[0].trailer("weir-actor") == "Zoë <zoe@example.com>")
    #expect(log[0].body.hasPrefix("Note: part of the text."))
    #expect(
      try await repository.log(of: "weir/prod", limit: 2, skip: 1).map(\.subject)
        == ["Apply 4", "Apply 3"])
    #expect(
      try await repository.log(of: tips[4], until: tips[2]).map(\.subject)
        == ["Apply 5", "Apply 4"])
    #expect(try await repository.log(of: tips[4], limit: 0).isEmpty)
    let format = "--format=%H %at %an %(trailers:key=Weir-Serial,valueonly,separator=)"
    #expect(
      try directory.git("log", "-1", format, "weir/prod", in: "repo")
        == "\(tips[4]) 1790000000 Weir 5")
    #expect(try directory.git("fsck", "--strict", "--no-dangling", in: "repo") == "")
  }

  @Test func comparesHistories() async throws {
    let directory = try TemporaryDirectory()
    let repository = try GitRepository(discovering: directory.makeRepository())
    for branch in ["left", "right"] {
      try directory.git("checkout", "-q", "-b", branch, "main", in: "repo")
      try directory.git("commit", "-q", "--allow-empty", "-m", branch, in: "repo")
    }
    let main = try await repository.resolve("main")
    let left = try await repository.resolve("left")
    let right = try await repository.resolve("right")
    let state = try await repository.commit(
      writing(["a": ""]), message: "apart", author: author, on: "weir/prod", expecting: nil)
    #expect(try await repository.commonAncestor(left, right) == main)
    #expect(try await repository.commonAncestor(left, state) == nil)
    #expect(try await repository.isAncestor(main, of: left))
    #expect(try await repository.isAncestor(left, of: left))
    #expect(try await !repository.isAncestor(left, of: right))
  }

  @Test func readsAShallowCloneUpToItsEnd() async throws {
    let directory = try TemporaryDirectory()
    let path = try directory.makeRepository()
    for number in 2...4 {
      try directory.git("commit", "-q", "--allow-empty", "-m", "\(number)", in: "repo")
    }
    try directory.git("clone", "-q", "--depth", "2", "file://" + path, "shallow")
    let repository = try GitRepository(discovering: directory.path + "/shallow")
    let log = try await repository.log(of: "HEAD")
    #expect(log.map(\.subject) == ["4", "3"])
    #expect(try await repository.isAncestor(log[1].id, of: log[0].id))
    #expect(try await repository.files(at: log[0].id).count == 2)
  }
}
