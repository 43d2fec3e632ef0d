internal import Foundation
internal import Manifests
internal import Model

/// `NodeGroupSize`: how many nodes a managed node group of EKS has.
enum NodeGroupSize: WindowedSize {
  static let schema = KindSchema(
    kind: "NodeGroupSize",
    doc: """
      How many nodes a managed node group of EKS has, with its labels and taints.

      It changes a node group that is there. With `min` and `max` and without `desired` the number of nodes \
      belongs to the cluster's autoscaler: Weir touches it only where it lies outside the bounds, to bring it \
      to the nearest. With `desired` Weir sets it; an autoscaler would then work against it. Labels and \
      taints that are not named stay as they are.
      """,
    spec: ObjectSchema([
      Field("cluster", .string(cluster), isRequired: true, doc: "The name of the EKS cluster."),
      Field("nodeGroup", .string(group), isRequired: true, doc: "The name of the node group."),
      Field("min", .integer(0...100_000), doc: "The fewest nodes."),
      Field("max", .integer(1...100_000), doc: "The most nodes."),
      Field(
        "desired", .integer(0...100_000),
        doc: "How many nodes there are, where no autoscaler says so."),
      Field("labels", .map(.string(label)), doc: "Labels of the nodes, by key."),
      Field(
        "taints",
        .list(
          .object(
            ObjectSchema([
              Field("key", .string(key), isRequired: true, doc: "The key of the taint."),
              Field("value", .string(label), doc: "The value of the taint; else none."),
              Field(
                "effect", .enumeration(effects.map(\.word)), isRequired: true,
                doc: "What becomes of pods that do not tolerate it."),
            ])), nonEmpty: true),
        doc: "Taints of the nodes, each key and effect once."),
    ]))

  /// API description of eks, CreateCluster, CreateNodegroup and labelKey.
  private static let cluster = StringRule(
    "a name of letters, digits, `-` and `_`", example: "shop",
    pattern: "[0-9A-Za-z][A-Za-z0-9_-]{0,99}")
  private static let group = StringRule(
    "a name of letters, digits, `-` and `_`", example: "workers",
    pattern: "[0-9A-Za-z][A-Za-z0-9_-]{0,62}")
  private static let key = StringRule(
    "a key as Kubernetes has them", example: "example.com/team",
    pattern: "([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?")
  private static let label = StringRule(
    "a value as Kubernetes has them", example: "spot",
    pattern: "[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?")
  private static let effects: [(word: String, name: String)] = [
    (word: "noSchedule", name: "NO_SCHEDULE"), ("preferNoSchedule", "PREFER_NO_SCHEDULE"),
    ("noExecute", "NO_EXECUTE"),
  ]

  static func resource(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> DesiredResource? {
    let fields = manifest.fields
    if !["min", "max", "desired", "labels", "taints"].contains(where: fields.has) {
      diagnostics.add(
        error: "nothing to set", at: fields.range,
        detail: "A NodeGroupSize sets at least one of min, max, desired, labels and taints.")
    }
    var wishes = Wishes()
    for entry in fields.stringMap("labels") {
      if !key.allows(entry.key.value) {
        diagnostics.add(
          error: "not a key of a label", at: entry.key.range,
          detail: "A label's key is \(key.meaning), such as \(key.example).")
      }
      wishes.set(
        "labels.\(entry.key.value)", to: .string(entry.value.value), at: entry.value.range,
        as: .text)
    }
    for taint in fields.objects("taints") { wish(taint, into: &wishes, &diagnostics) }
    guard let cluster = fields.string("cluster"), let group = fields.string("nodeGroup") else {
      return nil
    }
    let address = Address("eks/nodegroup", "\(cluster.value)/\(group.value)")
    wishSizes(fields, of: address, into: &wishes, &diagnostics)
    return wishes.isEmpty ? nil : manifest.resource(address, wishes, in: context)
  }

  private static func wishSizes(
    _ fields: Fields, of address: Address, into wishes: inout Wishes,
    _ diagnostics: inout Diagnostics
  ) {
    let least = fields.integer("min")
    let most = fields.integer("max")
    let desired = fields.integer("desired")
    for (name, number) in [("minSize", least), ("maxSize", most), ("desiredSize", desired)] {
      guard let number else { continue }
      wishes.set(name, to: Value(number.value), at: number.range, as: .integer)
    }
    if let least, let most, least.value > most.value {
      diagnostics.add(
        error: "the fewest are more than the most", at: least.range,
        detail: "`min` is \(least.value), `max` is \(most.value).")
    } else if let desired, desired.value < least?.value ?? 0 || desired.value > most?.value ?? .max
    {
      diagnostics.add(
        error: "a desired size outside the bounds", at: desired.range,
        detail: "\(desired.value) does not lie within \(least?.value ?? 0) to"
          + " \(most.map { "\($0.value)" } ?? "any").",
        hint: "Leave `desired` out where an autoscaler moves it.")
    } else if let least, let most, !fields.has("desired") {
      // The group keeps its size within bounds by itself: it is its own owner.
      wishes.set(
        "desiredSize",
        .within(Decimal(least.value)...Decimal(most.value), initial: nil, owner: address),
        at: fields.range)
      wishes.locate("desiredSize.min", at: least.range)
      wishes.locate("desiredSize.max", at: most.range)
    }
  }

  private static func wish(
    _ taint: Fields, into wishes: inout Wishes, _ diagnostics: inout Diagnostics
  ) {
    guard let key = taint.string("key"), let word = taint.string("effect"),
      let effect = effects.first(where: { $0.word == word.value })
    else { return }
    let name = "taints.\(key.value):\(effect.name)"
    if wishes.attributes[name] != nil {
      diagnostics.add(
        error: "the same taint twice", at: key.range,
        detail: "A node has one taint for a key and an effect.")
    }
    let value = taint.string("value")
    wishes.set(name, to: .string(value?.value ?? ""), at: value?.range ?? taint.range)
  }
}
