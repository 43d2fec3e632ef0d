internal import Foundation
internal import Manifests
internal import Model

/// `SnapshotPolicy`: when snapshots of volumes are made, and how many are kept.
enum SnapshotPolicy: ManifestKind {
  static let schema = KindSchema(
    kind: "SnapshotPolicy",
    doc: """
      When snapshots of volumes are made, and how many are kept.

      It becomes a policy of Data Lifecycle Manager. DLM knows policies only by the IDs that it gives, so that \
      one which Weir makes carries the manifest's name in its tag `weir:name`; one that is there already \
      is meant by its ID in `policy`. Each schedule becomes the schedule of that name; others of the policy, \
      and what else such a schedule has, as copies to other regions, stay as they are. When the manifest goes, the policy goes, and the snapshots that it made stay for ever: \
      nobody deletes them any more.
      """,
    spec: ObjectSchema([
      Field(
        "policy", .string(policyID), doc: "The ID of a policy that is there; else one is made."),
      Field(
        "description", .string(text), doc: "What the policy is for; else the manifest's name."),
      Field("enabled", .boolean, doc: "Whether DLM follows the policy; else true."),
      Field(
        "role", .string(role),
        doc:
          "The role with which DLM works, which is looked for; else AWSDataLifecycleManagerDefaultRole, as"
          + " the console makes it."),
      Field(
        "of", .enumeration(["volumes", "instances"]),
        doc:
          "Whether tags are those of volumes or of instances with all their volumes; else volumes."),
      Field.tags(
        "targetTags", doc: "The tags of what is backed up: with any one of them, it is."),
      Field(
        "schedules", .map(.object(schedule)), isRequired: true,
        doc: "The schedules by name, at most four."),
    ]))

  private static let schedule = ObjectSchema([
    Field(
      "every", .duration, isRequired: true,
      doc: "How often: \(alternatives(hours.map { "\($0)h" }))."),
    Field(
      "at", .timeOfDay, isRequired: true, doc: "When, in UTC; DLM begins within the hour after."),
    Field(
      "keep", .integer(1...1000), isRequired: true,
      doc: "How many snapshots of each volume are kept."),
    Field("copyTags", .boolean, doc: "Whether snapshots get the tags of their volume."),
  ])

  /// API description of dlm, CreateRule.Interval.
  private static let hours = [1, 2, 3, 4, 6, 8, 12, 24]
  /// API description of dlm, PolicyDescription and ScheduleName.
  private static let text = StringRule(
    "a text of letters, digits, spaces, `_` and `-`", example: "Nightly snapshots",
    pattern: "[0-9A-Za-z _-]{1,500}")
  private static let policyID = StringRule(
    "the ID of a policy", example: "policy-0123456789abcdef0", pattern: "policy-[a-f0-9]{1,57}")
  private static let role = StringRule(
    "an ARN of an IAM role", example: "arn:aws:iam::123456789012:role/dlm",
    pattern: "arn:aws(-[a-z]{1,3}){0,2}:iam::\\d{12}:role/.+")

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    let fields = manifest.fields
    let adopted = fields.string("policy")
    var wishes = Wishes()
    if let text = fields.string("description") {
      wishes.set("description", to: .string(text.value), at: text.range, as: .text)
    }
    if let enabled = fields.bool("enabled") {
      wishes.set("state", to: enabled.value ? "ENABLED" : "DISABLED", at: enabled.range)
    }
    if let of = fields.string("of") {
      wishes.set(
        "resourceType", to: of.value == "instances" ? "INSTANCE" : "VOLUME", at: of.range)
    } else if !fields.has("policy") {
      wishes.set("resourceType", to: "VOLUME", at: manifest.range)
    }
    if let role = fields.string("role") {
      wishes.set("executionRole", to: .string(role.value), at: role.range, as: .text)
    } else if !fields.has("policy"), !fields.has("role") {
      wishes.set("executionRole", to: .string(defaultRole(context)), at: manifest.range)
    }
    addTags(fields, to: &wishes, into: &diagnostics)
    for entry in fields.objectMap("schedules") {
      addSchedule(entry.key, entry.value, to: &wishes, into: &diagnostics)
    }
    if fields.has("schedules"), !(1...4).contains(fields.map("schedules").count) {
      diagnostics.add(
        error: "expected one to four schedules", at: fields.range(of: "schedules"),
        detail: "A policy of DLM has at least one and at most four.")
    }
    var policy = manifest.resource(
      Address("dlm/policy", adopted?.value ?? manifest.name.value), wishes, in: context)
    if case .exactly(let role)? = policy.attributes["executionRole"], let role = role.string {
      policy.needs = [Address("iam/snapshot-role", roleName(role))]
    }
    return [policy]
  }

  private static func addTags(
    _ fields: Fields, to wishes: inout Wishes, into diagnostics: inout Diagnostics
  ) {
    guard let tags = fields.tagFilter("targetTags", into: &diagnostics) else {
      if !fields.has("policy") {
        diagnostics.add(
          error: "what is backed up is not said", at: fields.range,
          detail: "A policy finds volumes by their tags.", hint: "Set `targetTags`.")
      }
      return
    }
    let pairs = tags.values.flatMap { key, values in values.map { "\(key)=\($0)" } }.sorted()
    wishes.set(
      "targetTags", to: .list(pairs.map(Value.string)), at: fields.range(of: "targetTags"))
  }

  private static func addSchedule(
    _ name: Located<String>, _ fields: Fields, to wishes: inout Wishes,
    into diagnostics: inout Diagnostics
  ) {
    if name.value.wholeMatch(of: /[0-9A-Za-z _\-]{1,120}/) == nil {
      diagnostics.add(
        error: "not a name of a schedule", at: name.range,
        detail: "DLM takes letters, digits, spaces, `_` and `-`, at most 120.")
    }
    let every = fields.duration("every")
    if let every, !hours.contains(where: { $0 * 3600 == every.value }) {
      diagnostics.add(
        error: "not an interval that DLM knows", at: every.range,
        detail: "It knows \(alternatives(hours.map { "\($0)h" })).")
      return
    }
    guard let every, let at = fields.timeOfDay("at"), let keep = fields.integer("keep") else {
      return
    }
    let schedule = "schedules.\(name.value)"
    wishes.set(
      "\(schedule).CreateRule",
      to: [
        "Interval": Value(every.value / 3600), "IntervalUnit": "HOURS",
        "Times": [.string(String(format: "%02d:%02d", at.value.hour, at.value.minute))],
      ], at: every.range)
    wishes.set("\(schedule).RetainRule", to: ["Count": Value(keep.value)], at: keep.range)
    if let copies = fields.bool("copyTags") {
      wishes.set("\(schedule).CopyTags", to: .bool(copies.value), at: copies.range, as: .boolean)
    }
  }

  private static func defaultRole(_ context: CompilationContext) -> String {
    let environment = context.environment
    return "arn:\(environment.partition):iam::\(environment.account):role/service-role/"
      + "AWSDataLifecycleManagerDefaultRole"
  }
}
