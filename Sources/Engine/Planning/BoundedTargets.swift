internal import Foundation
internal import Model

/// The ways back, and the rest of an apply, with what AWS makes of a value once other bounds stand: a
/// count that has been brought within them meanwhile is not somebody's doing.
func heedingBounds(_ targets: [Target], input: PlanInput) -> [Target] {
  let touched = Dictionary(targets.map { ($0.address, $0) }, uniquingKeysWith: { $1 })
  var ranges: [Address: [String: ClosedRange<Decimal>]] = [:]
  for address in Set(touched.keys).union(input.state?.resources.keys.map { $0 } ?? []) {
    guard touched[address]?.existence != .absent,
      let bounded = input.schemas[address.type]?.bounded(by: address.name)
    else { continue }
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
    ranges[bounded.address, default: [:]][bounded.attribute] = least.lowerBound...most.upperBound
  }
  return targets.map { target in
    var target = target
    for (name, range) in ranges[target.address] ?? [:] {
      guard case .exactly(let value) = target.attributes[name], let number = value.number,
        range.contains(number), target.accepted[name] == nil
      else { continue }
      target.accepted[name] = AcceptedRange(range)
    }
    return target
  }
}
