import Foundation
import GitStorage
import Testing

/// A bare repository `remote.git` and clones of it, each opened with its own settings.
struct RemoteFixture {
  let directory: TemporaryDirectory
  /// Where the clones push to, by path.
  var remotePath: String { directory.path + "/remote.git" }

  init() throws {
    directory = try TemporaryDirectory()
    _ = try directory.makeRepository()
    try directory.git("clone", "-q", "--bare", "repo", "remote.git")
  }

  /// A clone with `origin` at the bare repository or at another URL.
  func clone(
    _ name: String, origin: String? = nil, isInteractive: Bool = false,
    timeout: Duration = .seconds(60), environment: [String: String] = [:]
  ) throws -> GitRepository {
    try directory.git("clone", "-q", remotePath, name)
    if let origin { try directory.git("remote", "set-url", "origin", origin, in: name) }
    return try open(
      name, isInteractive: isInteractive, timeout: timeout, environment: environment)
  }

  /// Opens a repository below the directory, with nobody's configuration.
  func open(
    _ name: String, isInteractive: Bool = false, timeout: Duration = .seconds(60),
    environment: [String: String] = [:]
  ) throws -> GitRepository {
    let standard = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "HOME": directory.path, "GIT_CONFIG_NOSYSTEM": "1",
    ]
    return try GitRepository(
      discovering: directory.path + "/" + name,
      settings: GitSettings(
        environment: standard.merging(environment) { $1 }, isInteractive: isInteractive,
        timeout: timeout))
  }

  /// Writes an executable script. Another process puts it there: Linux runs no program that a process,
  /// started meanwhile by another thread, still holds open for writing.
  func script(_ text: String, at file: String) throws {
    try directory.write("#!/bin/sh\n" + text + "\n", to: file + ".draft")
    let path = directory.path + "/" + file
    let install = try Process.run(
      URL(filePath: "/usr/bin/install"), arguments: ["-m", "755", path + ".draft", path])
    install.waitUntilExit()
    guard install.terminationStatus == 0 else {
      throw CommandFailure(command: "install \(file)", output: "")
    }
  }

  /// A commit that no branch leads to.
  func commit(_ repository: GitRepository, _ text: String, after parent: CommitID?) async throws
    -> CommitID
  {
    try await repository.write(
      writing(["state.json": text, "größe/x": text]), message: text, author: author,
      parent: parent)
  }

  /// Where the branch stands in the bare repository; nil when it is not there.
  func remoteTip(_ branch: String = "weir/prod") -> CommitID? {
    (try? directory.git("rev-parse", "--verify", "-q", "refs/heads/" + branch, in: "remote.git"))
      .flatMap(CommitID.init)
  }
}

/// The code and message of what an asynchronous call throws.
func gitError(
  _ body: () async throws -> some Any, sourceLocation: SourceLocation = #_sourceLocation
) async -> GitError {
  do {
    _ = try await body()
    Issue.record("nothing was thrown", sourceLocation: sourceLocation)
  } catch let error as GitError {
    return error
  } catch {
    Issue.record("\(error) was thrown", sourceLocation: sourceLocation)
  }
  return GitError(.other(0), operation: "", message: "")
}
