internal import Foundation
internal import Manifests
internal import Model

/// What a manifest asks of one capacity: a number, or bounds and how full it should be.
struct CapacityWish {
  /// How Application Auto Scaling moves it.
  private struct Scaling {
    let fields: Fields
    let least: Located<Int>
    let most: Located<Int>
    let target: Located<Decimal>
  }

  let dimension: CapacityDimension
  private let number: Located<Int>?
  private let scaling: Scaling?

  /// The fields of both units.
  static let fields = CapacityDimension.Unit.allCases.flatMap { unit in
    [
      Field(
        unit.rawValue, .integer(1...1_000_000_000),
        doc: "The \(unit.rawValue) capacity units, where nothing moves them."),
      Field(
        "\(unit.rawValue)Scaling", .object(scaling),
        doc: "How Application Auto Scaling moves the \(unit.rawValue) capacity."),
    ]
  }

  /// API description of application-autoscaling, PutScalingPolicy: `\p{Print}+`. DynamoDB's console gives names such as
  /// `DynamoDBReadCapacityUtilization:table/orders`.
  private static let policyName = StringRule(
    "a name of 1 to 256 printable ASCII characters", example: "orders-read-scaling",
    pattern: "[ -~]{1,256}")

  private static let scaling = ObjectSchema([
    Field("min", .integer(1...1_000_000_000), isRequired: true, doc: "The fewest units."),
    Field("max", .integer(1...1_000_000_000), isRequired: true, doc: "The most units."),
    Field(
      "target", .percent, isRequired: true,
      doc: "How much of the capacity is to be in use: 20% to 90%."),
    Field(
      "policyName", .string(policyName),
      doc: "The scaling policy's name; else TABLE-read-scaling, TABLE-INDEX-write-scaling."),
    Field(
      "scaleInCooldown", .duration, doc: "The pause before the next scale in; AWS's own is 0s."),
    Field(
      "scaleOutCooldown", .duration, doc: "The pause before the next scale out; AWS's own is 0s."),
    Field("disableScaleIn", .boolean, doc: "Whether the capacity is only ever raised."),
  ])

  /// The wishes for a table, or for an index of it.
  static func all(
    _ fields: Fields, index: String? = nil, into diagnostics: inout Diagnostics
  ) -> [CapacityWish] {
    CapacityDimension.Unit.allCases.compactMap { unit in
      CapacityWish(
        CapacityDimension(index: index, unit: unit), fields, into: &diagnostics)
    }
  }

  private init?(
    _ dimension: CapacityDimension, _ fields: Fields, into diagnostics: inout Diagnostics
  ) {
    let name = dimension.unit.rawValue
    self.dimension = dimension
    number = fields.integer(name)
    if fields.has(name), fields.has("\(name)Scaling") {
      diagnostics.add(
        error: "one capacity twice", at: fields.keyRange(of: name),
        detail: "Scaling moves the \(name) capacity between its bounds.",
        hint: "Leave out `\(name)`.")
    }
    guard let object = fields.object("\(name)Scaling") else {
      scaling = nil
      if number == nil { return nil }
      return
    }
    guard let least = object.integer("min"), let most = object.integer("max"),
      let target = object.percent("target")
    else { return nil }
    if least.value > most.value {
      diagnostics.add(
        error: "min is above max", at: least.range,
        detail: "The fewest units, \(least.value), are more than the most, \(most.value).")
      return nil
    }
    if !(20...90).contains(target.value) {
      // DynamoDB developer guide, "Managing throughput capacity with DynamoDB auto scaling".
      diagnostics.add(
        error: "expected 20% to 90%", at: target.range,
        detail: "DynamoDB's capacity is held at no other use.")
    }
    scaling = Scaling(fields: object, least: least, most: most, target: target)
  }

  /// Whether Application Auto Scaling moves it.
  var isScaled: Bool { scaling != nil }

  /// Where it stands.
  var range: SourceRange? { scaling?.fields.range ?? number?.range }

  /// Asks it of the attributes of a table.
  func add(to wishes: inout Wishes, of table: String) {
    if let scaling {
      let bounds = Decimal(scaling.least.value)...Decimal(scaling.most.value)
      let owner = dimension.target(of: table)
      wishes.set(
        dimension.attribute, .within(bounds, initial: nil, owner: owner), at: scaling.fields.range)
      wishes.locate("\(dimension.attribute).min", at: scaling.least.range)
      wishes.locate("\(dimension.attribute).max", at: scaling.most.range)
    } else if let number {
      wishes.set(dimension.attribute, to: Value(number.value), at: number.range, as: .integer)
    }
  }

  /// The scalable target of a table and its policy; none where nothing moves the capacity.
  func resources(
    of table: Address, _ manifest: Manifest, in context: CompilationContext
  ) -> [DesiredResource] {
    guard let scaling else { return [] }
    var bounds = Wishes()
    bounds.set("minCapacity", to: Value(scaling.least.value), at: scaling.least.range, as: .integer)
    bounds.set("maxCapacity", to: Value(scaling.most.value), at: scaling.most.range, as: .integer)
    var policy = Wishes()
    policy.set("policyType", to: "TargetTrackingScaling", at: scaling.target.range)
    policy.set("metric", to: .string(dimension.metric), at: scaling.target.range)
    policy.set(
      "targetValue", to: .number(scaling.target.value), at: scaling.target.range,
      as: .quantity(.percent))
    for name in ["scaleInCooldown", "scaleOutCooldown"] {
      guard let seconds = scaling.fields.duration(name) else { continue }
      policy.set(name, to: Value(seconds.value), at: seconds.range, as: .quantity(.duration))
    }
    if let disabled = scaling.fields.bool("disableScaleIn") {
      policy.set("disableScaleIn", to: .bool(disabled.value), at: disabled.range, as: .boolean)
    }
    let target = dimension.target(of: table.name)
    return [
      manifest.resource(target, bounds, in: context, dependsOn: [table]),
      manifest.resource(
        dimension.policy(scaling.fields.string("policyName")?.value, of: table.name), policy,
        in: context, dependsOn: [target]),
    ]
  }
}
