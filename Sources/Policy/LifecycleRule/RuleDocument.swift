internal import Manifests
internal import Model

/// A lifecycle rule in AWS's shape and normal form: without its ID, with a filter, its transitions
/// in order of time.
struct RuleDocument {
  /// The rule's ID.
  let id: Located<String>
  /// The rule.
  private(set) var members: [String: Value] = [:]
  /// Where each member is asked for.
  private(set) var places: [String: SourceRange] = [:]
  /// How what stands there is written, where one scalar says it.
  private(set) var forms: [String: WrittenForm] = [:]

  static let schema = ObjectSchema([
    Field("id", .string(id), isRequired: true, doc: "The rule's ID in the bucket."),
    Field("enabled", .boolean, doc: "Whether S3 follows the rule; else true."),
    Field("prefix", .string(), doc: "What the keys of its objects begin with."),
    Field("tags", .map(.string()), doc: "The tags of its objects, all of them."),
    Field("minSize", .dataSize, doc: "Its objects are larger than this."),
    Field("maxSize", .dataSize, doc: "Its objects are smaller than this."),
    Field("transitions", .list(.object(TransitionSteps.schema)), doc: "Where objects move, when."),
    Field("expireAfter", .duration, doc: "When objects are deleted, in whole days."),
    Field(
      "expiredDeleteMarkers", .boolean,
      doc: "Whether delete markers are deleted once no version is left; not beside `expireAfter`."),
    Field("noncurrent", .object(noncurrent), doc: "The same for versions that were replaced."),
    Field(
      "abortMultipartAfter", .duration, doc: "When unfinished uploads are deleted, in whole days."),
  ])

  private static let noncurrent = ObjectSchema([
    Field(
      "transitions", .list(.object(TransitionSteps.versionSchema)),
      doc: "Where versions move, when."),
    Field("expireAfter", .duration, doc: "When versions are deleted, in days since replaced."),
    Field(
      "keepNewest", .integer(1...100),
      doc: "How many replaced versions are kept whatever their age; needs `expireAfter`."),
  ])

  /// API description of s3, LifecycleRule.ID: at most 255 characters.
  private static let id = StringRule(
    "an ID of 1 to 255 characters", example: "logs", pattern: "[^\\x00-\\x1f]{1,255}")

  /// Days of S3, which a manifest writes as a duration.
  private static let days = WrittenForm.quantity(.duration, scale: 86_400)

  /// The rule that a manifest states; nil without an ID.
  init?(_ fields: Fields, into diagnostics: inout Diagnostics) {
    guard let id = fields.string("id") else { return nil }
    self.id = id
    let isEnabled = fields.bool("enabled")
    set("Status", isEnabled?.value == false ? "Disabled" : "Enabled", isEnabled?.range ?? id.range)
    if isEnabled != nil { forms["Status"] = .words(["true": "Enabled", "false": "Disabled"]) }
    let condition = ["prefix", "tags", "minSize", "maxSize"].first(where: fields.has)
    set(
      "Filter", filter(fields, into: &diagnostics),
      condition.map(fields.range(of:)) ?? id.range)
    locateConditions(fields)
    let steps = TransitionSteps(fields, into: &diagnostics)
    set("Transitions", steps.value("Days"), fields.range(of: "transitions"))
    if let days = wholeDays(fields, "expireAfter", into: &diagnostics) {
      set("Expiration", ["Days": Value(days.value)], days.range)
      locate("Expiration.Days", at: days.range, as: Self.days)
      check(days, after: steps, into: &diagnostics)
    }
    if let markers = fields.bool("expiredDeleteMarkers"), markers.value {
      addMarkers(markers.range, fields, into: &diagnostics)
    }
    if let versions = fields.object("noncurrent") { add(versions, into: &diagnostics) }
    if let days = wholeDays(fields, "abortMultipartAfter", into: &diagnostics) {
      set("AbortIncompleteMultipartUpload", ["DaysAfterInitiation": Value(days.value)], days.range)
      locate(
        "AbortIncompleteMultipartUpload.DaysAfterInitiation", at: days.range, as: Self.days)
      checkAbort(fields, into: &diagnostics)
    }
    let actions = [
      "transitions", "expireAfter", "expiredDeleteMarkers", "noncurrent", "abortMultipartAfter",
    ]
    if !actions.contains(where: fields.has) {
      diagnostics.add(
        error: "a rule that does nothing", at: fields.range,
        detail: "A rule has at least one of \(alternatives(actions)).")
    }
  }

