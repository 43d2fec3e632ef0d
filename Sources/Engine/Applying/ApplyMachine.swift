internal import Model

/// Which change comes next, and what becomes of those that wait for one that failed. Pure: it is
/// told what happened and answers with the next step.
struct ApplyMachine {
  private enum Status {
    case waiting
    case running
    case ended(ChangeOutcome.Result)
  }

  private let changes: [Address: Change]
  private var statuses: [Address: Status]

  /// A machine for changes of which each can come after those that it names.
  init(_ changes: [Change]) {
    self.changes = Dictionary(uniqueKeysWithValues: changes.map { ($0.address, $0) })
    statuses = self.changes.mapValues { _ in .waiting }
  }

  /// Changes that may begin now, at most `limit` of them, sorted by address. They count as running
  /// from here on.
  mutating func start(limit: Int) -> [Change] {
    let ready = changes.values.filter { isReady($0) }.sorted { $0.address < $1.address }
    let started = Array(ready.prefix(max(0, limit)))
    for change in started { statuses[change.address] = .running }
    return started
  }

  /// Takes note of how a running change ended.
  ///
  /// - Returns: the changes that are skipped because of it.
  mutating func finish(_ address: Address, _ result: ChangeOutcome.Result) -> [ChangeOutcome] {
    guard case .running = statuses[address] else {
      preconditionFailure("\(address) ended without having begun")
    }
    statuses[address] = .ended(result)
    if result == .applied { return [] }
    return skipDependents(of: address)
  }

  /// Skips everything that has not begun.
  ///
  /// - Returns: the changes that are skipped.
  mutating func stop(_ message: String) -> [ChangeOutcome] {
    var skipped: [ChangeOutcome] = []
    for change in changes.values.sorted(by: { $0.address < $1.address }) {
      if case .waiting = statuses[change.address] { skipped.append(skip(change, message)) }
    }
    return skipped
  }

  /// Whether every change has ended.
  var isDone: Bool {
    statuses.values.allSatisfy { if case .ended = $0 { true } else { false } }
  }

  private func isReady(_ change: Change) -> Bool {
    guard case .waiting = statuses[change.address] else { return false }
    return change.after.allSatisfy { address in
      switch statuses[address] {
      case nil, .ended(.applied): true
      case .waiting, .running, .ended: false
      }
    }
  }

  private mutating func skipDependents(of address: Address) -> [ChangeOutcome] {
    var skipped: [ChangeOutcome] = []
    var failed = [address]
    while let cause = failed.popLast() {
      for change in changes.values.sorted(by: { $0.address < $1.address })
      where change.after.contains(cause) {
        guard case .waiting = statuses[change.address] else { continue }
        skipped.append(skip(change, "waits for \(cause), which was not applied"))
        failed.append(change.address)
      }
    }
    return skipped
  }

  private mutating func skip(_ change: Change, _ message: String) -> ChangeOutcome {
    let result = ChangeOutcome.Result.skipped(message)
    statuses[change.address] = .ended(result)
    return ChangeOutcome(address: change.address, action: change.action, result: result)
  }
}
