internal import Foundation
internal import Subprocess
internal import SystemPackage

/// The `git` program, for talking to remotes: it brings the user's ssh configuration, agents,
/// credential helpers, proxies and URL rewriting, which libgit2 does not know.
///
/// It is run without a shell. No call blocks the cooperative pool.
struct GitProgram: Sendable {
  private let path: String
  private let settings: GitSettings

  /// Finds `git` on the path and checks its version.
  ///
  /// - Throws: `.noProgram` where there is none, or it is older than 2.30.
  init(_ settings: GitSettings) async throws(GitError) {
    self.settings = settings
    path = try Self.find(on: settings.environment["PATH"] ?? "")
    let output = try await run(["--version"], "find the git program", in: "/")
    guard let version = Self.version(in: output.standardOutput) else {
      throw GitError(
        .noProgram, operation: "find the git program", message: "\(path) does not say its version")
    }
    guard (2, 30) <= version else {
      throw GitError(
        .noProgram, operation: "find the git program",
        message: "\(path) is version \(version.0).\(version.1), and 2.30 or later is needed")
    }
  }

  /// Runs `git` to its end and returns what it printed, whatever its exit status.
  ///
  /// At the deadline, and when the task is cancelled, it is asked to end, then killed.
  func run(
    _ arguments: [String], _ operation: String, in directory: String
  ) async throws(GitError) -> GitOutput {
    var isLate = false
    var result: Result<GitOutput, any Error>?
    await withTaskGroup(of: Event.self) { group in
      group.addTask {
        do {
          return .ended(.success(try await spawn(arguments, in: directory)))
        } catch {
          return .ended(.failure(error))
        }
      }
      group.addTask {
        (try? await Task.sleep(for: settings.timeout)) == nil ? .awoken : .deadline
      }
      for await event in group {
        switch event {
        case .ended(let ended): result = ended
        case .deadline: isLate = result == nil
        case .awoken: break
        }
        group.cancelAll()
      }
    }
    // What ended by itself counts, even when it did so in the last moment.
    if case .success(let output) = result, case .exited = output.status { return output }
    if isLate {
      throw GitError(
        .network, operation: operation, message: "timed out after \(settings.timeout)")
    }
    if Task.isCancelled {
      throw GitError(.cancelled, operation: operation, message: "the task was cancelled")
    }
    throw Self.failure(result, operation: operation)
  }

  private enum Event: Sendable {
    case ended(Result<GitOutput, any Error>)
    case deadline
    case awoken
  }

  /// Starts the process and drains both of its outputs until it has ended.
  private func spawn(_ arguments: [String], in directory: String) async throws -> GitOutput {
    var options = PlatformOptions()
    // Without a terminal of its own, ssh fails at once where it would wait for an answer. With a
    // person there it stays in our process group, or the terminal would stop it when it reads.
    options.createSession = !settings.isInteractive
    options.teardownSequence = [
      .gracefulShutDown(
        toProcessGroup: !settings.isInteractive, allowedDurationToNextStep: .seconds(2))
    ]
    var environment: [Environment.Key: String] = [:]
    for (name, value) in settings.childEnvironment {
      if let key = Environment.Key(rawValue: name) { environment[key] = value }
    }
    let result = try await Subprocess.run(
      .path(.init(path)), arguments: .init(arguments), environment: .custom(environment),
      workingDirectory: .init(directory), platformOptions: options, input: .none,
      output: .string(limit: Self.outputLimit), error: .string(limit: Self.outputLimit))
    return GitOutput(
      status: GitOutput.Status(result.terminationStatus),
      standardOutput: result.standardOutput, standardError: result.standardError)
  }

  /// The error of a run that neither exited nor was ended by us.
  private static func failure(
    _ result: Result<GitOutput, any Error>?, operation: String
  ) -> GitError {
    switch result {
    case .success(let output):
      return GitError(.other(1), operation: operation, message: "git ended by \(output.status)")
    case .failure(let error as SubprocessError) where error.code == .outputLimitExceeded:
      return GitError(
        .other(1), operation: operation,
        message: "git or the remote printed more than \(outputLimit) bytes")
    case .failure(let error):
      return GitError(.noProgram, operation: operation, message: "cannot run git: \(error)")
    case nil: preconditionFailure("a run of git ends in some way")
    }
  }

  private static let outputLimit = 1 << 20

  /// The first `git` in an absolute directory of the path: what lies in the working directory is not run.
  private static func find(on searchPath: String) throws(GitError) -> String {
    for directory in searchPath.split(separator: ":") where directory.hasPrefix("/") {
      let candidate = "\(directory)/git"
      var isDirectory: ObjCBool = false
      if unsafe FileManager.default.fileExists(atPath: candidate, isDirectory: &isDirectory),
        !isDirectory.boolValue, FileManager.default.isExecutableFile(atPath: candidate)
      {
        return candidate
      }
    }
    throw GitError(
      .noProgram, operation: "find the git program",
      message: "there is no git on the path, and it is needed to talk to remotes")
  }

  /// The first two numbers of `git version 2.39.5 (...)`.
  private static func version(in text: String) -> (Int, Int)? {
    guard let match = text.firstMatch(of: /^git version (\d{1,4})\.(\d{1,4})/),
      let major = Int(match.1), let minor = Int(match.2)
    else { return nil }
    return (major, minor)
  }
}

extension GitOutput.Status {
  fileprivate init(_ status: TerminationStatus) {
    switch status {
    case .exited(let code): self = .exited(Int(code))
    case .signaled(let signal): self = .signal(Int(signal))
    }
  }
}