  private mutating func set(_ member: String, _ value: Value?, _ range: SourceRange) {
    guard let value else { return }
    members[member] = value
    places[member] = range
  }

  /// Says where a member of a member is asked for, and how it is written.
  mutating func locate(_ path: String, at range: SourceRange, as form: WrittenForm) {
    places[path] = range
    forms[path] = form
  }

  /// API description of s3, LifecycleExpiration.ExpiredObjectDeleteMarker: "cannot be specified with
  /// Days or Date"; S3 user guide, lifecycle configuration elements: nor with a filter by tags.
  private mutating func addMarkers(
    _ range: SourceRange, _ fields: Fields, into diagnostics: inout Diagnostics
  ) {
    for other in ["expireAfter", "tags"] where fields.has(other) {
      diagnostics.add(
        error: "delete markers beside `\(other)`", at: range,
        detail: "S3 refuses a rule that has both.",
        hint: "Give `expiredDeleteMarkers` a rule of its own.")
    }
    guard !fields.has("expireAfter") else { return }
    set("Expiration", ["ExpiredObjectDeleteMarker": true], range)
    locate("Expiration.ExpiredObjectDeleteMarker", at: range, as: .words(["true": true]))
  }

  private mutating func add(_ versions: Fields, into diagnostics: inout Diagnostics) {
    let steps = TransitionSteps(versions, into: &diagnostics)
    set(
      "NoncurrentVersionTransitions", steps.value("NoncurrentDays"),
      versions.range(of: "transitions"))
    let keep = versions.integer("keepNewest")
    if let days = wholeDays(versions, "expireAfter", into: &diagnostics) {
      var expiration = ["NoncurrentDays": Value(days.value)]
      if let keep { expiration["NewerNoncurrentVersions"] = Value(keep.value) }
      set("NoncurrentVersionExpiration", .map(expiration), days.range)
      locate("NoncurrentVersionExpiration.NoncurrentDays", at: days.range, as: Self.days)
      if let keep {
        locate(
          "NoncurrentVersionExpiration.NewerNoncurrentVersions", at: keep.range, as: .integer)
      }
      check(days, after: steps, into: &diagnostics)
    } else if let keep, !versions.has("expireAfter") {
      diagnostics.add(
        error: "versions to keep without an end for the others", at: keep.range,
        detail: "S3 counts the newest versions only where the older ones expire.",
        hint: "Add `expireAfter: 30d` beside it.")
    }
    if !["transitions", "expireAfter", "keepNewest"].contains(where: versions.has) {
      diagnostics.add(
        error: "nothing for replaced versions", at: versions.range,
        detail: "`noncurrent` has `transitions`, `expireAfter` or both.")
    }
  }

  private func check(
    _ end: Located<Int>, after steps: TransitionSteps, into diagnostics: inout Diagnostics
  ) {
    guard let last = steps.lastDay, end.value <= last else { return }
    diagnostics.add(
      error: "an end before the last transition", at: end.range,
      detail: "After \(end.value) days nothing is left to move after \(last) days; S3 refuses"
        + " that.", hint: "Let it end later, or leave out the transition.")
  }

  /// S3 user guide, lifecycle configuration elements: uploads that are not finished have no tags.
  private func checkAbort(_ fields: Fields, into diagnostics: inout Diagnostics) {
    guard !fields.map("tags").isEmpty else { return }
    diagnostics.add(
      error: "unfinished uploads chosen by tags", at: fields.keyRange(of: "abortMultipartAfter"),
      detail: "Uploads have no tags before they are finished; S3 refuses such a rule.",
      hint: "Give `abortMultipartAfter` a rule of its own, without `tags`.")
  }
}
