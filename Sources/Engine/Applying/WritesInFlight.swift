internal import Foundation
public import Model

/// How what was on its way is read until it shows. Nobody sends it again, now that its process is dead:
/// what AWS has received it carries out within seconds.
private let flight = Verification(tries: 5, interval: 2)

/// For how many seconds after a write began it may still land.
private let longestFlight: TimeInterval = 60

/// What the journal says of an apply that was interrupted. Writes that it began and did not end may
/// still land, and those that AWS accepted may not show yet: their resources are read until they do,
/// the former for some seconds, the latter as often as their types read back a write.
///
/// - Throws: what the journal and the reads throw.
/// - Returns: remarks for the plan that takes the apply up.
public func settleWritesInFlight(of pending: PendingApply, in context: ApplyContext) async throws
  -> [PlanProblem]
{
  let lines = try await context.journal.entries().filter { $0.serial == pending.serial }
  if lines.isEmpty {
    return [
      PlanProblem(
        remark:
          "This machine has no journal of apply \(pending.serial): it ran elsewhere, or ended "
          + "before its first write. The plan goes by what AWS holds now.")
    ]
  }
  let last = Dictionary(lines.map { ($0.address, $0) }, uniquingKeysWith: { $1 })
  let writes = pending.plan.changes.filter(\.action.writes)
  let begun = writes.filter { last[$0.address]?.event == .started }
  let accepted = writes.filter { last[$0.address]?.event == .finished }
  let late = try await awaited(begun + accepted, last, pending, context)
  let hidden = begun.filter { change in late.contains { $0.address == change.address } }
  func list(_ changes: [Change]) -> String {
    changes.map { "\($0.address)" }.joined(separator: ", ")
  }
  let shown = begun.filter { change in !hidden.contains { $0.address == change.address } }
  let refused = writes.filter { last[$0.address]?.event == .failed }
  let unsent = writes.count { last[$0.address] == nil }
  let parts = [
    accepted.isEmpty ? nil : "AWS accepted \(list(accepted))",
    refused.isEmpty ? nil : "AWS refused \(list(refused))",
    shown.isEmpty ? nil : "\(list(shown)) was on its way and shows by now",
    hidden.isEmpty
      ? nil
      : "\(list(hidden)) was on its way and does not show as a whole: how far it came is not known",
    unsent == 0 ? nil : "\(unsent) of its changes were not begun",
  ]
  return [
    PlanProblem(
      remark: "The journal of apply \(pending.serial): "
        + parts.compactMap { $0 }.joined(separator: "; ")
        + ". The plan goes by what AWS holds now.")
  ]
}

/// Those of the writes which do not show, once there is no more to wait for.
private func awaited(
  _ writes: [Change], _ last: [Address: JournalEntry], _ pending: PendingApply,
  _ context: ApplyContext
) async throws -> [Change] {
  var open = writes
  var vault = SecretVault(lineage: pending.plan.state.lineage)
  var attempt = 1
  while !open.isEmpty {
    context.onEvent(.awaiting(writes: open.count, attempt: attempt))
    let live = try await readLive(Set(open.map(\.address)), types: context.types)
      .mapValues { vault.conceal($0) }
    open = open.filter { !$0.missing(in: live[$0.address]).isEmpty }
    let waits = open.compactMap { change -> Double? in
      let line = last[change.address]
      let isFlying = line?.event == .started
      let verification =
        isFlying ? flight : context.types[change.address.type]?.verification ?? .standard
      let age = context.now().timeIntervalSince(line?.time ?? context.now())
      let readBack = Double(verification.tries) * verification.interval
      let isOld = age > (isFlying ? longestFlight : readBack)
      return attempt < verification.tries && !isOld ? verification.interval : nil
    }
    guard let wait = waits.max() else { break }
    try await context.sleep(wait)
    attempt += 1
  }
  return open
}
