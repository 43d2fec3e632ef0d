internal import Foundation

/// A value behind a pthread mutex.
///
/// Not `Synchronization.Mutex`: on Linux that is a bare futex, which Thread Sanitizer cannot see.
///
/// `@unchecked Sendable` holds because the value is reached only with the mutex held, and what goes
/// in and comes out is `sending` or stays inside.
@safe
final class Locked<Value>: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private var value: Value

  /// A locked value.
  init(_ value: sending Value) {
    self.value = value
    unsafe mutex = .allocate(capacity: 1)
    unsafe mutex.initialize(to: pthread_mutex_t())
    let status = unsafe pthread_mutex_init(mutex, nil)
    precondition(status == 0, "pthread_mutex_init failed")
  }

  deinit {
    unsafe pthread_mutex_destroy(mutex)
    unsafe mutex.deallocate()
  }

  /// Runs the body with the mutex held; the body must neither wait nor lock this again.
  func withLock<Result>(_ body: (inout sending Value) -> sending Result) -> sending Result {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    return body(&value)
  }
}
