internal import Foundation
internal import Manifests
internal import Model

/// `Cleanup`: what nobody uses any more and costs all the same.
enum Cleanup: ManifestKind {
  static let schema = KindSchema(
    kind: "Cleanup",
    doc: """
      What nobody uses any more, and is to be deleted.

      At each plan it means what is there and unused then: EBS volumes that are attached to nothing, EBS snapshots, \
      Elastic IP addresses that are associated with nothing, uploads to S3 that were begun and never completed. \
      Snapshots of an AMI, of Data Lifecycle Manager and of AWS Backup are never meant, nor is what another manifest \
      names by its ID. Who else refers to a snapshot, such as an account that it is shared with, EC2 does not tell in a \
      list. A plan lists each deletion; none of them can be reversed, and to apply them takes `--allow-delete`. Each is \
      read again before it is deleted, and left alone where somebody uses it by then. Nothing of it is in the state.
      """,
    spec: ObjectSchema([
      Field(
        "delete", .enumeration(Subject.allCases.map(\.rawValue)), isRequired: true,
        doc: "What is deleted."),
      Field(
        "olderThan", .duration,
        doc:
          "How old it has to be at least; needed, save for addresses, whose age EC2 does not tell. The age of a volume is that of the volume, not the time since it was detached."
      ),
      Field.tags(
        doc: "The tags that it has to have: a value or a list of them for each; not for uploads."),
      Field(
        "except", .list(.string(identifier), nonEmpty: true),
        doc: "The IDs of volumes, snapshots and addresses that stay."),
      Field(
        "keepLast", .integer(1...1000),
        doc: "How many snapshots of each volume stay, the newest; copies then stay, too."),
      Field(
        "buckets", .list(.string(bucket), nonEmpty: true),
        doc: "The buckets whose uploads are meant."),
      Field(
        "bucketPrefixes", .list(.string(bucketPrefix), nonEmpty: true),
        doc: "Beginnings of the names of such buckets, of those in the region of the environment."),
      Field(
        "maxDeletes", .integer(1...1000),
        doc: "How many are deleted by one apply at most, the oldest first; else all."),
    ]))

  /// What can be deleted.
  private enum Subject: String, CaseIterable {
    case volumes = "unattached-volumes"
    case snapshots
    case addresses = "unused-addresses"
    case uploads = "multipart-uploads"

    var type: String {
      switch self {
      case .volumes: "ec2/unattached-volume"
      case .snapshots: "ec2/snapshot"
      case .addresses: "ec2/address"
      case .uploads: "s3/multipart-upload"
      }
    }

    /// What begins the IDs of it; nil for what has none.
    var identifier: String? {
      switch self {
      case .volumes: "vol-"
      case .snapshots: "snap-"
      case .addresses: "eipalloc-"
      case .uploads: nil
      }
    }

    /// The fields that say nothing about it, each with the reason.
    var strangers: [String: String] {
      let notSnapshots = ["keepLast": "Only snapshots are several of one volume."]
      let notUploads = Dictionary(
        uniqueKeysWithValues: ["buckets", "bucketPrefixes"].map {
          ($0, "Only uploads are in buckets.")
        })
      return switch self {
      case .volumes: notSnapshots.merging(notUploads) { $1 }
      case .snapshots: notUploads
      case .addresses:
        notSnapshots.merging(notUploads) { $1 }
          .merging(["olderThan": "EC2 does not tell since when it has an address."]) { $1 }
      case .uploads:
        notSnapshots.merging([
          "tags": "Uploads have no tags.", "except": "An upload has no ID that lasts.",
        ]) { $1 }
      }
    }
  }

  /// Seconds.
  private static let leastAge = 3600

