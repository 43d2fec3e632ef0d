internal import Foundation
internal import Manifests
internal import Model

/// `StreamCapacity`: how the capacity of Kinesis data streams is had, and how long they keep records.
enum StreamCapacity: ManifestKind {
  static let schema = KindSchema(
    kind: "StreamCapacity",
    doc: """
      How the capacity of Kinesis data streams is had, and how long they keep records.

      It holds for the streams in `streams`, which must be there, and for all with `tags` at the time of the \
      plan, but for those in `except`. Kinesis at most doubles and at least halves the shards of a stream at a \
      time, ten times within 24 hours: a count beyond is reached in steps, which the plan tells, and the apply \
      waits between them. The mode it switches twice within 24 hours. A stream on demand costs as much as 2.67 \
      shards when idle.
      """,
    spec: ObjectSchema([
      Field("streams", .list(.string(stream), nonEmpty: true), doc: "Streams by their names."),
      Field.tags(
        doc: "The tags of the streams that are meant: a value or a list of them for each."),
      Field(
        "except", .list(.string(stream), nonEmpty: true), doc: "Streams that `tags` do not mean."),
      Field(
        "mode", .enumeration(["provisioned", "onDemand"]),
        doc: "Whether shards are provisioned, or Kinesis sets them; else as it is."),
      Field("shards", .integer(1...1_000_000), doc: "The shards of a provisioned stream."),
      Field(
        "retention", .duration,
        doc: "How long records are kept, 24h to 365d in whole hours; less loses the older ones."),
    ]))

  /// API description of kinesis, StreamName.
  private static let stream = StringRule(
    "a stream's name of letters, digits, `_`, `.` and `-`", example: "clicks",
    pattern: "[a-zA-Z0-9_.-]{1,128}")

  private static let type = "kinesis/stream"

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    let fields = manifest.fields
    manifest.checkNamesOrTags("stream", in: "streams", into: &diagnostics)
    let wishes = wishes(of: fields, into: &diagnostics)
    if wishes.isEmpty { return [] }
    return fields.strings("streams").map {
      manifest.resource(Address(type, $0.value), wishes, in: context)
    }
  }

  static func select(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredSelection] {
    let fields = manifest.fields
    var reported = Diagnostics()
    let wishes = wishes(of: fields, into: &reported)
    guard let tags = fields.tagFilter(into: &reported), !reported.hasErrors, !wishes.isEmpty else {
      return []
    }
    return [manifest.selection(type, ["tags": tags.criterion], wishes, in: context)]
  }

  private static func wishes(of fields: Fields, into diagnostics: inout Diagnostics) -> Wishes {
    if !["mode", "shards", "retention"].contains(where: fields.has) {
      diagnostics.add(
        error: "nothing is asked of the streams", at: fields.range,
        hint: "Set `mode`, `shards` or `retention`.")
    }
    var wishes = Wishes()
    let mode = fields.string("mode")
    let isOnDemand = mode?.value == "onDemand"
    if let mode {
      let words: [String: Value] = ["onDemand": "ON_DEMAND", "provisioned": "PROVISIONED"]
      wishes.set("mode", to: words[mode.value] ?? .null, at: mode.range, as: .words(words))
      if isOnDemand { wishes.set("shards", .absent, at: mode.range) }
    }
    if let shards = fields.integer("shards") {
      if isOnDemand {
        diagnostics.add(
          error: "shards of streams on demand", at: shards.range,
          detail: "On demand Kinesis sets the shards.",
          hint: "Leave `shards` out, or let the mode be provisioned.")
      } else {
        wishes.set("shards", to: Value(shards.value), at: shards.range, as: .integer)
      }
    }
    if let retention = fields.duration("retention") {
      let (hours, rest) = retention.value.quotientAndRemainder(dividingBy: 3600)
      if rest != 0 || !(24...8760).contains(hours) {
        diagnostics.add(
          error: "expected whole hours, 24h to 365d", at: retention.range,
          detail: "Kinesis keeps records for no other time.")
      }
      wishes.set(
        "retentionHours", to: Value(hours), at: retention.range,
        as: .quantity(.duration, scale: 3600))
    }
    return wishes
  }
}
