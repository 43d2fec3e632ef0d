/// Puts a call's start before its cancellation, though they come from different threads.
///
/// Whichever side comes second learns that it must post the cancellation; so it is posted once, and
/// never before the start.
struct StartGate: Sendable {
  private struct Sides {
    var started = false
    var cancelled = false
  }

  private let sides = Locked(Sides())

  /// Notes the start; true where the cancellation came first and is now to be posted.
  func start() -> Bool {
    sides.withLock {
      $0.started = true
      return $0.cancelled
    }
  }

  /// Notes the cancellation; true where the start came first, so the cancellation is to be posted.
  func cancel() -> Bool {
    sides.withLock {
      $0.cancelled = true
      return $0.started
    }
  }
}
