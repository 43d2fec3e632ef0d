import Foundation
import GitStorage
import Testing

/// A directory of its own for one test, and the `git` command in it with nobody's configuration.
final class TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "weir-git-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Runs `git` in a directory below this one and returns what it printed, without the last newline.
  @discardableResult
  func git(_ arguments: String..., in directory: String = "") throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git"] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: path + "/" + directory)
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": path,
      "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8",
      "GIT_AUTHOR_NAME": "Test", "GIT_AUTHOR_EMAIL": "test@example.com",
      "GIT_COMMITTER_NAME": "Test", "GIT_COMMITTER_EMAIL": "test@example.com",
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw CommandFailure(command: arguments.joined(separator: " "), output: output)
    }
    return output.hasSuffix("\n") ? String(output.dropLast()) : output
  }

  /// Writes a file, with the directories above it.
  func write(_ text: String, to file: String) throws {
    let url = URL(fileURLWithPath: path + "/" + file)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// Makes a file look as if it had been written two minutes ago.
  func age(_ file: String) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -120)], ofItemAtPath: path + "/" + file)
  }

  /// Makes a repository `name` with two manifests and one commit on `main`.
  func makeRepository(_ name: String = "repo") throws -> String {
    try git("init", "-q", "-b", "main", name)
    try git("config", "core.quotePath", "false", in: name)
    try write("kind: Project\n", to: name + "/weir.yaml")
    try write("kind: TaskSize\n", to: name + "/manifests/tasks.yaml")
    try git("add", ".", in: name)
    try git("commit", "-q", "-m", "first", in: name)
    return path + "/" + name
  }
}

/// A `git` command that failed.
struct CommandFailure: Error {
  let command: String
  let output: String
}

/// The signature that the tests commit with.
let author = Signature(
  name: "Weir", email: "weir@example.com", time: Date(timeIntervalSince1970: 1_790_000_000))

/// A change that writes texts.
func writing(_ files: [String: String]) -> TreeChange {
  TreeChange(writes: files.mapValues { Data($0.utf8) })
}
