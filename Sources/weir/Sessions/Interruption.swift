internal import Dispatch
internal import Foundation
internal import Glibc
internal import Synchronization

/// What Ctrl-C does while an apply runs: the first time no new write begins, the second time the
/// process ends at once and leaves the apply to `weir recover`.
final class Interruption: Sendable {
  private let isRequested = Atomic<Bool>(false)
  // Made in `init` and touched again in `deinit` only, when nobody else can hold it.
  nonisolated(unsafe) private let sources: [any DispatchSourceSignal]

  /// Watches for interrupts from here on.
  ///
  /// - Parameter notice: told at the first interrupt.
  init(notice: @escaping @Sendable () -> Void) {
    let signals = [SIGINT, SIGTERM]
    unsafe sources = signals.map { number in
      signal(number, SIG_IGN)
      return DispatchSource.makeSignalSource(signal: number, queue: .global())
    }
    for source in unsafe sources {
      source.setEventHandler { [weak self] in
        guard let self else { return }
        if isRequested.exchange(true, ordering: .relaxed) { _exit(130) }
        notice()
      }
      source.resume()
    }
  }

  deinit { for source in unsafe sources { source.cancel() } }

  /// Whether somebody asked to stop.
  var isStopping: Bool { isRequested.load(ordering: .relaxed) }
}
