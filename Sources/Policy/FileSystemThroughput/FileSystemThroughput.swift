internal import Foundation
internal import Manifests
internal import Model

/// `FileSystemThroughput`: how fast EFS file systems are, and when their files move to cheaper storage.
enum FileSystemThroughput: ManifestKind {
  static let schema = KindSchema(
    kind: "FileSystemThroughput",
    doc: """
      How fast EFS file systems are, and when their files move to cheaper storage.

      It holds for the file systems in `fileSystems`, which must be there, and for all with `tags` at the \
      time of the plan, but for those in `except`. EFS takes a change of the mode, or a decrease, once \
      within 24 hours, and whether it still does cannot be read beforehand; an increase it takes at any time. \
      Transitions that are left out stay as they are.
      """,
    spec: ObjectSchema([
      Field(
        "fileSystems", .list(.string(system), nonEmpty: true), doc: "File systems by their IDs."),
      Field.tags(
        doc: "The tags of the file systems that are meant: a value or a list of them for each."),
      Field(
        "except", .list(.string(system), nonEmpty: true),
        doc: "File systems that `tags` do not mean."),
      Field(
        "mode", .enumeration(["bursting", "provisioned", "elastic"]),
        doc: "How throughput is had; provisioned needs `provisioned`."),
      Field(
        "provisioned", .integer(1...3414),
        doc: "The MiB/s that are provisioned, and billed beyond 1 for each 20 GiB that are stored."),
      Field(
        "infrequentAfter", .duration,
        doc: "When files that nobody reads move to Infrequent Access: \(dayWords)."),
      Field(
        "archiveAfter", .duration,
        doc:
          "When they move to the Archive class, later than to Infrequent Access; needs `elastic`."),
      Field(
        "returnOnAccess", .boolean, doc: "Whether files move back to Standard when they are read."),
    ]))

  /// API description of efs, TransitionToIARules and TransitionToArchiveRules.
  private static let days = [1, 7, 14, 30, 60, 90, 180, 270, 365]
  private static let dayWords = alternatives(days.map { "\($0)d" })

  private static let system = StringRule(
    "the ID of a file system", example: "fs-0123456789abcdef0", pattern: "fs-[0-9a-f]{8,40}")

  private static let type = "efs/file-system"

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    let fields = manifest.fields
    manifest.checkNamesOrTags("file system", in: "fileSystems", into: &diagnostics)
    guard let wishes = wishes(of: fields, into: &diagnostics) else { return [] }
    return fields.strings("fileSystems").map {
      manifest.resource(Address(type, $0.value), wishes, in: context)
    }
  }

  static func select(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredSelection] {
    var reported = Diagnostics()
    guard let wishes = wishes(of: manifest.fields, into: &reported),
      let tags = manifest.fields.tagFilter(into: &reported), !reported.hasErrors
    else { return [] }
    return [manifest.selection(type, ["tags": tags.criterion], wishes, in: context)]
  }

  private static func wishes(of fields: Fields, into diagnostics: inout Diagnostics) -> Wishes? {
    var wishes = Wishes()
    let mode = fields.string("mode")
    if let mode { wishes.set("throughputMode", to: .string(mode.value), at: mode.range, as: .text) }
    if let speed = fields.integer("provisioned") {
      wishes.set("provisionedMibps", to: Value(speed.value), at: speed.range, as: .integer)
      if let mode, mode.value != "provisioned" {
        diagnostics.add(
          error: "MiB/s for a mode that takes none", at: speed.range,
          detail: "Only the mode `provisioned` takes MiB/s.",
          hint: "Take `provisioned` away, or let the mode be provisioned.")
      }
    } else if let mode, mode.value == "provisioned", !fields.has("provisioned") {
      diagnostics.add(
        error: "provisioned throughput without its MiB/s", at: mode.range,
        hint: "Set `provisioned`.")
    } else if let mode, mode.value != "provisioned" {
      wishes.set("provisionedMibps", .absent, at: mode.range)
    }
    for (field, attribute) in [
      ("infrequentAfter", "transitionToIA"), ("archiveAfter", "transitionToArchive"),
    ] {
      guard let days = transition(fields, field, into: &diagnostics) else { continue }
      let word = days.value == 1 ? "AFTER_1_DAY" : "AFTER_\(days.value)_DAYS"
      wishes.set(attribute, to: .string(word), at: days.range)
    }
    if let returns = fields.bool("returnOnAccess") {
      wishes.set(
        "transitionToPrimary", returns.value ? .exactly("AFTER_1_ACCESS") : .absent,
        at: returns.range)
    }
    return wishes.isEmpty ? nothing(fields, into: &diagnostics) : wishes
  }

  private static func nothing(_ fields: Fields, into diagnostics: inout Diagnostics) -> Wishes? {
    let names = ["mode", "provisioned", "infrequentAfter", "archiveAfter", "returnOnAccess"]
    if !names.contains(where: fields.has) {
      diagnostics.add(
        error: "nothing is asked of the file systems", at: fields.range,
        hint: "Set one of \(alternatives(names.map { "`\($0)`" })).")
    }
    return nil
  }

  private static func transition(
    _ fields: Fields, _ name: String, into diagnostics: inout Diagnostics
  ) -> Located<Int>? {
    guard let wished = wholeDays(fields, name, into: &diagnostics) else { return nil }
    guard days.contains(wished.value) else {
      diagnostics.add(
        error: "not a time that EFS knows", at: wished.range, detail: "It knows \(dayWords).")
      return nil
    }
    return wished
  }
}
