internal import Foundation

/// The time of one call: when it is over the call's task is cancelled, and the call knows why.
final class CallDeadline: Sendable {
  private struct State {
    var entries: [Int] = []
    var end: (@Sendable () -> Void)?
    var isOver = false
  }

  private let watch: DeadlineWatch
  private let state = Locked(State())

  private init(_ watch: DeadlineWatch) { self.watch = watch }

  /// Whether the time is over.
  var isOver: Bool { state.withLock { $0.isOver } }

  /// Does the work in a task that ends when the caller's does, or at a deadline.
  static func during<Result: Sendable>(
    _ watch: DeadlineWatch, until date: Date?,
    _ work: @escaping @Sendable (CallDeadline) async -> Result
  ) async -> Result {
    let deadline = CallDeadline(watch)
    let task = Task { await work(deadline) }
    let isOver = deadline.state.withLock { state in
      state.end = { task.cancel() }
      return state.isOver
    }
    if isOver { task.cancel() }
    if let date { deadline.add(date) }
    defer { deadline.close() }
    return await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
  }

  /// Ends the call at a date, too.
  func add(_ date: Date) {
    let entry = watch.add(date) { [weak self] in self?.ring() }
    state.withLock { $0.entries.append(entry) }
  }

  private func ring() {
    let end = state.withLock { state in
      state.isOver = true
      return state.end
    }
    end?()
  }

  private func close() {
    let entries = state.withLock { state in
      state.end = nil
      return state.entries
    }
    for entry in entries { watch.remove(entry) }
  }
}
