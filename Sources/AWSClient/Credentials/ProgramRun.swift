internal import Foundation

/// A program to run: no shell, its input and the terminal those of this process, its output ours,
/// its error output nobody's.
struct ProgramRun: Sendable {
  /// A path, or a name to look for in the `PATH` of this process.
  let program: String
  let arguments: [String]
  let environment: [String: String]
  let timeout: Duration

  /// How a program ended, and what it had printed.
  struct Outcome: Sendable {
    /// With a status of its own, or by a signal.
    enum End: Hashable, Sendable {
      case status(Int32)
      case signal(Int32)
    }

    let end: End
    let output: Data
  }

  /// Why a program did not end by itself.
  enum Failure: Error, Hashable {
    case notStarted(code: Int32)
    case timedOut
    case tooMuchOutput
  }

  /// Programs may print this many bytes.
  static let outputLimit = 1 << 20

  /// Runs the program on a thread of its own; a cancelled task ends the program.
  func outcome() async throws -> Outcome {
    let isCancelled = Locked(false)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread {
          continuation.resume(with: Result { try perform { isCancelled.withLock { $0 } } })
        }
      }
    } onCancel: {
      isCancelled.withLock { $0 = true }
    }
  }

  private func perform(_ isCancelled: () -> Bool) throws -> Outcome {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw Failure.notStarted(code: errno) }
    defer { _ = close(ends[0]) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    let process: pid_t
    do {
      defer { _ = close(ends[1]) }
      process = try start(output: ends[1])
    }
    var status: Int32 = 0
    do {
      let output = try output(of: process, from: ends[0], isCancelled)
      _ = unsafe waitpid(process, &status, 0)
      // The lowest seven bits are the signal, the next byte is the status.
      let signal = status & 0x7F
      return Outcome(
        end: signal == 0 ? .status((status >> 8) & 0xFF) : .signal(signal), output: output)
    } catch {
      kill(process, SIGKILL)
      _ = unsafe waitpid(process, &status, 0)
      throw error
    }
  }

  private func start(output: Int32) throws -> pid_t {
    var files = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&files)
    defer { unsafe posix_spawn_file_actions_destroy(&files) }
    unsafe posix_spawn_file_actions_adddup2(&files, output, 1)
    unsafe posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0)
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    // A program inherits ignored and blocked signals: it would not end on Ctrl-C.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGINT, SIGTERM, SIGPIPE, SIGHUP] { unsafe sigaddset(&signals, signal) }
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
    let words = unsafe ([program] + arguments).map { unsafe strdup($0) }
    let variables = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") }
    defer { unsafe (words + variables).forEach { unsafe free($0) } }
    var process = pid_t()
    let code = unsafe posix_spawnp(
      &process, program, &files, &attributes, words + [nil], variables + [nil])
    guard code == 0 else { throw Failure.notStarted(code: code) }
    return process
  }

  /// What the program prints until it ends: what it may have left running does not count.
  private func output(
    of process: pid_t, from descriptor: Int32, _ isCancelled: () -> Bool
  ) throws -> Data {
    let end = ContinuousClock.now + timeout
    var output = Data()
    var isOpen = true
    while true {
      if isCancelled() { throw CancellationError() }
      guard ContinuousClock.now < end else { throw Failure.timedOut }
      var entry = pollfd(fd: isOpen ? descriptor : -1, events: Int16(POLLIN), revents: 0)
      _ = unsafe poll(&entry, 1, isOpen ? 50 : 5)
      // Looked at before the pipe, so that all it printed is there; it stays to be waited for.
      var ended = unsafe siginfo_t()
      let flags = Int32(WEXITED) | Int32(WNOHANG) | Int32(WNOWAIT)
      unsafe waitid(P_PID, id_t(process), &ended, flags)
      isOpen = try isOpen && drain(descriptor, into: &output)
      if unsafe ended.si_signo == SIGCHLD { return output }
    }
  }

  /// Takes what the pipe holds; false at its end.
  private func drain(_ descriptor: Int32, into output: inout Data) throws -> Bool {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = unsafe read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return count < 0 }
      output += buffer[..<count]
      guard output.count <= Self.outputLimit else { throw Failure.tooMuchOutput }
    }
  }
}
