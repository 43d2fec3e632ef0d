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
  /// - Returns: what became of every change.
  func perform(_ changes: [Change], keepLease: () async throws -> Void) async throws -> Performed {
    var machine = ApplyMachine(changes)
    var performed = Performed()
    func note(_ skipped: [ChangeOutcome]) {
      for outcome in skipped {
        performed.outcomes[outcome.address] = outcome
        performed.unsent.insert(outcome.address)
        if case .skipped(let message) = outcome.result {
          context.onEvent(.skipped(outcome.address, outcome.action, message: message))
        }
      }
    }
    var lost: (any Error)?
    await withTaskGroup(of: Attempt.self) { group in
      var running = 0
      while true {
        while lost == nil, running < context.parallelism {
          if context.isStopping() { note(machine.stop(Self.interrupted)) }
          guard let change = machine.next() else { break }
          running += 1
          do { try await keepLease() } catch { lost = error; break }
          group.addTask { await attempt(change) }
        }
        guard let attempt = await group.next() else { break }
        running -= 1
        if context.isStopping() { note(machine.stop(Self.interrupted)) }
        let outcome = attempt.outcome
        performed.outcomes[outcome.address] = outcome
        if !attempt.isSent { performed.unsent.insert(outcome.address) }
        note(machine.finish(outcome.address, outcome.result))
      }
    }
    if let lost {
      throw ApplyError.unfinished(
        serial: serial, "the lease could not be renewed: \(context.describe(lost))")
    }
    precondition(machine.isDone, "changes wait for each other")
    return performed
  }

  /// Why a change is skipped that somebody stopped.
  private static let interrupted = "interrupted"

  /// One try to make a change.
  private struct Attempt {
    let outcome: ChangeOutcome
    /// Whether AWS may have been written to.
    var isSent = true
  }

  /// Makes a change, if the resource still is as the plan saw it.
  private func attempt(_ change: Change) async -> Attempt {
    func unsent(_ result: ChangeOutcome.Result) -> Attempt {
      Attempt(
        outcome: ChangeOutcome(address: change.address, action: change.action, result: result),
        isSent: false)
    }
    let live: LiveResource?
    do {
      live = try await readLive([change.address], types: context.types)[change.address]
    } catch {
      return unsent(failed(change, "not written: it could not be read: \(context.describe(error))"))
    }
    let moved = staleReasons(change, live: live, vault: vault)
    if !moved.isEmpty {
      return unsent(failed(change, "not written: \(moved.joined(separator: "; "))"))
    }
    if context.isStopping() {
      context.onEvent(.skipped(change.address, change.action, message: Self.interrupted))
      return unsent(.skipped(Self.interrupted))
    }
    context.onEvent(.started(change.address, change.action))
    do { try await journal(change, .started) } catch {
      return unsent(failed(change, "not written: \(context.describe(error))"))
    }
    return Attempt(outcome: await write(change, live: live))
  }

  private func failed(_ change: Change, _ message: String) -> ChangeOutcome.Result {
    context.onEvent(.failed(change.address, change.action, message: message))
    return .failed(message)
  }

  private func write(_ change: Change, live: LiveResource?) async -> ChangeOutcome {
    let start = context.now()
    let result: ChangeOutcome.Result
    do {
      try await send(change, live: live)
      try await journal(change, .finished)
      let seconds = context.now().timeIntervalSince(start)
      context.onEvent(.finished(change.address, change.action, seconds: seconds))
      result = .applied
    } catch {
      let message = context.describe(error)
      // The outcome is committed with the end commit, so a journal that fails now loses nothing.
      try? await journal(change, .failed, message: message)
      result = failed(change, message)
    }
    return ChangeOutcome(address: change.address, action: change.action, result: result)
  }

  private func send(_ change: Change, live: LiveResource?) async throws {
    guard let type = context.types[change.address.type] else {
      preconditionFailure("a plan with an unknown type is never applied")
    }
    var set = change.values(toSetOn: live)
    let recorded = live.map { _ in change.recorded }
    for (name, value) in set {
      do {
        set[name] = try vault.reveal(value)
      } catch {
        // The digest goes along where the type finds the value in AWS.
        let needed = secretsNeeded(for: value, of: name, recorded: recorded, schema: type)
        guard needed.isEmpty else { throw error }
      }
    }
    let write = ResourceWrite(
      name: change.address.name, live: live, set: set,
      unset: Set(change.unset),
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

/// What became of the changes of an apply.
struct Performed {
  /// Of every change, by address.
  var outcomes: [Address: ChangeOutcome] = [:]
  /// The changes of which nothing was sent to AWS.
  var unsent: Set<Address> = []
}