  private static let identifier = StringRule(
    "an ID of a volume, a snapshot or an address", example: "vol-0123456789abcdef0",
    pattern: "(vol|snap|eipalloc)-[0-9a-f]{8,17}")
  /// S3 user guide, bucket naming rules.
  private static let bucket = StringRule(
    "a bucket's name", example: "my-exports", pattern: "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
  private static let bucketPrefix = StringRule(
    "the beginning of a bucket's name", example: "exports-",
    pattern: "[a-z0-9][a-z0-9.-]{0,62}")

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    let fields = manifest.fields
    _ = fields.tagFilter(into: &diagnostics)
    if manifest.isProtected || manifest.onRemove != nil || manifest.onDrift != nil {
      diagnostics.add(
        error: "a cleanup leaves nothing to look after", at: manifest.name.range,
        detail: "`protect`, `onRemove` and `onDrift` are about resources that stay.",
        hint: "Take them away; `except` and `tags` say what is not to be deleted.")
    }
    guard let subject = subject(of: fields) else { return [] }
    for (name, reason) in subject.strangers.sorted(by: { $0.key < $1.key }) {
      guard fields.has(name) else { continue }
      diagnostics.add(
        error: "`\(name)` says nothing about \(subject.rawValue)", at: fields.range(of: name),
        detail: reason, hint: "Take it away.")
    }
    if let identifier = subject.identifier {
      for name in fields.strings("except") where !name.value.hasPrefix(identifier) {
        diagnostics.add(
          error: "`except` leaves nothing out", at: name.range,
          detail: "`\(name.value)` is none of the \(subject.rawValue), whose IDs begin with"
            + " `\(identifier)`.",
          hint: "Take it away, or correct it.")
      }
    }
    let age = fields.duration("olderThan")
    if subject != .addresses, age.map({ $0.value < leastAge }) ?? !fields.has("olderThan") {
      diagnostics.add(
        error: "everything would be deleted, however new", at: age?.range ?? fields.range,
        detail: "What has just been made may be about to be used.",
        hint: "Set `olderThan` to at least 1h, to 30d for example.")
    }
    if subject != .uploads, fields.isWhole("tags"), fields.map("tags").isEmpty {
      diagnostics.add(
        error: "no tag is named", at: fields.range(of: "tags"),
        detail: "Without tags all of the account in its region is meant.",
        hint: "Name a tag, or leave `tags` away where that is meant.")
    }
    if subject == .uploads, !fields.has("buckets"), !fields.has("bucketPrefixes") {
      diagnostics.add(
        error: "no bucket is meant", at: fields.range,
        hint: "Set `buckets` or `bucketPrefixes`.")
    }
    return []
  }

  static func select(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredSelection] {
    let fields = manifest.fields
    var reported = Diagnostics()
    guard let subject = subject(of: fields),
      subject == .addresses || fields.duration("olderThan") != nil
    else { return [] }
    let pruning = Pruning(
      age: fields.duration("olderThan")?.value, keepLast: fields.integer("keepLast")?.value,
      maxDeletes: fields.integer("maxDeletes")?.value,
      supersededType: subject == .volumes ? "ec2/volume" : nil)
    var wishes = Wishes()
    if let age = fields.duration("olderThan") { wishes.locate("created", at: age.range) }
    if fields.has("tags") { wishes.locate("tags", at: fields.range(of: "tags")) }
    var pattern = manifest.resource(Address(subject.type, ""), wishes, in: context)
    pattern.isUnwanted = true
    return criteria(subject, fields, into: &reported).map {
      DesiredSelection(
        ResourceSelector(type: subject.type, criteria: $0),
        except: Set(fields.strings("except").map(\.value)), pruning: pruning, pattern: pattern)
    }
  }

  /// What each selector asks of resources.
  private static func criteria(
    _ subject: Subject, _ fields: Fields, into diagnostics: inout Diagnostics
  ) -> [[String: Value]] {
    if subject == .uploads {
      return fields.strings("buckets").map { ["bucket": .string($0.value)] }
        + fields.strings("bucketPrefixes").map { ["bucketPrefix": .string($0.value)] }
    }
    return [(fields.tagFilter(into: &diagnostics)?.criterion).map { ["tags": $0] } ?? [:]]
  }

  private static func subject(of fields: Fields) -> Subject? {
    fields.string("delete").flatMap { Subject(rawValue: $0.value) }
  }
}
