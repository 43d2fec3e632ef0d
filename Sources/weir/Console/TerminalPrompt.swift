internal import Foundation

/// Asks the user on the terminal itself, whatever standard input and output are, and shows nothing of
/// what is typed.
struct TerminalPrompt: Sendable {
  /// Whether there is a terminal to ask on.
  static var isAvailable: Bool {
    let terminal = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    if terminal >= 0 { _ = close(terminal) }
    return terminal >= 0
  }

  /// The line that the user types; a cancelled task stops asking.
  func answer(to question: String) async throws -> String {
    let isCancelled = Cancellation()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread {
          continuation.resume(with: Result { try ask(question, isCancelled) })
        }
      }
    } onCancel: {
      isCancelled.set()
    }
  }

  /// Whether the asking task was cancelled.
  private final class Cancellation: @unchecked Sendable {
    // Sound because `isSet` is touched only while `lock` is held.
    private let lock = NSLock()
    private var isSet = false

    func set() { lock.withLock { isSet = true } }
    var hasHappened: Bool { lock.withLock { isSet } }
  }

  private func ask(_ question: String, _ cancellation: Cancellation) throws -> String {
    let terminal = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard terminal >= 0 else { throw CancellationError() }
    defer { _ = close(terminal) }
    var before = termios()
    unsafe tcgetattr(terminal, &before)
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO)
    unsafe tcsetattr(terminal, TCSAFLUSH, &silent)
    defer {
      unsafe tcsetattr(terminal, TCSAFLUSH, &before)
      show("\n", on: terminal)
    }
    show(question, on: terminal)
    var line: [UInt8] = []
    while true {
      if cancellation.hasHappened { throw CancellationError() }
      var entry = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
      guard unsafe poll(&entry, 1, 20) > 0 else { continue }
      var buffer = [UInt8](repeating: 0, count: 256)
      let count = unsafe read(terminal, &buffer, buffer.count)
      guard count > 0 else { throw CancellationError() }
      line += buffer[..<count]
      if line.last == UInt8(ascii: "\n") || line.count > 1024 { break }
    }
    return String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func show(_ text: String, on terminal: Int32) {
    let bytes = Array(text.utf8)
    _ = unsafe write(terminal, bytes, bytes.count)
  }
}
