public import Model

/// What an apply tells, on a terminal: what is over stays as lines, what is going on stands below
/// them on one line that is written anew with every event. It prints nothing itself.
public struct LiveProgress: Sendable {
  private static let erase = "\r\u{1B}[2K"

  private let style: TextStyle
  private let lines: ProgressLines
  private var changes = 0
  private var done = 0
  private var running: [Address] = []

  /// Progress on a terminal of this style.
  public init(style: TextStyle) {
    self.style = style
    lines = ProgressLines(style: style)
  }

  /// What to write for an event: it erases the live line, adds lines, and draws it again.
  public mutating func text(for event: ApplyEvent) -> String {
    switch event {
    case .began(_, let changes):
      (self.changes, done, running) = (changes, 0, [])
      return Self.erase + lines.text(for: event)
    case .rereading, .verifying, .awaiting, .waiting:
      return Self.erase + live(lines.line(for: event))
    case .started(let address, _):
      running.append(address)
      return Self.erase + live(current)
    case .finished(let address, _, _), .failed(let address, _, _), .skipped(let address, _, _):
      running.removeAll { $0 == address }
      done += 1
      return Self.erase + lines.text(for: event) + live(current)
    case .ended:
      running = []
      return Self.erase + lines.text(for: event)
    }
  }

  /// What to write before anything else is printed, and at the end: it erases the live line.
  public var closing: String { Self.erase }

  private var current: String {
    var text = "\(done) of \(counted(changes, "change")) done"
    if let first = running.first {
      text += ": \(safe("\(first)"))"
      if running.count > 1 { text += " and \(running.count - 1) more" }
      text += " ..."
    }
    return text
  }

  /// A live line that fits, since one that wraps could not be erased.
  private func live(_ text: String) -> String { style.paint(cut(text, to: style.width - 1), .dim) }
}
