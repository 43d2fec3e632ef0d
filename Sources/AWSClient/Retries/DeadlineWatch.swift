internal import Foundation

/// Ends calls whose time is over.
///
/// One task waits for the earliest of all deadlines, because a timer per call would cost more than a
/// small call, and would stay for minutes after it.
final class DeadlineWatch: Sendable {
  private struct Entry {
    let date: Date
    let end: @Sendable () -> Void
  }

  private struct State {
    var entries: [Int: Entry] = [:]
    var lastID = 0
    /// The date that the task waits for.
    var alarm: Date?
    var task: Task<Void, Never>?
  }

  private let state = Locked(State())
  private let now: @Sendable () -> Date
  private let sleep: @Sendable (Double) async throws -> Void

  /// A watch without deadlines; `sleep` waits for a number of seconds.
  init(
    now: @escaping @Sendable () -> Date, sleep: @escaping @Sendable (Double) async throws -> Void
  ) {
    self.now = now
    self.sleep = sleep
  }

  deinit { state.withLock { $0.task }?.cancel() }

  /// Calls `end` at the date, unless the number that is returned is removed before.
  func add(_ date: Date, end: @escaping @Sendable () -> Void) -> Int {
    let (id, isEarliest) = state.withLock { state in
      state.lastID += 1
      state.entries[state.lastID] = Entry(date: date, end: end)
      return (state.lastID, state.alarm.map { date < $0 } ?? true)
    }
    if isEarliest { wait() }
    return id
  }

  /// Forgets a deadline.
  func remove(_ id: Int) { state.withLock { _ = $0.entries.removeValue(forKey: id) } }

  /// Starts waiting for what is the earliest deadline now.
  private func wait() {
    state.withLock { state in
      state.task?.cancel()
      state.alarm = state.entries.values.map(\.date).min()
      guard let alarm = state.alarm else { return }
      let seconds = max(0, alarm.timeIntervalSince(now()))
      let sleep = sleep
      state.task = Task { [weak self] in
        guard (try? await sleep(seconds)) != nil, !Task.isCancelled else { return }
        self?.ring(alarm)
      }
    }
  }

  private func ring(_ date: Date) {
    let over = state.withLock { state in
      let over = state.entries.filter { $0.value.date <= date }
      for id in over.keys { state.entries[id] = nil }
      return over.values.map(\.end)
    }
    for end in over { end() }
    wait()
  }
}
