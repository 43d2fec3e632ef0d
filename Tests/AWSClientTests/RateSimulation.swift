import CurlTransport
import Foundation

@testable import AWSClient

/// A time of its own: it passes only when no task on this executor can go on, so that hours take
/// milliseconds and every run is the same.
final class SimulatedTime: TaskExecutor, @unchecked Sendable {
  private struct Sleeper {
    let id: Int
    let wakes: Date
    let continuation: CheckedContinuation<Void, any Error>
  }

  // All below is touched only with the condition locked, which makes the class Sendable.
  private let condition = NSCondition()
  private var jobs: [UnownedJob] = []
  private var sleepers: [Sleeper] = []
  private var lastID = 0
  private var current = Date(timeIntervalSince1970: 1_440_938_160)
  private var isStopped = false

  init() {
    let thread = Thread { [self] in while runNext() {} }
    thread.stackSize = 16 << 20
    thread.start()
  }

  /// What time it is.
  var now: Date { locked { current } }

  /// Ends the executor's thread; nothing may run on it any more.
  func stop() {
    locked {
      isStopped = true
      condition.signal()
    }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    locked {
      jobs.append(job)
      condition.signal()
    }
  }

  /// Waits for so many seconds of this time.
  func sleep(_ seconds: Double) async throws {
    let id = locked {
      lastID += 1
      return lastID
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isCancelled = locked {
          guard !Task.isCancelled else { return true }
          let wakes = current.addingTimeInterval(seconds)
          // Stable: who came first wakes first.
          let place = sleepers.lastIndex { $0.wakes <= wakes }.map { $0 + 1 } ?? 0
          sleepers.insert(
            Sleeper(id: id, wakes: wakes, continuation: continuation), at: place)
          condition.signal()
          return false
        }
        if isCancelled { continuation.resume(throwing: CancellationError()) }
      }
    } onCancel: {
      let sleeper = locked {
        sleepers.firstIndex { $0.id == id }.map { sleepers.remove(at: $0) }
      }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
  }

  private func runNext() -> Bool {
    condition.lock()
    while jobs.isEmpty, sleepers.isEmpty, !isStopped { condition.wait() }
    if isStopped {
      condition.unlock()
      return false
    }
    if jobs.isEmpty {
      let sleeper = sleepers.removeFirst()
      current = max(current, sleeper.wakes)
      condition.unlock()
      sleeper.continuation.resume()
    } else {
      let job = jobs.removeFirst()
      condition.unlock()
      unsafe job.runSynchronously(on: asUnownedTaskExecutor())
    }
    return true
  }

  private func locked<Result>(_ work: () -> Result) -> Result {
    condition.lock()
    defer { condition.unlock() }
    return work()
  }
}

/// A service that answers after a while, and throttles what comes faster than its bucket refills.
final class ThrottlingService: HTTPTransport {
  struct Counts {
    var served = 0
    var throttled = 0
    var inFlight = 0
    var mostInFlight = 0
    fileprivate var tokens: Double
    fileprivate var filled: Date
  }

  private let time: SimulatedTime
  private let latency: Double
  private let limit: @Sendable (Double) -> RateLimit
  private let start: Date
  private let state: Locked<Counts>

  /// A service whose limit may depend on the seconds since its start.
  init(
    _ time: SimulatedTime, latency: Double = 0.03, limit: @escaping @Sendable (Double) -> RateLimit
  ) {
    self.time = time
    self.latency = latency
    self.limit = limit
    start = time.now
    state = Locked(Counts(tokens: limit(0).burst, filled: time.now))
  }

  var counts: Counts { state.withLock { $0 } }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    state.withLock { state in
      state.inFlight += 1
      state.mostInFlight = max(state.mostInFlight, state.inFlight)
    }
    defer { state.withLock { $0.inFlight -= 1 } }
    try await time.sleep(latency)
    let now = time.now
    let isServed = state.withLock { state in
      let limit = limit(now.timeIntervalSince(start))
      let refilled = now.timeIntervalSince(state.filled) * limit.perSecond
      state.tokens = min(limit.burst, state.tokens + refilled)
      state.filled = now
      // A little grace, because sums of fractions are never exact.
      guard state.tokens > 1 - 1e-6 else {
        state.throttled += 1
        return false
      }
      state.tokens -= 1
      state.served += 1
      return true
    }
    return isServed
      ? HTTPResponse(status: 200, body: Data(#"{"clusterArns":[]}"#.utf8))
      : HTTPResponse(status: 400, body: Data(#"{"__type":"ThrottlingException"}"#.utf8))
  }
}
