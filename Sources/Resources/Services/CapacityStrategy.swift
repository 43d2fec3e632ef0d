internal import Model

/// Which capacity providers run the tasks of a service, each with its weight and base.
struct CapacityStrategy: Hashable {
  /// The providers by name.
  let providers: [ServicePlacement.Provider]

  /// The strategy that AWS describes; nil where there is none.
  init?(list: Value?) {
    self.init(
      (list?.elements ?? []).map {
        ServicePlacement.Provider(
          name: $0["capacityProvider"]?.string ?? "", base: $0["base"]?.int ?? 0,
          weight: $0["weight"]?.int ?? 0)
      })
  }

  /// The strategy of an attribute: weight and base for each provider's name.
  init?(attribute: Value?) {
    self.init(
      (attribute?.members ?? [:]).map { name, share in
        ServicePlacement.Provider(
          name: name, base: share["base"]?.int ?? 0, weight: share["weight"]?.int ?? 0)
      })
  }

  private init?(_ providers: [ServicePlacement.Provider]) {
    if providers.isEmpty { return nil }
    self.providers = providers.sorted { $0.name < $1.name }
  }

  /// As an attribute.
  var attribute: Value {
    .map(
      Dictionary(
        providers.map { ($0.name, ["base": Value($0.base), "weight": Value($0.weight)]) },
        uniquingKeysWith: { first, _ in first }))
  }

  /// As AWS takes it.
  var list: Value {
    .list(
      providers.map {
        [
          "capacityProvider": .string($0.name), "base": Value($0.base), "weight": Value($0.weight),
        ]
      })
  }

  /// What ECS would refuse (API description of ecs, CapacityProviderStrategyItem and UpdateService).
  var problems: [String] {
    var problems: [String] = []
    if providers.count > 20 { problems.append("A strategy has at most 20 capacity providers.") }
    if !providers.contains(where: { $0.weight > 0 }) {
      problems.append("At least one capacity provider needs a weight above 0.")
    }
    if providers.filter({ $0.base > 0 }).count > 1 {
      problems.append("Only one capacity provider can have a base.")
    }
    let onFargate = providers.filter { $0.name == "FARGATE" || $0.name == "FARGATE_SPOT" }
    if !onFargate.isEmpty, onFargate.count < providers.count {
      problems.append("Fargate and other capacity providers do not go together.")
    }
    return problems
  }
}
