public import Model

/// An account as AWS would hold it, in memory. Writes overlap, can fail half-way, and can show late.
public actor FakeCloud {
  /// What it holds.
  public private(set) var resources: [Address: LiveResource]
  /// How many writes ran at once at most.
  public private(set) var peak = 0
  /// Writes in the order in which they took effect.
  public private(set) var effects: [Address] = []
  /// The steps that lead to it.
  public nonisolated let steps: Steps

  private var running = 0
  private var gathered: [CheckedContinuation<Void, Never>] = []
  private var gathering = 0
  private var tornWrites: Set<Address> = []
  private var delay = 0
  private var unseen: [Address: (shown: LiveResource?, reads: Int)] = [:]
  private var scripts: [(step: Step, change: @Sendable (inout [Address: LiveResource]) -> Void)] =
    []

  /// An account that holds `resources`.
  public init(_ resources: [Address: LiveResource] = [:], steps: Steps = Steps()) {
    self.resources = resources
    self.steps = steps
  }

  /// Somebody else changes something.
  public func change(_ body: @Sendable (inout [Address: LiveResource]) -> Void) {
    body(&resources)
  }

  /// Somebody else changes something just before this step, once.
  public func change(
    before step: Step, _ body: @escaping @Sendable (inout [Address: LiveResource]) -> Void
  ) {
    scripts.append((step, body))
  }

  /// The next write of this resource sets one attribute, the first by name, and then fails.
  public func tear(_ address: Address) { tornWrites.insert(address) }

  /// Each write shows only after this many reads; .max for never.
  public func showLate(after reads: Int) { delay = reads }

  /// Writes wait for each other until this many run.
  public func gather(_ count: Int) { gathering = count }
}

extension FakeCloud {
  func read(_ type: String, _ names: Set<String>) throws -> [String: LiveResource] {
    try steps.enter(.read(type))
    runScripts(.read(type))
    var found: [String: LiveResource] = [:]
    for name in names { found[name] = see(Address(type, name)) }
    try steps.leave(.read(type))
    return found
  }

  func write(_ action: Change.Action, _ address: Address, _ write: ResourceWrite) async throws {
    let step = Step.write(action, address)
    try steps.enter(step)
    running += 1
    defer { running -= 1 }
    peak = max(peak, running)
    await wait()
    runScripts(step)
    let isTorn = tornWrites.remove(address) != nil
    let shown = resources[address]
    try effect(action, address, write, isTorn: isTorn)
    effects.append(address)
    if delay > 0 { unseen[address] = (shown, delay) }
    if isTorn { throw FakeRefusal.torn(address) }
    try steps.leave(step)
  }

  private func effect(
    _ action: Change.Action, _ address: Address, _ write: ResourceWrite, isTorn: Bool
  ) throws {
    let names = write.unset.union(write.set.keys).sorted()
    let touched = Set(isTorn ? Array(names.prefix(1)) : names)
    switch (action, resources[address]) {
    case (.create, .some): throw FakeRefusal.alreadyThere(address)
    case (.update, nil), (.delete, nil): throw FakeRefusal.notThere(address)
    case (.delete, .some) where !isTorn: resources[address] = nil
    case (_, let now):
      var resource = now ?? LiveResource(attributes: [:])
      for name in touched { resource.attributes[name] = write.set[name] }
      resources[address] = resource
    }
  }

  private func see(_ address: Address) -> LiveResource? {
    guard let late = unseen[address] else { return resources[address] }
    unseen[address] = late.reads > 1 ? (late.shown, late.reads - 1) : nil
    return late.shown
  }

  private func runScripts(_ step: Step) {
    guard let index = scripts.firstIndex(where: { $0.step == step }) else { return }
    scripts.remove(at: index).change(&resources)
  }

  private func wait() async {
    guard gathering > 0 else { return await Task.yield() }
    if running >= gathering {
      for continuation in gathered { continuation.resume() }
      gathered = []
    } else {
      await withCheckedContinuation { gathered.append($0) }
    }
  }
}

/// Why the fake account refuses a write.
public enum FakeRefusal: Error, Hashable, Sendable {
  case alreadyThere(Address)
  case notThere(Address)
  case torn(Address)
}
