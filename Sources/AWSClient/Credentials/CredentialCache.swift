internal import Foundation

/// The credentials of a client: kept until shortly before they end, renewed once for all who wait.
actor CredentialCache {
  /// Temporary credentials are renewed this long before they end.
  static let margin: TimeInterval = 300

  private let provider: any CredentialProvider
  private var current: Credentials?
  private var waiters: [Int: CheckedContinuation<Credentials, any Error>] = [:]
  private var nextWaiter = 0
  private var renewal: Task<Void, Never>?

  /// Keeps what the provider gives.
  init(_ provider: any CredentialProvider) { self.provider = provider }

  /// Credentials that are good for now.
  func credentials(_ context: CredentialContext) async throws -> Credentials {
    if let current, !endsSoon(current, at: context.configuration.now()) { return current }
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
    if current == refused { current = nil }
  }

  private func endsSoon(_ credentials: Credentials, at now: Date) -> Bool {
    guard let end = credentials.expiration else { return false }
    return end.timeIntervalSince(now) < Self.margin
  }

  private func renew(_ context: CredentialContext) {
    guard renewal == nil else { return }
    renewal = Task {
      do {
        switch try await provider.lookUp(context) {
        case .found(let credentials):
          guard credentials.areWellFormed else {
            throw CredentialFault(
              provider: provider.name, message: "a key holds a space, a line end or the like")
          }
          finish(.success(credentials))
        case .absent(let reason):
          let attempt = NoCredentials.Attempt(provider: provider.name, reason: reason)
          finish(.failure(NoCredentials(attempts: [attempt])))
        }
      } catch {
        // Credentials that still hold are better than none.
        if let current, let end = current.expiration, end > context.configuration.now() {
          finish(.success(current))
        } else {
          finish(.failure(error))
        }
      }
    }
  }

  private func finish(_ result: Result<Credentials, any Error>) {
    renewal = nil
    if case .success(let credentials) = result { current = credentials }
    let waiting = waiters.values
    waiters = [:]
    for continuation in waiting { continuation.resume(with: result) }
  }

  private func giveUp(_ waiter: Int) {
    waiters.removeValue(forKey: waiter)?.resume(throwing: CancellationError())
    if waiters.isEmpty { renewal?.cancel() }
  }
}
