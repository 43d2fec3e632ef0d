internal import Manifests
internal import Model

/// `DistributionClass`: from where CloudFront delivers, and for how long it keeps what it fetched.
enum DistributionClass: ManifestKind {
  static let schema = KindSchema(
    kind: "DistributionClass",
    doc: """
      From where CloudFront delivers, and for how long it keeps what it fetched.

      It changes the price class and the times to live of a distribution that is there, and nothing else of it. The times \
      are those of cache behaviours without a cache policy; where a behaviour has one, its times are the \
      policy's, and a plan refuses them here. A change reaches all edges after some minutes.
      """,
    spec: ObjectSchema([
      Field("distribution", .string(id), isRequired: true, doc: "The distribution's ID."),
      Field(
        "priceClass", .enumeration(classes.map(\.word)),
        doc: "The edges that deliver: 100 (North America and Europe), 200 (Asia too) or all."),
      Field("ttl", .object(times), doc: "The times to live of the default cache behaviour."),
      Field(
        "paths", .map(.object(times)),
        doc: "The times to live of other behaviours, by path pattern."),
    ]))

  private static let times = ObjectSchema([
    Field("min", .duration, doc: "For how long at least an object stays."),
    Field("default", .duration, doc: "For how long, where the origin does not say."),
    Field("max", .duration, doc: "For how long at most."),
  ])

  private static let id = StringRule(
    "a distribution's ID", example: "EDFDVBD6EXAMPLE", pattern: "[A-Z0-9]{8,32}")

  /// API description of cloudfront, PriceClass.
  private static let classes = [
    (word: "100", value: "PriceClass_100"), (word: "200", value: "PriceClass_200"),
    (word: "all", value: "PriceClass_All"),
  ]

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    let fields = manifest.fields
    var wishes = Wishes()
    if let word = fields.string("priceClass"),
      let value = classes.first(where: { $0.word == word.value })?.value
    {
      wishes.set(
        "priceClass", to: .string(value), at: word.range,
        as: .words(
          Dictionary(
            classes.map { ($0.word, Value.string($0.value)) }, uniquingKeysWith: { $1 })))
    }
    if let ttl = fields.object("ttl") { add(ttl, prefix: "", &wishes, into: &diagnostics) }
    for (path, times) in fields.objectMap("paths") {
      add(times, prefix: "paths.\(path.value).", &wishes, into: &diagnostics)
    }
    guard let id = fields.string("distribution") else { return [] }
    if wishes.isEmpty, !["priceClass", "ttl", "paths"].contains(where: fields.has) {
      diagnostics.add(
        error: "nothing for the distribution", at: fields.range,
        detail: "A DistributionClass has `priceClass`, `ttl` or `paths`.")
    }
    guard !wishes.isEmpty else { return [] }
    return [manifest.resource(Address("cloudfront/distribution", id.value), wishes, in: context)]
  }

  private static func add(
    _ fields: Fields, prefix: String, _ wishes: inout Wishes, into diagnostics: inout Diagnostics
  ) {
    var last: Located<Int>?
    for name in ["min", "default", "max"] {
      guard let time = fields.duration(name) else { continue }
      if let last, time.value < last.value {
        diagnostics.add(
          error: "times out of order", at: time.range,
          detail: "`min`, `default` and `max` follow each other; CloudFront refuses another order.")
      }
      last = time
      wishes.set(
        "\(prefix)\(name)TTL", to: Value(time.value), at: time.range, as: .quantity(.duration))
    }
  }
}
