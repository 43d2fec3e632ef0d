internal import Foundation

/// Where the calls of one family wait for their turn: first come, first served, but what is tried
/// again comes before what is tried for the first time.
///
/// Only the first of the line sleeps, in its own task, until there is a request for it in the bucket;
/// the others wait for the line to move. So a setback reaches all of them, and there is nothing to
/// wake up too early and no task beside those of the callers.
final class RateLine: Sendable {
  /// How many requests of a family without a known limit may be under way at first. Each success
  /// adds one, so that a service with a low limit does not throttle dozens at once.
  static let firstWindow = 8

  /// The right to send one request; to be given back with `leave`.
  struct Permit: Sendable {
    fileprivate let round: Int
  }

  /// What became of a request.
  enum Outcome: Sendable {
    /// The service has dealt with it.
    case answered
    /// The service says: too many.
    case throttled
    /// It tells nothing about the rate.
    case unknown
  }

  private struct State {
    var bucket: RateBucket
    var window: Int
    var inFlight = 0
    /// Whether somebody is first in line and not among `waiting` any more.
    var hasFirst = false
    var waiting = WaitingCalls()

    /// The next to come first, if there is room for it.
    mutating func advance() -> WaitingCalls.Continuation? {
      guard !hasFirst, inFlight < window, let next = waiting.popFirst() else { return nil }
      hasFirst = true
      return next
    }

    mutating func grant(at now: Date) -> Permit {
      bucket.take(at: now)
      inFlight += 1
      return Permit(round: bucket.round)
    }
  }

  private enum Step {
    case go(Permit, next: WaitingCalls.Continuation?)
    case sleep(Double, round: Int)
  }

  private let state: Locked<State>
  private let maximumInFlight: Int
  private let now: @Sendable () -> Date
  private let sleep: @Sendable (Double) async throws -> Void

  /// An empty line.
  init(
    _ limit: RateLimit?, maximumInFlight: Int, now: @escaping @Sendable () -> Date,
    sleep: @escaping @Sendable (Double) async throws -> Void
  ) {
    let window = limit == nil ? min(Self.firstWindow, maximumInFlight) : maximumInFlight
    state = Locked(State(bucket: RateBucket(limit, at: now()), window: window))
    self.maximumInFlight = maximumInFlight
    self.now = now
    self.sleep = sleep
  }

  /// Waits for its turn.
  ///
  /// - Throws: `CancellationError`, at once where the task is cancelled.
  func enter(isRetry: Bool) async throws -> Permit {
    if let permit = enterAtOnce() { return permit }
    try await comeFirst(isRetry: isRetry)
    var sleptIn: Int?
    while true {
      switch stepForward(sleptIn: sleptIn) {
      case .go(let permit, let next):
        next?.resume()
        return permit
      case .sleep(let seconds, let round):
        do {
          try await sleep(seconds)
        } catch {
          giveUpFirst()
          throw CancellationError()
        }
        sleptIn = round
      }
    }
  }

  /// Gives a permit back, whatever became of its request.
  func leave(_ permit: Permit, _ outcome: Outcome) {
    let now = now()
    let next = state.withLock { state in
      state.inFlight -= 1
      switch outcome {
      case .answered:
        state.bucket.noteSuccess(at: now)
        state.window = min(state.window + 1, maximumInFlight)
      case .throttled: state.bucket.noteThrottle(sentIn: permit.round, at: now)
      case .unknown: break
      }
      return state.advance()
    }
    next?.resume()
  }

  private func enterAtOnce() -> Permit? {
    let now = now()
    return state.withLock { state in
      guard !state.hasFirst, state.waiting.isEmpty, state.inFlight < state.window,
        state.bucket.delay(at: now) == 0
      else { return nil }
      return state.grant(at: now)
    }
  }

  private func comeFirst(isRetry: Bool) async throws {
    let id = state.withLock { $0.waiting.nextID() }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let next = state.withLock { state in
          // Under the lock, so that a cancellation either is seen here or finds the call in line.
          guard !Task.isCancelled else { return WaitingCalls.Turn.cancelled }
          state.waiting.append(id, continuation, isRetry: isRetry)
          return .next(state.advance())
        }
        switch next {
        case .cancelled: continuation.resume(throwing: CancellationError())
        case .next(let next): next?.resume()
        }
      }
    } onCancel: {
      state.withLock { $0.waiting.remove(id) }?.resume(throwing: CancellationError())
    }
  }

  private func stepForward(sleptIn: Int?) -> Step {
    let now = now()
    return state.withLock { state in
      let delay = state.bucket.delay(at: now)
      // Who has slept has its request, by whatever clock, unless there was a setback meanwhile.
      guard delay == 0 || sleptIn == state.bucket.round else {
        return .sleep(delay, round: state.bucket.round)
      }
      state.hasFirst = false
      let permit = state.grant(at: now)
      return .go(permit, next: state.advance())
    }
  }

  private func giveUpFirst() {
    let next = state.withLock { state in
      state.hasFirst = false
      return state.advance()
    }
    next?.resume()
  }
}
