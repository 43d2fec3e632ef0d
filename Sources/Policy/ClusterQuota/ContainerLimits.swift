internal import Manifests
internal import Model

/// What each container of a namespace may use: a LimitRange.
enum ContainerLimits {
  static let schema = ObjectSchema([
    Field(
      "default", .object(ClusterQuantity.pair), doc: "The limits of a container that sets none."),
    Field(
      "request", .object(ClusterQuantity.pair), doc: "The requests of a container that has none."),
    Field("min", .object(ClusterQuantity.pair), doc: "The least that a container may request."),
    Field(
      "max", .object(ClusterQuantity.pair), doc: "The most that a container may be limited to."),
  ])

  /// The entry of a LimitRange for containers.
  static func limits(_ fields: Fields, into diagnostics: inout Diagnostics) -> Value {
    ClusterQuantity.checkOrder(
      ofPairs: ["min", "request", "default", "max"], in: fields, into: &diagnostics)
    var limits: [String: Value] = ["type": "Container"]
    limits["default"] = ClusterQuantity.pair(fields.object("default"))
    limits["defaultRequest"] = ClusterQuantity.pair(fields.object("request"))
    limits["min"] = ClusterQuantity.pair(fields.object("min"))
    limits["max"] = ClusterQuantity.pair(fields.object("max"))
    return .map(limits)
  }
}
