internal import Manifests
internal import Model

/// Which capacity providers run a service's tasks.
enum CapacityProviders {
  static let schema = ObjectSchema([
    Field("weight", .integer(0...1000), doc: "Its part of the tasks beyond all bases; else 0."),
    Field("base", .integer(0...100_000), doc: "How many tasks it runs first; else 0."),
  ])

  /// The strategy as an attribute; nil where there is none, or where it is wrong.
  ///
  /// The rules are those of the API description of ecs, CapacityProviderStrategyItem.
  static func strategy(_ spec: Fields, into diagnostics: inout Diagnostics) -> Value? {
    guard spec.has("capacityProviders") else { return nil }
    let providers = spec.objectMap("capacityProviders")
    let range = spec.range(of: "capacityProviders")
    var strategy: [String: Value] = [:]
    for (name, share) in providers {
      strategy[name.value] = [
        "base": Value(share.integer("base")?.value ?? 0),
        "weight": Value(share.integer("weight")?.value ?? 0),
      ]
    }
    if !providers.contains(where: { ($0.value.integer("weight")?.value ?? 0) > 0 }) {
      diagnostics.add(
        error: "a strategy without weights", at: range,
        detail: "At least one capacity provider needs a weight above 0.",
        hint: "For example {FARGATE: {base: 1, weight: 1}, FARGATE_SPOT: {weight: 3}}.")
      return nil
    }
    let based = providers.filter { ($0.value.integer("base")?.value ?? 0) > 0 }
    if based.count > 1 {
      diagnostics.add(
        error: "two capacity providers with a base", at: based[1].value.range(of: "base"),
        detail: "Only one can have tasks that it runs first.")
      return nil
    }
    let onFargate = providers.filter { ["FARGATE", "FARGATE_SPOT"].contains($0.key.value) }
    if !onFargate.isEmpty, onFargate.count < providers.count {
      diagnostics.add(
        error: "Fargate beside other capacity", at: range,
        detail: "A strategy has capacity providers of Fargate or others, never both.")
      return nil
    }
    return .map(strategy)
  }
}
