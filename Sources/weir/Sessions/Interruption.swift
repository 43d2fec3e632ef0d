internal import Dispatch
internal import Foundation
internal import Glibc
internal import Synchronization

/// What Ctrl-C does to a command.
///
/// While nothing is written, it cancels the command, which says so and ends; what does not end within
/// a second is ended. While writes run, the first time no other write begins, and the second time the
/// process ends at once and leaves the apply to `weir recover`.
final class Interruption: Sendable {
  /// How long a cancelled command may take to end, in milliseconds.
  private static let patience = 700

  private enum Reaction {
    case cancel(@Sendable () -> Void)
    case stopWriting(notice: @Sendable () -> Void)
  }

  private struct State {
    var reaction: Reaction
    var isRequested = false
  }

  private let state: Mutex<State>
  // Made in `init` and touched again in `deinit` only, when nobody else can hold it.
  nonisolated(unsafe) private let sources: [any DispatchSourceSignal]

  /// Watches for interrupts from here on, when no other write is to begin.
  ///
  /// - Parameter notice: told at the first interrupt.
  convenience init(notice: @escaping @Sendable () -> Void) {
    self.init(.stopWriting(notice: notice))
  }

  private init(_ reaction: Reaction) {
    state = Mutex(State(reaction: reaction))
    unsafe sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      return DispatchSource.makeSignalSource(signal: number, queue: .global())
    }
    for source in unsafe sources {
      source.setEventHandler { [weak self] in self?.interrupt() }
      source.resume()
    }
  }

  deinit { for source in unsafe sources { source.cancel() } }

  /// Whether somebody asked to stop.
  var isStopping: Bool { state.withLock { $0.isRequested } }

  /// Does work that an interrupt cancels.
  ///
  /// - Throws: what the work throws; `CancellationError` where it was cancelled.
  static func cancelling<Result: Sendable>(
    _ work: @escaping @Sendable (Interruption) async throws -> Result
  ) async throws -> Result {
    let (starts, start) = AsyncStream<Interruption>.makeStream()
    let task = Task {
      for await interruption in starts { return try await work(interruption) }
      throw CancellationError()
    }
    let interruption = Interruption(.cancel { task.cancel() })
    start.yield(interruption)
    // Signals are watched as long as it lives.
    defer { withExtendedLifetime(interruption) {} }
    return try await task.value
  }

  /// From here on writes run: an interrupt lets them end, and lets no other begin.
  ///
  /// - Throws: `CancellationError` where somebody asked to stop before.
  func letWritesEnd(notice: @escaping @Sendable () -> Void) throws(CancellationError) {
    let isLate = state.withLock { state in
      if !state.isRequested { state.reaction = .stopWriting(notice: notice) }
      return state.isRequested
    }
    if isLate { throw CancellationError() }
  }

  private func interrupt() {
    let (wasRequested, reaction) = state.withLock { state in
      defer { state.isRequested = true }
      return (state.isRequested, state.reaction)
    }
    if wasRequested { _exit(130) }
    switch reaction {
    case .stopWriting(let notice): notice()
    case .cancel(let cancel):
      cancel()
      // What blocks a thread, such as a question to a person, hears of no cancellation.
      DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(Self.patience)) {
        FileHandle.standardError.write(Data("Interrupted.\n".utf8))
        _exit(130)
      }
    }
  }
}
