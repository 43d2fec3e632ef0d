internal import Model
internal import Rendering
internal import Synchronization

/// Shows how an apply goes: a live line on a terminal, plain lines elsewhere.
final class ProgressDisplay: Sendable {
  private let console: Console
  private let live: Mutex<LiveProgress>
  private let plain: ProgressLines

  init(_ console: Console) {
    self.console = console
    live = Mutex(LiveProgress(style: console.errorStyle))
    plain = ProgressLines(style: console.errorStyle)
  }

  /// Shows an event.
  func show(_ event: ApplyEvent) {
    if console.isErrorTerminal {
      // Drawn under the lock, so that two events never mix on the line.
      live.withLock { console.draw($0.text(for: event)) }
    } else {
      console.draw(plain.text(for: event))
    }
  }

  /// Takes the live line away.
  func close() {
    if console.isErrorTerminal { console.draw(live.withLock { $0.closing }) }
  }
}
