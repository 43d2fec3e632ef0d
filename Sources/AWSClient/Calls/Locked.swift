internal import Foundation

/// A value that one task at a time may touch.
///
/// A lock of pthreads, not `Synchronization.Mutex`: on Linux Thread Sanitizer cannot see the latter.
final class Locked<Value: Sendable>: @unchecked Sendable {
  // Sound because `value` is touched only while `lock` is held.
  private let lock = NSLock()
  private var value: Value

  /// Starts with a value.
  init(_ value: Value) { self.value = value }

  /// Runs the work while nobody else can touch the value. The work must not wait.
  func withLock<Result>(_ work: (inout Value) -> Result) -> Result {
    lock.withLock { work(&value) }
  }
}
