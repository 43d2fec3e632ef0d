internal import Foundation
internal import Manifests
internal import Model

/// `LogRetention`: how long log groups keep their events.
enum LogRetention: ManifestKind {
  static let schema = KindSchema(
    kind: "LogRetention",
    doc: """
      How long log groups keep their events.

      It holds for the groups in `names`, which must be there, and for all whose names begin with one of \
      `prefixes` at the time of the plan, but for those in `except`. What a manifest says of a group by \
      its name holds before what another says of a prefix. An account-level retention policy of CloudWatch Logs can \
      override both.
      """,
    spec: ObjectSchema([
      Field(
        "retention", .duration, isRequired: true,
        doc: "How long events are kept: whole days that CloudWatch Logs knows, such as 30d."),
      Field("names", .list(.string(name), nonEmpty: true), doc: "Log groups by their whole name."),
      Field(
        "prefixes", .list(.string(name), nonEmpty: true),
        doc: "Beginnings of the names of log groups."),
      Field(
        "except", .list(.string(name), nonEmpty: true),
        doc: "Log groups that a prefix does not mean."),
    ]))

  /// API description of logs, LogGroupName.
  private static let name = StringRule(
    "a log group's name of letters, digits and . _ - / #", example: "/ecs/web",
    pattern: "[.\\-_/#A-Za-z0-9]{1,512}")

  /// API description of logs, PutRetentionPolicy, retentionInDays.
  static let allowedDays = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
  ]

  private static let type = "logs/log-group"

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    let fields = manifest.fields
    manifest.checkNames(
      of: "log group", in: "names", selectors: ["prefixes"], prefixes: "prefixes",
      into: &diagnostics)
    guard let wishes = wishes(of: manifest, into: &diagnostics) else { return [] }
    return fields.strings("names").map {
      manifest.resource(Address(type, $0.value), wishes, in: context)
    }
  }

  static func select(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredSelection] {
    var reported = Diagnostics()
    guard let wishes = wishes(of: manifest, into: &reported) else { return [] }
    return manifest.fields.strings("prefixes").map {
      manifest.selection(type, ["prefix": .string($0.value)], wishes, in: context)
    }
  }

  private static func wishes(of manifest: Manifest, into diagnostics: inout Diagnostics) -> Wishes?
  {
    guard let days = wholeDays(manifest.fields, "retention", into: &diagnostics) else { return nil }
    guard allowedDays.contains(days.value) else {
      let nearest = allowedDays.min { abs($0 - days.value) < abs($1 - days.value) } ?? 30
      diagnostics.add(
        error: "not a retention that CloudWatch Logs knows", at: days.range,
        detail: "It knows \(alternatives(allowedDays.map { "\($0)d" })).",
        hint: "The nearest is \(nearest)d.")
      return nil
    }
    var wishes = Wishes()
    wishes.set(
      "retentionDays", to: .number(Decimal(days.value)), at: days.range,
      as: .quantity(.duration, scale: 86_400))
    return wishes
  }
}
