internal import Foundation

/// The credentials of a client: kept until shortly before they end, renewed once for all who wait.
///
/// While they age a renewal runs beside the calls; when they are about to end calls wait for it. A
/// renewal that fails is not tried again for a while, as long as the old ones hold.
actor CredentialCache {
  /// After a failure the next renewal waits this long.
  static let pause: TimeInterval = 60

  private let provider: any CredentialProvider
  /// Changed by the actor alone; read by every call, which need not wait for the actor then.
  private nonisolated let kept = Locked<HeldCredentials?>(nil)
  /// No renewal begins before this time while the old credentials can be used.
  private var nextRenewal = Date.distantPast
  private var waiters: [Int: CheckedContinuation<Credentials, any Error>] = [:]
  private var nextWaiter = 0
  private var renewal: Task<Void, Never>?
  /// Tells the renewal that runs from those that were given up.
  private var round = 0

  /// Keeps what the provider gives.
  init(_ provider: any CredentialProvider) { self.provider = provider }

  /// Credentials that are good for now.
  nonisolated func credentials(_ context: CredentialContext) async throws -> Credentials {
    if let held, held.age(at: context.configuration.now()) == .young { return held.credentials }
    return try await renewed(context)
  }

  private nonisolated var held: HeldCredentials? { kept.withLock { $0 } }

  private func renewed(_ context: CredentialContext) async throws -> Credentials {
    let now = context.configuration.now()
    if let held {
      let age = held.age(at: now)
      let isUsable = age != .ended || held.credentials.outlivesExpiration
      if age == .young || isUsable && now < nextRenewal { return held.credentials }
      if age == .aging {
        renew(context)
        return held.credentials
      }
    }
    let waiter = nextWaiter
    nextWaiter += 1
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        guard !Task.isCancelled else { return continuation.resume(throwing: CancellationError()) }
        waiters[waiter] = continuation
        renew(context)
      }
    } onCancel: {
      Task { await self.giveUp(waiter) }
    }
  }

  /// Forgets credentials that AWS refuses, so that the next call gets new ones.
  func discard(_ refused: Credentials) {
    if held?.credentials == refused { kept.withLock { $0 = nil } }
  }

  private func renew(_ context: CredentialContext) {
    guard renewal == nil else { return }
    round += 1
    let round = round
    renewal = Task {
      do {
        finish(round, .success(try await look(context)), context)
      } catch {
        finish(round, .failure(error), context)
      }
    }
  }

  private func look(_ context: CredentialContext) async throws -> HeldCredentials {
    switch try await provider.held(context) {
    case .found(let found): return found
    case .absent(let reason):
      throw NoCredentials(attempts: [.init(provider: provider.name, reason: reason)])
    }
  }

  private func finish(
    _ round: Int, _ result: Result<HeldCredentials, any Error>, _ context: CredentialContext
  ) {
    guard round == self.round else { return }
    renewal = nil
    let now = context.configuration.now()
    var outcome = result
    switch result {
    case .success(let found):
      kept.withLock { $0 = found }
      // What a service gives although it has ended is all it has: it is asked again in a while.
      nextRenewal = found.age(at: now) == .ended ? stableUntil(now, context) : .distantPast
    case .failure:
      guard let held else { break }
      if held.credentials.outlivesExpiration {
        nextRenewal = stableUntil(now, context)
        outcome = .success(held)
      } else if held.age(at: now) != .ended {
        // Credentials that still hold are better than none.
        nextRenewal = now.addingTimeInterval(Self.pause)
        outcome = .success(held)
      }
    }
    let waiting = waiters.values
    waiters = [:]
    for continuation in waiting { continuation.resume(with: outcome.map(\.credentials)) }
  }

  /// Five to ten minutes from now, so that not all instances ask at once.
  private func stableUntil(_ now: Date, _ context: CredentialContext) -> Date {
    now.addingTimeInterval(300 + 300 * context.configuration.random())
  }

  private func giveUp(_ waiter: Int) async {
    guard let continuation = waiters.removeValue(forKey: waiter) else { return }
    if waiters.isEmpty, let renewal {
      renewal.cancel()
      self.renewal = nil
      // What the cancelled renewal says does not reach who comes later.
      round += 1
      // The program may end with the last waiter: a terminal gets its echo back before, a program
      // that was asked for keys is ended, a token that was renewed is kept.
      await renewal.value
    }
    continuation.resume(throwing: CancellationError())
  }
}
