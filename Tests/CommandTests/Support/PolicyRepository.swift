import Foundation

/// A policy in a Git repository of its own, for one test.
final class PolicyRepository: Sendable {
  /// The temporary directory that the repository lies in, as `repo`; also the tests' `HOME`.
  let folder: URL
  /// The repository.
  let root: URL

  private let environment: [String: String]

  /// A repository with one commit of the policy `Policies/NAME`, for the account; with the files in
  /// a subdirectory where one is named. Without a name it is empty and has no commit.
  init(_ name: String?, account: String, directory: String = "") async throws {
    folder = try makeTemporaryDirectory("policy")
    root = folder.appending(path: "repo")
    environment = plainEnvironment(home: folder.path())
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    try await git("init", "-q", "-b", "main")
    try await git("config", "user.name", "Ada Maintainer")
    try await git("config", "user.email", "ada@git.example")
    guard let name else { return }
    let source = Places.tests.appending(path: "Policies/\(name)")
    for file in try FileManager.default.subpathsOfDirectory(atPath: source.path()).sorted()
    where file.hasSuffix(".yaml") {
      let text = try String(contentsOf: source.appending(path: file), encoding: .utf8)
      try write(
        directory.isEmpty ? file : "\(directory)/\(file)",
        text.replacingOccurrences(of: "123456789012", with: account))
    }
    try await commit("Cost policy of \(name)")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Runs `git` here and returns what it printed, without the last line feed.
  @discardableResult
  func git(_ arguments: String...) async throws -> String { try await git(arguments) }

  /// The same with the arguments in a list.
  @discardableResult
  func git(_ arguments: [String]) async throws -> String {
    let run = try ProgramRun("/usr/bin/git", arguments, in: root.path(), environment: environment)
    let result = await run.result()
    guard result.code == 0 else {
      throw GitFailure(command: arguments.joined(separator: " "), message: result.errors)
    }
    return result.output.hasSuffix("\n") ? String(result.output.dropLast()) : result.output
  }

  /// Commits everything as it lies there, and returns the commit.
  @discardableResult
  func commit(_ message: String) async throws -> String {
    try await git("add", "-A")
    try await git("commit", "-q", "--allow-empty", "-m", message)
    return try await git("rev-parse", "HEAD")
  }

  /// Writes a file, with the directories above it.
  func write(_ file: String, _ text: String) throws {
    let url = root.appending(path: file)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// What a file holds.
  func read(_ file: String) throws -> String {
    try String(contentsOf: root.appending(path: file), encoding: .utf8)
  }

  /// Replaces a text that stands in a file.
  func edit(_ file: String, _ old: String, _ new: String) throws {
    let text = try read(file)
    guard text.contains(old) else { throw GitFailure(command: "edit \(file)", message: old) }
    try write(file, text.replacingOccurrences(of: old, with: new))
  }

  /// Removes files or folders.
  func remove(_ files: String...) throws {
    for file in files { try FileManager.default.removeItem(at: root.appending(path: file)) }
  }

  /// Makes lock files that Git left behind look older than a process could be that still holds them.
  func ageLocks() throws {
    for file in try FileManager.default.subpathsOfDirectory(atPath: root.path())
    where file.hasSuffix(".lock") {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -120)],
        ofItemAtPath: root.appending(path: file).path())
    }
  }

  /// Where a branch stands; empty where there is none.
  func tip(_ branch: String) async throws -> String {
    try await git("for-each-ref", "--format=%(objectname)", "refs/heads/\(branch)")
  }

  /// The subjects of a branch, the newest first.
  func subjects(_ branch: String) async throws -> [String] {
    try await git("log", "--format=%s", branch).split(separator: "\n").map(String.init)
  }
}

/// A `git` command that failed, or a text that a test did not find.
struct GitFailure: Error {
  let command: String
  let message: String
}
