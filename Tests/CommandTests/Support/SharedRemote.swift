import Foundation

/// A bare repository that shares the policy and the state, and clones of it, as on several machines.
final class SharedRemote: Sendable {
  /// Where it lies.
  let path: String
  private let scene: Scene

  /// Shares what the scene's repository holds; its `origin` is this.
  init(_ scene: Scene) async throws {
    self.scene = scene
    path = scene.repository.folder.appending(path: "remote.git").path()
    try await scene.repository.git("init", "-q", "--bare", "-b", "main", path)
    try await scene.repository.git("remote", "add", "origin", path)
    try await scene.repository.git("push", "-q", "origin", "main")
  }

  /// A clone in which somebody works; returns its directory.
  func clone(_ person: String) async throws -> String {
    let directory = scene.repository.folder.appending(path: person).path()
    let git = scene.repository
    try await git.git("clone", "-q", path, directory)
    try await git.git("-C", directory, "config", "user.name", person)
    try await git.git("-C", directory, "config", "user.email", "\(person)@git.example")
    return directory
  }

  /// Runs `git` in the bare repository.
  @discardableResult
  func git(_ arguments: String...) async throws -> String {
    try await scene.repository.git(["-C", path] + arguments)
  }

  /// Makes it unreachable.
  func hide() throws { try FileManager.default.moveItem(atPath: path, toPath: path + ".away") }

  /// Makes it reachable again.
  func show() throws { try FileManager.default.moveItem(atPath: path + ".away", toPath: path) }

  /// Lets it refuse every push, in these words.
  func refusePushes(_ words: String) async throws {
    try await writeProgram(
      "#!/bin/sh\necho '\(words)' >&2\nexit 1\n", at: path + "/hooks/pre-receive")
  }

  /// The subjects of a branch, the newest first.
  func subjects(_ branch: String) async throws -> [String] {
    try await git("log", "--format=%s", branch).split(separator: "\n").map(String.init)
  }
}
