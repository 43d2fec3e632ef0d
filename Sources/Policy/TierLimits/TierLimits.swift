internal import Foundation
internal import Manifests
internal import Model

/// `TierLimits`: what the users of each tier may do in each mode of spending.
enum TierLimits: ManifestKind {
  static let schema = KindSchema(
    kind: "TierLimits",
    doc: """
      What the users of each tier may do in each mode of spending.

      It becomes one parameter of Systems Manager with a JSON document that the service reads. For \
      each tier and mode the document holds `admission` (`all`: new sessions are admitted, \
      `existing`: only running ones go on, `none`: running ones end too) and, where there are \
      limits, `maxBandwidthMbps`, `maxSessions` and `maxDurationSeconds`. A tier's own entry for a \
      mode holds as it is; else the stricter of the tier's `defaults` and the mode's `caps`.
      """,
    spec: ObjectSchema([
      Field(
        "parameter", .string(parameter), isRequired: true,
        doc: "The name of the parameter, with its path."),
      Field("description", .string(), doc: "The parameter's description."),
      Field(
        "modes", .list(.string(name), nonEmpty: true), isRequired: true,
        doc: "The modes of spending, from the one without restrictions to the strictest."),
      Field("caps", .map(.object(TierLimit.schema)), doc: "What a mode restricts for all tiers."),
      Field(
        "tiers", .map(.object(tier)), isRequired: true, doc: "The tiers by name, with limits."),
    ]))

  private static let tier = ObjectSchema([
    Field("price", .money, doc: "What the tier costs its users."),
    Field("priority", .integer(0...1_000_000), doc: "Who is served first: the higher, the sooner."),
    Field("defaults", .object(TierLimit.schema), doc: "The limits where a mode says nothing else."),
    Field("modes", .map(.object(TierLimit.schema)), doc: "The limits in single modes."),
  ])

  /// API description of ssm, PutParameter.Name: letters, digits, `.`, `-`, `_`, at most 15 levels,
  /// not beginning with aws or ssm.
  private static let parameter = StringRule(
    "a parameter name that starts with / and not with /aws or /ssm", example: "/web/limits",
    pattern: "(?!/(?i:aws|ssm))(/[A-Za-z0-9_.-]+){1,15}")

  static let name = StringRule(
    "a name of letters, digits, `_` and `-`", example: "normal",
    pattern: "[A-Za-z][A-Za-z0-9_-]{0,63}")

  /// API description of ssm, PutParameter.Value: at most 4 KB in the standard tier.
  private static let mostBytes = 4096

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    let fields = manifest.fields
    var table = TierTable(fields, into: &diagnostics)
    guard let parameter = fields.string("parameter"), !table.isEmpty else { return [] }
    let document = table.document(into: &diagnostics)
    checkSize(document, at: parameter.range, into: &diagnostics)
    var wishes = Wishes()
    wishes.set("value", to: document, at: fields.keyRange(of: "tiers"))
    for (path, range) in table.places {
      wishes.locate("value.\(path)", at: range, as: table.forms[path])
    }
    wishes.set("type", to: "String", at: parameter.range)
    wishes.set("tier", to: "Standard", at: parameter.range)
    if let description = fields.string("description") {
      wishes.set(
        "description", to: .string(description.value), at: description.range, as: .text)
    }
    return [manifest.resource(Address("ssm/parameter", parameter.value), wishes, in: context)]
  }

  private static func checkSize(
    _ document: Value, at range: SourceRange, into diagnostics: inout Diagnostics
  ) {
    guard let line = try? CanonicalJSON.encodeLine(document) else { return }
    let size = line.count - 1
    guard size > mostBytes else { return }
    diagnostics.add(
      error: "too much for a parameter", at: range,
      detail: "The document has \(size) bytes; a standard parameter takes \(mostBytes).",
      hint: "Split the tiers over two manifests with a parameter each.")
  }
}
