internal import Manifests
internal import Model

/// An Intelligent-Tiering configuration of a bucket: when objects that nobody reads move to its archive
/// tiers.
struct TieringConfiguration {
  /// Its ID in the bucket.
  let id: Located<String>
  /// What is asked of it.
  private(set) var wishes = Wishes()

  static let schema = ObjectSchema([
    Field("id", .string(id), isRequired: true, doc: "The configuration's ID in the bucket."),
    Field("enabled", .boolean, doc: "Whether S3 follows it; else true."),
    Field("prefix", .string(), doc: "What the keys of its objects begin with."),
    Field("tags", .map(.string()), doc: "The tags of its objects, all of them."),
    Field(
      "archiveAfter", .duration,
      doc: "When objects that are not read move to Archive Access: 90 to 730 days."),
    Field(
      "deepArchiveAfter", .duration,
      doc: "When objects that are not read move to Deep Archive Access: 180 to 730 days."),
  ])

  private static let id = StringRule(
    "an ID of 1 to 64 characters without `/`", example: "archive", pattern: "[^/\\x00-\\x1f]{1,64}")

  /// API description of s3, Tiering.Days: "at least 90 days for Archive Access tier and at least 180
  /// days for Deep Archive Access tier. The maximum can be up to 2 years (730 days)".
  private static let tiers = [
    (field: "archiveAfter", tier: "ARCHIVE_ACCESS", least: 90),
    (field: "deepArchiveAfter", tier: "DEEP_ARCHIVE_ACCESS", least: 180),
  ]

  /// The configurations of a bucket.
  static func all(
    in fields: Fields, into diagnostics: inout Diagnostics
  ) -> [TieringConfiguration] {
    var found: [TieringConfiguration] = []
    for object in fields.objects("intelligentTiering") {
      guard let tiering = TieringConfiguration(object, into: &diagnostics) else { continue }
      if let first = found.first(where: { $0.id.value == tiering.id.value }) {
        diagnostics.add(
          error: "the same ID twice", at: tiering.id.range,
          detail: "`\(tiering.id.value)` also stands at \(place(of: first.id.range)).")
        continue
      }
      found.append(tiering)
    }
    return found
  }

  private init?(_ fields: Fields, into diagnostics: inout Diagnostics) {
    guard let id = fields.string("id") else { return nil }
    self.id = id
    let isEnabled = fields.bool("enabled")
    wishes.set(
      "status", to: isEnabled?.value == false ? "Disabled" : "Enabled",
      at: isEnabled?.range ?? id.range,
      as: isEnabled.map { _ in .words(["true": "Enabled", "false": "Disabled"]) })
    let condition = ["prefix", "tags"].first(where: fields.has)
    wishes.set("filter", to: Self.filter(fields), at: condition.map(fields.range(of:)) ?? id.range)
    var days: [Located<Int>] = []
    var tiers: [String: Value] = [:]
    for tier in Self.tiers {
      guard let after = wholeDays(fields, tier.field, into: &diagnostics) else { continue }
      days.append(after)
      if !(tier.least...730).contains(after.value) {
        diagnostics.add(
          error: "a time out of range", at: after.range,
          detail: "`\(tier.field)` is \(tier.least) to 730 days.")
      }
      tiers[tier.tier] = Value(after.value)
      wishes.locate(
        "tiers.\(tier.tier)", at: after.range, as: .quantity(.duration, scale: 86_400))
    }
    if let first = days.first { wishes.set("tiers", to: .map(tiers), at: first.range) }
    if days.count == 2, days[1].value <= days[0].value {
      diagnostics.add(
        error: "two tiers at the same time", at: days[1].range,
        detail: "Objects move to the deep archive later than to the archive.")
    }
    if !Self.tiers.contains(where: { fields.has($0.field) }) {
      diagnostics.add(
        error: "a configuration that does nothing", at: fields.range,
        detail: "It has `archiveAfter`, `deepArchiveAfter` or both.")
    }
  }

  private static func filter(_ fields: Fields) -> Value {
    let prefix = fields.string("prefix")?.value ?? ""
    let tags = fields.stringMap("tags").sorted { $0.key.value < $1.key.value }
      .map { tag -> Value in ["Key": .string(tag.key.value), "Value": .string(tag.value.value)] }
    switch (prefix.isEmpty, tags.count) {
    case (true, 0): return [:]
    case (false, 0): return ["Prefix": .string(prefix)]
    case (true, 1): return ["Tag": tags[0]]
    case (true, _): return ["And": ["Tags": .list(tags)]]
    case (false, _): return ["And": ["Prefix": .string(prefix), "Tags": .list(tags)]]
    }
  }
}
