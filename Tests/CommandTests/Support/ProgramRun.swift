import Foundation
import Glibc
import Synchronization
import Testing

/// A program that has ended: its exit code and what it wrote.
struct ProgramResult: Sendable {
  /// The exit code; 128 and the number of the signal where one ended it.
  let code: Int32
  let output: String
  let errors: String
}

/// A program that runs. Spawned without Foundation's `Process`, which crashes on Linux where many
/// threads open and close files.
final class ProgramRun: Sendable {
  private let pid: pid_t
  private let files: URL
  private let ending: Task<Int32, Never>

  /// Starts a program; what it writes goes to files, so that it never waits for a reader.
  init(
    _ executable: String, _ arguments: [String], in directory: String,
    environment: [String: String]
  ) throws {
    files = try makeTemporaryDirectory("run")
    let pid = try spawn(
      executable, arguments, in: directory, environment: environment,
      output: files.appending(path: "output").path(), errors: files.appending(path: "errors").path()
    )
    self.pid = pid
    let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
    // A thread of its own waits, so that no task's thread is blocked.
    Thread.detachNewThread {
      continuation.yield(waitForEnd(of: pid))
      continuation.finish()
    }
    ending = Task {
      var status: Int32 = -1
      for await value in stream { status = value }
      return status
    }
  }

  deinit { removeFiles() }

  /// Removes what it has written.
  func removeFiles() { try? FileManager.default.removeItem(at: files) }

  /// Sends a signal.
  func send(_ signal: Int32) { kill(pid, signal) }

  /// Waits for its end. A program that runs for longer than `seconds` is killed.
  func result(within seconds: Double = 300) async -> ProgramResult {
    let guardian = Task {
      try await Task.sleep(for: .seconds(seconds))
      send(SIGKILL)
    }
    let status = await ending.value
    guardian.cancel()
    let signal = status & 0x7F
    return ProgramResult(
      code: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, output: written("output"),
      errors: written("errors"))
  }

  /// What it has written to standard error so far.
  var errorsSoFar: String { written("errors") }

  private func written(_ name: String) -> String {
    let data = try? Data(contentsOf: files.appending(path: name))
    return String(decoding: data ?? Data(), as: UTF8.self)
  }
}

/// Starts a program with nothing on standard input.
private func spawn(
  _ executable: String, _ arguments: [String], in directory: String,
  environment: [String: String], output: String, errors: String
) throws -> pid_t {
  var actions = unsafe posix_spawn_file_actions_t()
  unsafe posix_spawn_file_actions_init(&actions)
  defer { unsafe posix_spawn_file_actions_destroy(&actions) }
  let writing = O_WRONLY | O_CREAT | O_TRUNC
  unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  unsafe posix_spawn_file_actions_addopen(&actions, 1, output, writing, 0o600)
  unsafe posix_spawn_file_actions_addopen(&actions, 2, errors, writing, 0o600)
  var attributes = posix_spawnattr_t()
  unsafe posix_spawnattr_init(&attributes)
  defer { unsafe posix_spawnattr_destroy(&attributes) }
  var none = sigset_t()
  var all = sigset_t()
  unsafe sigemptyset(&none)
  unsafe sigfillset(&all)
  unsafe posix_spawnattr_setsigmask(&attributes, &none)
  unsafe posix_spawnattr_setsigdefault(&attributes, &all)
  unsafe posix_spawnattr_setflags(
    &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
  // Glibc's module does not show the action that changes the directory; env has it.
  let command = ["/usr/bin/env", "--chdir=\(directory)", executable] + arguments
  let variables = environment.map { "\($0.key)=\($0.value)" }
  let argv = unsafe command.map { unsafe strdup($0) } + [nil]
  let envp = unsafe variables.map { unsafe strdup($0) } + [nil]
  defer { unsafe (argv + envp).forEach { unsafe free($0) } }
  var pid: pid_t = 0
  let code = unsafe posix_spawn(&pid, command[0], &actions, &attributes, argv, envp)
  guard code == 0 else {
    throw SandboxFailure(
      message: "\(executable) does not start: \(unsafe String(cString: strerror(code)))")
  }
  return pid
}

/// The status of a process that has ended.
private func waitForEnd(of pid: pid_t) -> Int32 {
  var status: Int32 = 0
  while unsafe waitpid(pid, &status, 0) == -1, errno == EINTR {}
  return status
}

/// A new directory whose path always has the same length, so that lines always wrap alike.
func makeTemporaryDirectory(_ name: String) throws -> URL {
  let url = URL(filePath: "/tmp/weir-\(name)-\(UUID().uuidString.prefix(8))")
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  return url
}

/// Writes a script that can be run at once.
///
/// Another process puts it there: one that this process starts meanwhile would hold a file open that is
/// written here, and Linux runs no program that is open for writing.
func writeProgram(_ text: String, at path: String) async throws {
  let draft = path + ".draft"
  try Data(text.utf8).write(to: URL(filePath: draft))
  let run = try ProgramRun(
    "/usr/bin/install", ["-m", "755", draft, path], in: "/", environment: [:])
  let result = await run.result()
  #expect(result.code == 0, "\(result.errors)")
}
