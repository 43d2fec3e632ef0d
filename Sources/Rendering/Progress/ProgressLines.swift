public import Model

/// What an apply tells, as plain lines for a log: that it begins, what became of each change, and
/// that it is recorded. That something has begun to be done is left to terminals, where it can go
/// away again.
public struct ProgressLines: Sendable {
  private let style: TextStyle

  /// Lines in `style`.
  public init(style: TextStyle) { self.style = style }

  /// The line for an event, with its line feed; empty where a log need not tell it.
  public func text(for event: ApplyEvent) -> String {
    switch event {
    case .started, .rereading, .verifying(_, attempt: 1), .awaiting(_, attempt: 1): ""
    default: line(for: event) + "\n"
    }
  }

  /// The line for an event.
  func line(for event: ApplyEvent) -> String {
    switch event {
    case .began(let serial, let changes):
      "Serial \(serial) begins: \(counted(changes, "change"))."
    case .rereading(let resources): "Reading \(counted(resources, "resource")) again."
    case .started(let address, let action): line(address, action, "\(action.present) ...")
    case .finished(let address, let action, let seconds):
      line(address, action, action.past + (action.writes ? " in \(durationText(seconds))" : ""))
    case .failed(let address, let action, let message):
      line(address, action, style.paint("failed: \(safe(message))", .delete))
    case .skipped(let address, let action, let message):
      line(address, action, style.paint("not tried: \(safe(message))", .change))
    case .verifying(let resources, let attempt):
      "Verifying \(counted(resources, "resource"))"
        + (attempt > 1 ? ", attempt \(attempt)." : ".")
    case .awaiting(let writes, let attempt):
      "Waiting for \(counted(writes, "write")) that may still be on the way"
        + (attempt > 1 ? ", attempt \(attempt)." : ".")
    case .waiting(let addresses, let seconds): waiting(addresses, seconds)
    case .ended(let serial, _): "Recorded as serial \(serial)."
    }
  }

  private func waiting(_ addresses: [Address], _ seconds: Double) -> String {
    let shown = addresses.prefix(3).map { safe("\($0)") }.joined(separator: ", ")
    let more = addresses.count > 3 ? " and \(addresses.count - 3) more" : ""
    return "Waiting \(durationText(seconds)) for AWS to show \(shown)\(more)."
  }

  private func line(_ address: Address, _ action: Change.Action, _ what: String) -> String {
    "  \(style.paint(action.symbol, action.tone)) \(safe("\(address)"))  \(what)"
  }
}
