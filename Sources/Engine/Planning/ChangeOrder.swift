internal import Model

/// For each change those that must be made before it, where they are part of the same plan.
///
/// What depends on another comes after it, but is taken away and given back before it.
func order(_ drafts: [ChangeDraft]) -> [Address: [Address]] {
  let byAddress = Dictionary(drafts.map { ($0.address, $0) }, uniquingKeysWith: { $1 })
  var before: [Address: Set<Address>] = [:]
  for draft in drafts where draft.action.writes {
    for address in draft.target.dependsOn {
      guard let other = byAddress[address], other.action.writes else { continue }
      if draft.isWayBack(past: other) {
        before[address, default: []].insert(draft.address)
      } else {
        before[draft.address, default: []].insert(address)
      }
    }
  }
  return before.mapValues { $0.sorted() }
}

/// The addresses that wait for each other in a circle; empty where an order exists.
func circle(in before: [Address: [Address]]) -> [Address] {
  var waiting = before
  while true {
    let free = waiting.filter { $0.value.allSatisfy { waiting[$0] == nil } }
    if free.isEmpty { return waiting.keys.sorted() }
    for address in free.keys { waiting[address] = nil }
    if waiting.isEmpty { return [] }
  }
}
