internal import Model

extension ApplyRun {
  /// Reads back what was written until it shows, and what failed once, to know what became of it.
  ///
  /// - Throws: `ApplyError.unfinished` where AWS could not be read.
  /// - Returns: what AWS holds of everything that was tried, secrets digested, and the secrets.
  func verify(_ changes: [Change], _ performed: inout Performed) async throws -> (
    live: [Address: LiveResource], seen: SecretVault
  ) {
    var outcomes = performed.outcomes
    defer { performed.outcomes = outcomes }
    let tried = changes.filter { change in
      if case .skipped? = outcomes[change.address]?.result { false } else { true }
    }
    var open = tried
    var after: [Address: LiveResource] = [:]
    var seen = vault
    var attempt = 1
    while !open.isEmpty {
      context.onEvent(.verifying(resources: open.count, attempt: attempt))
      let live = try await read(open, &seen)
      for change in open { after[change.address] = live[change.address] }
      open = open.filter { change in
        outcomes[change.address]?.result == .applied
          && !change.missing(in: live[change.address]).isEmpty
          && attempt < verification(of: change).tries
      }
      let waits = open.map { verification(of: $0).interval }
      guard let wait = waits.max() else { break }
      context.onEvent(.waiting(open.map(\.address), seconds: wait))
      do { try await context.sleep(wait) } catch {
        throw ApplyError.unfinished(serial: serial, context.describe(error))
      }
      attempt += 1
    }
    for change in tried where !performed.unsent.contains(change.address) {
      if case .failed? = outcomes[change.address]?.result,
        change.missing(in: after[change.address]).isEmpty
      {
        // The answer was an error, and AWS shows the change all the same.
        outcomes[change.address] = ChangeOutcome(
          address: change.address, action: change.action, result: .applied)
      }
    }
    for change in tried where outcomes[change.address]?.result == .applied {
      let missing = change.missing(in: after[change.address])
      if missing.isEmpty { continue }
      let message = "accepted, but not seen when read back: \(missing.joined(separator: ", "))"
      context.onEvent(.failed(change.address, change.action, message: message))
      outcomes[change.address] = ChangeOutcome(
        address: change.address, action: change.action, result: .failed(message))
    }
    return (after, seen)
  }

  private func read(_ changes: [Change], _ seen: inout SecretVault) async throws
    -> [Address: LiveResource]
  {
    do {
      let live = try await readLive(Set(changes.map(\.address)), types: context.types)
      return live.mapValues { seen.conceal($0) }
    } catch {
      throw ApplyError.unfinished(serial: serial, context.describe(error))
    }
  }

  private func verification(of change: Change) -> Verification {
    context.types[change.address.type]?.verification ?? .standard
  }
}

extension Change {
  /// What of this change does not show in `live`.
  func missing(in live: LiveResource?) -> [String] {
    switch (action, live) {
    case (.delete, nil): return []
    case (.delete, .some): return ["it is still there"]
    case (_, nil): return ["it is not there"]
    case (_, .some(let live)):
      let unlike = set.keys.filter { !isDone($0, in: live) }
      return unlike.sorted() + unset.filter { live.attributes[$0] != nil }
    }
  }
}
