internal import Model

/// Which change comes next, and what becomes of those that wait for one that failed. Pure: it is
/// told what happened and answers with the next step.
struct ApplyMachine {
  private let changes: [Address: Change]
  /// For each change those that wait for it, sorted.
  private let dependents: [Address: [Address]]
  /// For each change that has not begun, how many it waits for.
  private var waiting: [Address: Int]
  /// Those that wait for nothing, the first last.
  private var ready: [Address]
  private var running: Set<Address> = []

  /// A machine for changes of which each can come after those that it names.
  init(_ changes: [Change]) {
    let byAddress = Dictionary(uniqueKeysWithValues: changes.map { ($0.address, $0) })
    var dependents: [Address: [Address]] = [:]
    var waiting: [Address: Int] = [:]
    for change in changes.sorted(by: { $0.address < $1.address }) {
      let before = Set(change.after).filter { byAddress[$0] != nil }
      waiting[change.address] = before.count
      for address in before { dependents[address, default: []].append(change.address) }
    }
    self.changes = byAddress
    self.dependents = dependents
    self.waiting = waiting
    ready = waiting.filter { $0.value == 0 }.keys.sorted(by: >)
  }

  /// A change that may begin now, and counts as running from here on; nil where there is none.
  mutating func next() -> Change? {
    guard let address = ready.popLast() else { return nil }
    waiting[address] = nil
    running.insert(address)
    return changes[address]
  }

  /// Takes note of how a running change ended.
  ///
  /// - Returns: the changes that are skipped because of it.
  mutating func finish(_ address: Address, _ result: ChangeOutcome.Result) -> [ChangeOutcome] {
    precondition(running.remove(address) != nil, "\(address) ended without having begun")
    guard result == .applied else { return skipDependents(of: address) }
    for dependent in dependents[address] ?? [] {
      guard let count = waiting[dependent] else { continue }
      waiting[dependent] = count - 1
      if count == 1 { ready.insert(dependent, at: 0) }
    }
    return []
  }

  /// Skips everything that has not begun.
  ///
  /// - Returns: the changes that are skipped, sorted by address.
  mutating func stop(_ message: String) -> [ChangeOutcome] {
    ready = []
    return waiting.keys.sorted().compactMap { skip($0, message) }
  }

  /// Whether every change has ended.
  var isDone: Bool { waiting.isEmpty && running.isEmpty }

  private mutating func skipDependents(of address: Address) -> [ChangeOutcome] {
    var skipped: [ChangeOutcome] = []
    var failed = [address]
    while let cause = failed.popLast() {
      for dependent in dependents[cause] ?? [] {
        guard let outcome = skip(dependent, "waits for \(cause), which was not applied") else {
          continue
        }
        skipped.append(outcome)
        failed.append(dependent)
      }
    }
    return skipped
  }

  /// Takes a change out of those that wait; nil where it is not among them.
  private mutating func skip(_ address: Address, _ message: String) -> ChangeOutcome? {
    guard waiting.removeValue(forKey: address) != nil, let change = changes[address] else {
      return nil
    }
    return ChangeOutcome(address: address, action: change.action, result: .skipped(message))
  }
}
