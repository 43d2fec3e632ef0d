internal import Foundation
internal import Manifests
internal import Model

/// `ImageRetention`: which images ECR repositories keep.
enum ImageRetention: ManifestKind {
  static let schema = KindSchema(
    kind: "ImageRetention",
    doc: """
      Which images of ECR repositories are kept, and which expire.

      Each rule becomes the rule of that priority in the repository's lifecycle policy. Rules of other \
      priorities stay as they are. It holds for the repositories in `repositories`, which must be there, and \
      for all whose names begin with one of `prefixes` at the time of the plan, but for those in `except`. \
      ECR expires images within 24 hours; an image that one rule keeps, a later one cannot expire.
      """,
    spec: ObjectSchema([
      Field(
        "repositories", .list(.string(repository), nonEmpty: true),
        doc: "Repositories by their whole name."),
      Field(
        "prefixes", .list(.string(start), nonEmpty: true),
        doc: "Beginnings of the names of repositories."),
      Field(
        "except", .list(.string(repository), nonEmpty: true),
        doc: "Repositories that a prefix does not mean."),
      Field(
        "rules", .list(.object(rule), nonEmpty: true), isRequired: true,
        doc: "The rules, each with a priority of its own."),
    ]))

  private static let rule = ObjectSchema([
    Field(
      "priority", .integer(1...1_000_000), isRequired: true,
      doc: "The rule's priority: the lower, the sooner it is tried."),
    Field("description", .string(), doc: "What the rule is for."),
    Field(
      "images", .enumeration(["tagged", "untagged", "any"]), isRequired: true,
      doc: "Which images: those with the tags below, those without any, or all that are left."),
    Field(
      "tagPrefixes", .list(.string(), nonEmpty: true),
      doc: "What tags begin with; an image needs a tag for each of them."),
    Field(
      "tagPatterns", .list(.string(pattern), nonEmpty: true),
      doc: "What tags look like, with `*` for anything; an image needs a tag for each of them."),
    Field("keepNewest", .integer(1...1_000_000), doc: "How many images are kept."),
    Field("expireAfter", .duration, doc: "The age at which images expire, in whole days."),
  ])

  /// API description of ecr, RepositoryName.
  private static let repository = StringRule(
    "the name of a repository", example: "web/api",
    pattern: "([a-z0-9]+([._-][a-z0-9]+)*/)*[a-z0-9]+([._-][a-z0-9]+)*")
  private static let start = StringRule(
    "the beginning of the name of a repository", example: "web/",
    pattern: "[a-z0-9][a-z0-9._/-]{0,255}")
  /// ECR user guide, lifecycle policy parameters: at most four wildcards.
  private static let pattern = StringRule(
    "a pattern of tags with at most four `*`", example: "prod*",
    pattern: "[^*]*(\\*[^*]*){0,4}")

  private static let type = "ecr/lifecycle-policy"

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    let fields = manifest.fields
    manifest.checkNames(
      of: "repository", in: "repositories", selectors: ["prefixes"], prefixes: "prefixes",
      into: &diagnostics)
    let wishes = wishes(of: fields, into: &diagnostics)
    return fields.strings("repositories").map {
      manifest.resource(Address(type, $0.value), wishes, in: context)
    }
  }

  static func select(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredSelection] {
    var reported = Diagnostics()
    let wishes = wishes(of: manifest.fields, into: &reported)
    return manifest.fields.strings("prefixes").map {
      manifest.selection(type, ["prefix": .string($0.value)], wishes, in: context)
    }
  }

  private static func wishes(of fields: Fields, into diagnostics: inout Diagnostics) -> Wishes {
    var wishes = Wishes()
    for rule in fields.objects("rules") {
      let document = document(rule, into: &diagnostics)
      guard let priority = rule.integer("priority") else { continue }
      let name = "rules.\(priority.value)"
      if wishes.attributes[name] != nil {
        diagnostics.add(
          error: "two rules of one priority", at: priority.range,
          detail: "Each rule of a policy has a priority of its own.")
      } else if let document {
        wishes.set(name, to: document, at: rule.range)
      }
    }
    return wishes
  }

  /// A rule as ECR has it; nil where something about it is wrong.
  private static func document(_ rule: Fields, into diagnostics: inout Diagnostics) -> Value? {
    var selection: [String: Value] = [:]
    let images = rule.string("images")
    let lists = ["tagPrefixes", "tagPatterns"].filter(rule.has)
    if let images, images.value == "tagged", lists.count != 1 {
      diagnostics.add(
        error: "which tags is not said", at: images.range,
        detail: "A rule for tagged images has either `tagPrefixes` or `tagPatterns`.",
        hint: lists.isEmpty ? "For images with whatever tag: `tagPatterns: [\"*\"]`." : nil)
    } else if let images, images.value != "tagged", let list = lists.first {
      diagnostics.add(
        error: "tags for images that are not told by tags", at: rule.keyRange(of: list),
        detail: "Only a rule for tagged images has tags; this one is for \(images.value) images.")
    }
    selection["tagStatus"] = images.map { .string($0.value) }
    for (field, member) in [("tagPrefixes", "tagPrefixList"), ("tagPatterns", "tagPatternList")] {
      let texts = rule.strings(field).map(\.value)
      if !texts.isEmpty { selection[member] = .list(texts.map(Value.string)) }
    }
    switch (rule.has("keepNewest"), rule.has("expireAfter")) {
    case (true, false):
      selection["countType"] = "imageCountMoreThan"
      selection["countNumber"] = rule.integer("keepNewest").map { Value($0.value) }
    case (false, true):
      selection["countType"] = "sinceImagePushed"
      selection["countUnit"] = "days"
      selection["countNumber"] = wholeDays(rule, "expireAfter", into: &diagnostics)
        .map { Value($0.value) }
    default:
      diagnostics.add(
        error: "how long images are kept is not said", at: rule.range,
        detail: "A rule has either `keepNewest` or `expireAfter`.")
    }
    guard selection["tagStatus"] != nil, selection["countNumber"] != nil else { return nil }
    var document: [String: Value] = ["selection": .map(selection), "action": ["type": "expire"]]
    document["description"] = rule.string("description").map { .string($0.value) }
    return .map(document)
  }
}
