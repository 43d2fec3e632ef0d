internal import Manifests
internal import Model

/// `LifecycleRule`: where the objects of a bucket move as they age, and when they go.
enum LifecycleRule: ManifestKind {
  static let schema = KindSchema(
    kind: "LifecycleRule",
    doc: """
      Where the objects of a bucket move as they age, and when they go.

      Each rule becomes the rule of that ID in the bucket's lifecycle configuration. Rules with other \
      IDs stay as they are. Each entry of `intelligentTiering` becomes the bucket's Intelligent-Tiering configuration of \
      that ID: it opens archive tiers to objects that are in the class INTELLIGENT_TIERING already. Several manifests may share a bucket.
      """,
    spec: ObjectSchema([
      Field("bucket", .string(bucket), isRequired: true, doc: "The bucket's name."),
      Field(
        "rules", .list(.object(RuleDocument.schema), nonEmpty: true),
        doc: "The rules, each with an ID of its own."),
      Field(
        "intelligentTiering", .list(.object(TieringConfiguration.schema), nonEmpty: true),
        doc: "Archive tiers of the class intelligent-tiering, each with an ID of its own."),
      Field(
        "smallObjects", .enumeration(minimumSizes.map(\.word)),
        doc: "Whether objects below 128 KB stay where they are (keep) or move where that can pay"
          + " (transition), for all rules of the bucket; else as the bucket has it."),
    ]))

  /// API description of s3, CreateBucket, and the S3 user guide's bucket naming rules.
  private static let bucket = StringRule(
    "a bucket name of small letters, digits, `.` and `-`", example: "web-data",
    pattern: "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")

  /// API description of s3, TransitionDefaultMinimumObjectSize.
  private static let minimumSizes = [
    (word: "keep", value: "all_storage_classes_128K"),
    (word: "transition", value: "varies_by_storage_class"),
  ]

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    let fields = manifest.fields
    var wishes = Wishes()
    for rule in fields.objects("rules") {
      guard let document = RuleDocument(rule, into: &diagnostics) else { continue }
      let attribute = "rules.\(document.id.value)"
      if let first = wishes.sources[attribute] {
        diagnostics.add(
          error: "the same rule ID twice", at: document.id.range,
          detail: "`\(document.id.value)` also stands at \(place(of: first)).")
        continue
      }
      wishes.set(attribute, to: .map(document.members), at: document.id.range)
      for (member, range) in document.places {
        wishes.locate("\(attribute).\(member)", at: range, as: document.forms[member])
      }
    }
    if let small = fields.string("smallObjects"),
      let size = minimumSizes.first(where: { $0.word == small.value })
    {
      wishes.set(
        "transitionDefaultMinimumObjectSize", to: .string(size.value), at: small.range,
        as: .words(
          Dictionary(
            minimumSizes.map { ($0.word, Value.string($0.value)) }, uniquingKeysWith: { $1 })))
    }
    if !fields.has("rules"), !fields.has("intelligentTiering"), !fields.has("smallObjects") {
      diagnostics.add(
        error: "nothing for the bucket", at: fields.range,
        detail: "A LifecycleRule has `rules`, `intelligentTiering` or both.")
    }
    guard let bucket = fields.string("bucket") else { return [] }
    let tierings = TieringConfiguration.all(in: fields, into: &diagnostics)
    var resources = tierings.map { tiering in
      manifest.resource(
        Address("s3/intelligent-tiering", "\(bucket.value)/\(tiering.id.value)"), tiering.wishes,
        in: context)
    }
    if !wishes.isEmpty {
      resources.append(
        manifest.resource(Address("s3/lifecycle", bucket.value), wishes, in: context))
    }
    return resources
  }
}
