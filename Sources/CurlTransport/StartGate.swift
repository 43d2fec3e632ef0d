internal import Synchronization

/// Puts a call's start before its cancellation, though they come from different threads.
///
/// Whichever side comes second learns that it must post the cancellation; so it is posted once, and
/// never before the start.
final class StartGate: Sendable {
  private static let started: UInt8 = 1
  private static let cancelled: UInt8 = 2

  private let sides = Atomic<UInt8>(0)

  /// Notes the start; true where the cancellation came first and is now to be posted.
  func start() -> Bool {
    sides.bitwiseOr(Self.started, ordering: .acquiringAndReleasing).oldValue & Self.cancelled != 0
  }

  /// Notes the cancellation; true where the start came first, so the cancellation is to be posted.
  func cancel() -> Bool {
    sides.bitwiseOr(Self.cancelled, ordering: .acquiringAndReleasing).oldValue & Self.started != 0
  }
}
