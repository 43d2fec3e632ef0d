internal import Foundation
internal import Model

/// The writes of one apply, and their reading back.
struct ApplyRun {
  let context: ApplyContext
  let vault: SecretVault
  let serial: Int

  /// Makes the changes in their order, as many at once as allowed. A failure skips what waits for
  /// it and nothing else.
  ///
  /// - Parameter keepLease: called before each write.
  /// - Throws: `ApplyError.unfinished` where the lease could not be kept; writes that run are awaited
  ///   first, and are not cancelled.
  /// - Returns: the outcome of every change.
  func perform(
    _ changes: [Change], live: [Address: LiveResource],
    keepLease: () async throws -> Void
  ) async throws -> [Address: ChangeOutcome] {
    var machine = ApplyMachine(changes)
    var outcomes: [Address: ChangeOutcome] = [:]
    func note(_ ended: [ChangeOutcome]) {
      for outcome in ended {
        outcomes[outcome.address] = outcome
        if case .skipped(let message) = outcome.result {
          context.onEvent(.skipped(outcome.address, outcome.action, message: message))
        }
      }
    }
    var lost: (any Error)?
    await withTaskGroup(of: ChangeOutcome.self) { group in
      var running = 0
      while true {
        if context.isStopping() { note(machine.stop("interrupted")) }
        while lost == nil, running < context.parallelism, let change = machine.next() {
          do { try await keepLease() } catch { lost = error; break }
          let before = live[change.address]
          running += 1
          group.addTask { await write(change, live: before) }
        }
        guard let outcome = await group.next() else { break }
        running -= 1
        outcomes[outcome.address] = outcome
        note(machine.finish(outcome.address, outcome.result))
      }
    }
    if let lost {
      throw ApplyError.unfinished(
        serial: serial, "the lease could not be renewed: \(context.describe(lost))")
    }
    precondition(machine.isDone, "changes wait for each other")
    return outcomes
  }

  private func write(_ change: Change, live: LiveResource?) async -> ChangeOutcome {
    context.onEvent(.started(change.address, change.action))
    let start = context.now()
    let result: ChangeOutcome.Result
    do {
      try await journal(change, .started)
      try await send(change, live: live)
      try await journal(change, .finished)
      let seconds = context.now().timeIntervalSince(start)
      context.onEvent(.finished(change.address, change.action, seconds: seconds))
      result = .applied
    } catch {
      let message = context.describe(error)
      // The outcome is committed with the end commit, so a journal that fails now loses nothing.
      try? await journal(change, .failed, message: message)
      context.onEvent(.failed(change.address, change.action, message: message))
      result = .failed(message)
    }
    return ChangeOutcome(address: change.address, action: change.action, result: result)
  }

  private func send(_ change: Change, live: LiveResource?) async throws {
    guard let type = context.types[change.address.type] else {
      preconditionFailure("a plan with an unknown type is never applied")
    }
    let write = ResourceWrite(
      name: change.address.name, live: live,
      set: try change.set.mapValues { try vault.reveal($0) }, unset: Set(change.unset),
      recorded: change.recorded)
    switch change.action {
    case .create: try await type.create(write)
    case .update: try await type.update(write)
    case .delete: try await type.delete(write)
    case .adopt, .forget: break
    }
  }

  private func journal(_ change: Change, _ event: JournalEntry.Event, message: String? = nil)
    async throws
  {
    try await context.journal.record(
      JournalEntry(
        serial: serial, address: change.address, action: change.action, event: event,
        time: context.now(), message: message))
  }
}
