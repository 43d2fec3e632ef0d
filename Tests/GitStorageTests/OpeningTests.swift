import Foundation
import GitStorage
import Testing

@Suite struct OpeningTests {
  @Test func findsTheRepositoryFromBelow() async throws {
    let directory = try TemporaryDirectory()
    let path = try directory.makeRepository()
    let repository = try GitRepository(discovering: path + "/manifests")
    #expect(repository.workTree == path)
    #expect(repository.gitDirectory == path + "/.git")
    let head = try await repository.head()
    #expect(try head?.hex == directory.git("rev-parse", "HEAD", in: "repo"))
  }

  @Test func saysWhenThereIsNone() throws {
    let directory = try TemporaryDirectory()
    let error = #expect(throws: GitError.self) { try GitRepository(discovering: directory.path) }
    #expect(error?.code == .notARepository)
    #expect(error?.message == "there is no Git repository at or above \(directory.path)")
    let missing = #expect(throws: GitError.self) {
      try GitRepository(discovering: directory.path + "/missing")
    }
    #expect(missing?.code == .notARepository)
  }

  @Test(.enabled(if: getuid() == 0, "only root can give a directory away"))
  func tellsHowToTrustAnotherUsersRepository() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.makeRepository()
    try FileManager.default.setAttributes([.ownerAccountID: 65534], ofItemAtPath: path)
    try FileManager.default.setAttributes([.ownerAccountID: 65534], ofItemAtPath: path + "/.git")
    let error = #expect(throws: GitError.self) {
      try GitRepository(discovering: path + "/manifests")
    }
    #expect(error?.code == .notOwned)
    #expect(error?.message.hasSuffix("git config --global --add safe.directory \(path)") == true)
  }

  @Test(arguments: ["objectFormat=sha256", "refStorage=reftable", "partialClone=origin"])
  func refusesFormatsItCannotRead(extension: String) throws {
    // Not every Git can make such a repository; what it writes into the configuration is known.
    let directory = try TemporaryDirectory()
    let setting = `extension`.split(separator: "=").map(String.init)
    try directory.git("init", "-q", "repo")
    try directory.write(
      "[core]\nrepositoryFormatVersion = 1\n[extensions]\n\(setting[0]) = \(setting[1])\n",
      to: "repo/.git/config")
    let error = #expect(throws: GitError.self) {
      try GitRepository(discovering: directory.path + "/repo")
    }
    #expect(error?.code == .unsupported)
    #expect(error?.message.contains("SHA-1") == true)
  }

  @Test func opensASparseCheckout() async throws {
    let directory = try TemporaryDirectory()
    let path = try directory.makeRepository()
    try directory.git("sparse-checkout", "set", "manifests", in: "repo")
    let repository = try GitRepository(discovering: path)
    #expect(try await repository.files(at: repository.resolve("HEAD")).count == 2)
  }

  @Test func readsAndCommitsInAnUnbornRepository() async throws {
    let directory = try TemporaryDirectory()
    try directory.git("init", "-q", "-b", "main", "repo")
    let repository = try GitRepository(discovering: directory.path + "/repo")
    #expect(try await repository.head() == nil)
    #expect(try await repository.tip(of: "weir/prod") == nil)
    await #expect(throws: GitError.self) { try await repository.resolve("HEAD") }
    try await repository.commit(
      writing(["state.json": "{}\n"]), message: "first", author: author, on: "weir/prod",
      expecting: nil)
    #expect(try await repository.head() == nil)
    #expect(try directory.git("show", "weir/prod:state.json", in: "repo") == "{}")
  }

  @Test func worksInABareRepository() async throws {
    let directory = try TemporaryDirectory()
    _ = try directory.makeRepository()
    try directory.git("clone", "-q", "--bare", "repo", "bare.git")
    let repository = try GitRepository(discovering: directory.path + "/bare.git")
    #expect(repository.workTree == nil)
    let id = try await repository.commit(
      writing(["state.json": "{}"]), message: "first", author: author, on: "weir/prod",
      expecting: nil)
    #expect(try directory.git("rev-parse", "weir/prod", in: "bare.git") == id.hex)
  }

  @Test func sharesBranchesWithALinkedWorktree() async throws {
    let directory = try TemporaryDirectory()
    let path = try directory.makeRepository()
    try directory.git("worktree", "add", "-q", "-b", "side", "../linked", in: "repo")
    let repository = try GitRepository(discovering: directory.path + "/linked/manifests")
    #expect(repository.gitDirectory == path + "/.git")
    #expect(repository.workTree == directory.path + "/linked")
    let id = try await repository.commit(
      writing(["state.json": "{}"]), message: "first", author: author, on: "weir/prod",
      expecting: nil)
    #expect(try directory.git("rev-parse", "weir/prod", in: "repo") == id.hex)
  }

  @Test func readsTheConfiguration() async throws {
    let directory = try TemporaryDirectory()
    let path = try directory.makeRepository()
    try directory.git("config", "user.name", "", in: "repo")
    let repository = try GitRepository(discovering: path)
    #expect(try await repository.defaultSignature() == nil)
    #expect(try await repository.configValue("weir.none") == nil)
    try directory.git("config", "user.name", "Ann", in: "repo")
    try directory.git("config", "user.email", "ann@example.com", in: "repo")
    #expect(
      try await repository.defaultSignature(at: author.time)
        == Signature(name: "Ann", email: "ann@example.com", time: author.time))
  }
}
