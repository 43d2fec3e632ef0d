internal import Foundation
internal import Manifests
internal import Model

/// `VolumeType`: which type EBS volumes are of, and how fast.
enum VolumeType: ManifestKind {
  static let schema = KindSchema(
    kind: "VolumeType",
    doc: """
      Which type EBS volumes are of, and how fast they are.

      It holds for the volumes in `volumes`, which must be there, and for all with the tags and of the \
      type `from` at the time of the plan, but for those in `except`. A volume that is of the wished type \
      already stays among them. EBS changes a volume while it is in use, one modification at a time and at \
      most four within 24 hours; how many are left cannot be read beforehand. The size is left as it is.
      """,
    spec: ObjectSchema([
      Field("volumes", .list(.string(volume), nonEmpty: true), doc: "Volumes by their IDs."),
      Field.tags(
        doc: "The tags of the volumes that are meant: a value or a list of them for each."),
      Field(
        "from", .enumeration(types),
        doc:
          "Only volumes of this type, or of the wished one, are meant by `tags`; alone, all of it."),
      Field(
        "except", .list(.string(volume), nonEmpty: true),
        doc: "Volumes that `tags` and `from` do not mean."),
      Field("type", .enumeration(types), doc: "The type; else each keeps its own."),
      Field(
        "iops", .integer(100...256_000),
        doc: "The IOPS of a gp3, io1 or io2 volume; a volume that becomes gp3 begins with 3000."),
      Field(
        "throughput", .integer(125...2000),
        doc: "The MiB/s of a gp3 volume; one that becomes gp3 begins with 125."),
    ]))

  /// API description of ec2, VolumeType.
  private static let types = ["gp2", "gp3", "io1", "io2", "st1", "sc1", "standard"]
  private static let provisioned = ["gp3", "io1", "io2"]

  private static let volume = StringRule(
    "the ID of a volume", example: "vol-0123456789abcdef0", pattern: "vol-[0-9a-f]{8,17}")

  private static let address = "ec2/volume"

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    let fields = manifest.fields
    manifest.checkNames(
      of: "volume", in: "volumes", selectors: ["tags", "from"], into: &diagnostics)
    _ = fields.tagFilter(into: &diagnostics)
    guard let wishes = wishes(of: fields, into: &diagnostics) else { return [] }
    return fields.strings("volumes").map {
      manifest.resource(Address(address, $0.value), wishes, in: context)
    }
  }

  static func select(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredSelection] {
    let fields = manifest.fields
    var reported = Diagnostics()
    guard let wishes = wishes(of: fields, into: &reported),
      fields.has("tags") || fields.has("from")
    else { return [] }
    var criteria: [String: Value] = [:]
    if let tags = fields.tagFilter(into: &reported) { criteria["tags"] = tags.criterion }
    if let from = fields.string("from") {
      // Without the wished type a volume would be meant no more as soon as it has become one.
      let types = Set([from.value, fields.string("type")?.value].compactMap { $0 })
      criteria["volumeTypes"] = .list(types.sorted().map(Value.string))
    }
    if reported.hasErrors { return [] }
    return [manifest.selection(address, criteria, wishes, in: context)]
  }

  private static func wishes(of fields: Fields, into diagnostics: inout Diagnostics) -> Wishes? {
    var wishes = Wishes()
    let type = fields.string("type")
    if let type { wishes.set("volumeType", to: .string(type.value), at: type.range, as: .text) }
    if let iops = fields.integer("iops") {
      if let type, !provisioned.contains(type.value) {
        diagnostics.add(
          error: "IOPS for a type that takes none", at: iops.range,
          detail: "The IOPS of a \(type.value) volume follow from its size.",
          hint: "Take `iops` away, or a type of \(alternatives(provisioned)).")
      }
      wishes.set("iops", to: Value(iops.value), at: iops.range, as: .integer)
    }
    if let throughput = fields.integer("throughput") {
      if let type, type.value != "gp3" {
        diagnostics.add(
          error: "throughput for a type that takes none", at: throughput.range,
          detail: "Only gp3 volumes take a throughput; that of a \(type.value) volume follows from"
            + " its size and IOPS.",
          hint: "Take `throughput` away, or let the type be gp3.")
      }
      wishes.set("throughput", to: Value(throughput.value), at: throughput.range, as: .integer)
    }
    if fields.string("type")?.value ?? "gp3" == "gp3" {
      checkStorageSpeed(
        iops: fields.integer("iops"), throughput: fields.integer("throughput"), into: &diagnostics)
    }
    if !["type", "iops", "throughput"].contains(where: fields.has) {
      diagnostics.add(
        error: "nothing is asked of the volumes", at: fields.range,
        hint: "Set `type`, `iops` or `throughput`.")
    }
    return wishes.isEmpty ? nil : wishes
  }
}
