internal import Foundation
internal import Manifests
internal import Model

extension NodeGroupSize {
  static var target: String { "nodeGroupSize" }
  static var windowFields: [String] { ["min", "max", "desired"] }
  private static var desired: String { "desiredSize" }

  /// What holds of a node group in a window: its own sizes, and those of the group where it says nothing.
  static func wishes(
    in window: Fields, of resource: DesiredResource, into diagnostics: inout Diagnostics
  ) -> Wishes? {
    if !windowFields.contains(where: window.has) {
      diagnostics.add(
        error: "a window that changes nothing", at: window.range,
        detail: "A window for \(resource.manifest) has `min`, `max` or `desired`.")
      return nil
    }
    var wishes = Wishes()
    for (field, name) in zip(windowFields, ["minSize", "maxSize", desired]) {
      if window.has(field) {
        guard let number = window.integer(field) else { return nil }
        wishes.set(name, to: Value(number.value), at: number.range, as: .integer)
      } else if let own = resource.attributes[name] {
        wishes.set(name, own, at: resource.sources[name] ?? resource.range)
      }
    }
    // API description of eks, Capacity.
    if let most = window.integer("max"), most.value < 1 {
      diagnostics.add(
        error: "no room for a node", at: most.range,
        detail: "EKS takes no `max` below 1; it would refuse the call when the window begins.",
        hint: "Without nodes a window is `min: 0, max: 1, desired: 0`.")
      return nil
    }
    let least = wishes.attributes["minSize"]?.exact?.number
    let most = wishes.attributes["maxSize"]?.exact?.number
    if let least, let most, least > most {
      diagnostics.add(
        error: "the fewest are more than the most", at: window.range,
        detail: "In the window there are at least \(least) and at most \(most) nodes.",
        hint: "Give the window a `min` and a `max` of its own.")
      return nil
    }
    let count = wishes.attributes[desired]?.exact?.number
    if let count, count < least ?? 0 || count > most ?? count {
      diagnostics.add(
        error: "a desired size outside the bounds", at: window.range,
        detail: "\(count) does not lie within \(least ?? 0) to \(most.map { "\($0)" } ?? "any").",
        hint: "Give the window a `desired` of its own.")
      return nil
    }
    if case .within? = resource.attributes[desired], let least, let most {
      wishes.set(
        desired, .within(least...most, initial: count.map(Value.number), owner: resource.address),
        at: window.has("desired") ? window.range(of: "desired") : window.range)
    }
    return wishes
  }

  /// Where an autoscaler moves the number of nodes, it does so within the bounds that hold; a window
  /// begins with its own number, as the call does that begins it.
  static func settle(_ resource: inout DesiredResource, in window: Wishes?) {
    guard case .within? = resource.attributes[desired],
      let least = resource.attributes["minSize"]?.range?.lowerBound,
      let most = resource.attributes["maxSize"]?.range?.upperBound, least <= most
    else { return }
    var initial: Value?
    if case .within(_, let first?, _)? = window?.attributes[desired] {
      initial = first
      resource.sources[desired] = window?.sources[desired]
    }
    resource.attributes[desired] = .within(
      least...most, initial: initial, owner: resource.address)
    resource.sources["\(desired).min"] = resource.sources["minSize"]
    resource.sources["\(desired).max"] = resource.sources["maxSize"]
  }

  /// EKS takes no bounds that the number of nodes lies outside of, so that the call says the number
  /// where the one before cannot lie within.
  static func values(
    of wishes: [String: DesiredValue], after others: [[String: DesiredValue]]
  ) -> [String: Value]? {
    var values = wishes.compactMapValues(\.exact)
    guard let wish = wishes[desired] else { return nil }
    guard case .within(let bounds, let initial, _) = wish else { return values }
    values[desired] = initial
    if initial != nil { return values }
    if bounds.lowerBound == bounds.upperBound {
      values[desired] = .number(bounds.lowerBound)
      return values
    }
    var nearest: Set<Decimal?> = []
    for other in others {
      guard let range = other[desired]?.range else { continue }
      if bounds.contains(range.lowerBound), bounds.contains(range.upperBound) {
        nearest.insert(nil)
      } else if range.upperBound <= bounds.lowerBound {
        nearest.insert(bounds.lowerBound)
      } else if range.lowerBound >= bounds.upperBound {
        nearest.insert(bounds.upperBound)
      } else {
        return nil
      }
    }
    guard nearest.count <= 1 else { return nil }
    values[desired] = nearest.first?.map(Value.number)
    return values
  }
}

extension DesiredValue {
  /// The one value that is wanted; nil where that is not one.
  var exact: Value? { if case .exactly(let value) = self { value } else { nil } }

  /// The numbers that are wanted.
  var range: ClosedRange<Decimal>? {
    switch self {
    case .exactly(let value): value.number.map { $0...$0 }
    case .absent: nil
    case .within(let bounds, _, _): bounds
    }
  }
}
