internal import Model

/// For each change those that must be made before it, where they are part of the same plan.
///
/// What depends on another comes after it, but is taken away and given back before it. So that this
/// never becomes a circle, all ways back come first, save those that wait for a creation.
func order(_ drafts: [ChangeDraft]) -> [Address: [Address]] {
  let writing = Dictionary(
    drafts.filter(\.action.writes).map { ($0.address, $0) }, uniquingKeysWith: { $1 })
  let late = waysBackAfterCreation(writing)
  var before: [Address: Set<Address>] = [:]
  for draft in writing.values {
    let isEarly = draft.isWayBack && !late.contains(draft.address)
    for address in draft.target.dependsOn where writing[address] != nil {
      if isEarly {
        before[address, default: []].insert(draft.address)
      } else {
        before[draft.address, default: []].insert(address)
      }
    }
  }
  // What it depended on before, unless that is the other way round by now.
  for draft in writing.values.sorted(by: { $0.address < $1.address }) {
    for address in draft.target.precedes
    where writing[address]?.action == .update && !waits(draft.address, for: address, in: before) {
      before[address, default: []].insert(draft.address)
    }
  }
  return before.mapValues { $0.sorted() }
}

/// Whether a change waits for another, perhaps by way of others.
private func waits(
  _ change: Address, for other: Address, in before: [Address: Set<Address>]
) -> Bool {
  var seen: Set<Address> = []
  var open = [change]
  while let next = open.popLast() {
    if next == other { return true }
    if seen.insert(next).inserted { open += before[next] ?? [] }
  }
  return false
}

/// Values that are given back to what depends on something that must be created first.
private func waysBackAfterCreation(_ writing: [Address: ChangeDraft]) -> Set<Address> {
  let candidates = writing.values.filter { $0.isWayBack && $0.action == .update }
  var late: Set<Address> = []
  var count = -1
  while late.count != count {
    count = late.count
    for draft in candidates {
      let waits = draft.target.dependsOn.contains {
        late.contains($0) || writing[$0]?.action == .create
      }
      if waits { late.insert(draft.address) }
    }
  }
  return late
}

/// The addresses that wait for each other in a circle; empty where an order exists.
func circle(in before: [Address: [Address]]) -> [Address] {
  var waiting = before
  var count = -1
  while waiting.count != count {
    count = waiting.count
    waiting = waiting.filter { $0.value.contains { waiting[$0] != nil } }
    let awaited = Set(waiting.values.joined())
    waiting = waiting.filter { awaited.contains($0.key) }
  }
  return waiting.keys.sorted()
}
