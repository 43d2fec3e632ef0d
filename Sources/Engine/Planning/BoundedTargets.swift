internal import Foundation
internal import Model

/// The ways back, and the rest of an apply, with the values that another resource keeps within bounds:
/// what lies within them is left alone, as the policy's own plans leave it.
func heedingBounds(_ targets: [Target], input: PlanInput) -> [Target] {
  let touched = Dictionary(targets.map { ($0.address, $0) }, uniquingKeysWith: { $1 })
  var bounds: [Address: [String: (range: ClosedRange<Decimal>, owner: Address)]] = [:]
  for address in Set(touched.keys).union(input.state?.resources.keys.map { $0 } ?? []) {
    guard touched[address]?.existence != .absent,
      let bounded = input.schemas[address.type]?.bounded(by: address.name)
    else { continue }
    // Suspended, it moves nothing, and what was recorded is meant as it is.
    if let name = bounded.suspension {
      let suspended: Value? =
        switch touched[address]?.attributes[name] {
        case .exactly(let value): value
        case .within, .absent: nil
        case nil: input.live[address]?.attributes[name]
        }
      if bounded.suspended.isSubset(of: suspended?.list ?? []) { continue }
    }
    func bound(_ name: String) -> ClosedRange<Decimal>? {
      switch touched[address]?.attributes[name] {
      case .exactly(let value): value.number.map { $0...$0 }
      case .within(let range, _, _): range
      case .absent, nil: input.live[address]?.attributes[name]?.number.map { $0...$0 }
      }
    }
    guard let least = bound(bounded.least), let most = bound(bounded.most),
      least.lowerBound <= most.upperBound
    else { continue }
    bounds[bounded.address, default: [:]][bounded.attribute] =
      (least.lowerBound...most.upperBound, address)
  }
  return targets.map { target in
    var target = target
    for (name, (range, owner)) in bounds[target.address] ?? [:] {
      guard case .exactly(let value) = target.attributes[name], let number = value.number,
        range.contains(number)
      else { continue }
      // What lies outside is brought to what was recorded rather than to the nearest bound.
      if let now = input.live[target.address]?.attributes[name]?.number, !range.contains(now) {
        target.accepted[name] = AcceptedRange(range)
        continue
      }
      let wish = DesiredValue.within(range, initial: value, owner: owner)
      target.attributes[name] = wish
      target.accepted[name] = wish.accepted
    }
    return target
  }
}
