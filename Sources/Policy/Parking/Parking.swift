internal import Foundation
internal import Manifests
internal import Model

/// `Parking`: a group of resources that can be stopped together, and started as they were.
enum Parking: ManifestKind {
  static let schema = KindSchema(
    kind: "Parking",
    doc: """
      A group of resources that can be stopped together, and started again just as they were.

      It means what has `tags` at the time of the plan, of the services in `only`, but for the names in \
      `except`. While it is parked each has its smallest values, whatever other manifests say of it; what \
      was found is recorded once. While it runs, it asks for nothing: what was parked gets back the \
      values of other manifests, or else those that were found. `weir stop NAME` and `weir start NAME` \
      say otherwise than `state` until they are taken back. A Schedule gives it windows; then a command holds \
      until the next one begins or ends.
      """,
    spec: ObjectSchema([
      .tags(
        doc: "The tags of the resources: each a text, or a list of texts of which one will do."),
      Field(
        "state", .enumeration(ParkingState.allCases.map(\.rawValue)),
        doc: "Whether the group runs or is parked; else it runs."),
      Field(
        "role", .string(Schedule.role),
        doc:
          "The role with which EventBridge Scheduler parks the group again when `weir start --for` has "
          + "ended."),
      Field(
        "only", .list(.enumeration(services), nonEmpty: true),
        doc: "The services whose resources are meant; else all that can be parked."),
      Field(
        "except", .list(.string(), nonEmpty: true),
        doc: "Names of resources that are not meant, such as an instance's ID or CLUSTER/SERVICE."),
      Field("alarms", .object(alarms), doc: "How alarms are parked."),
    ]))

  private static let alarms = ObjectSchema([
    Field(
      "delete", .boolean,
      doc: """
        Whether alarms are deleted, and made again just as they were; else their actions are turned off, \
        for which AWS bills them all the same. What a composite alarm or an Alarm manifest names stays.
        """)
  ])

  /// The words of `only`.
  private static var services: [String] {
    ParkedForm.all.reduce(into: []) { if !$0.contains($1.service) { $0.append($1.service) } }
  }

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    let fields = manifest.fields
    if !fields.has("tags") || (fields.isWhole("tags") && fields.map("tags").isEmpty) {
      diagnostics.add(
        error: "no resource is meant", at: fields.keyRange(of: "tags"),
        detail: "A Parking means the resources that have its `tags`.",
        hint: "Set at least one: `tags: {project: analytics}`.")
    }
    checkExceptions(fields, into: &diagnostics)
    if manifest.onRemove?.rawValue == "delete" {
      diagnostics.add(
        error: "a Parking deletes nothing", at: manifest.range,
        detail: "`onRemove: delete` would delete what it parks.",
        hint: "Take `restore`, or `keep` to leave parked what is.")
    }
    return []
  }

  static func select(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredSelection] {
    let fields = manifest.fields
    guard let filter = fields.tagFilter(into: &diagnostics), !filter.values.isEmpty else {
      return []
    }
    let only = Set(fields.strings("only").map(\.value))
    let except = Set(fields.strings("except").map(\.value))
    let windows = Schedule.windows(on: manifest, in: context)
    let rule = ParkingRule(
      declared: declared(manifest), windows: windows,
      edges: Schedule.edges(of: manifest, among: windows, in: context),
      role: fields.string("role")
        ?? Schedule.schedules(for: manifest, in: context).lazy.compactMap {
          $0.fields.string("role")
        }.first, time: context.time)
    let range = fields.has("state") ? fields.range(of: "state") : manifest.range
    let deletesAlarms = fields.object("alarms")?.bool("delete")?.value ?? false
    let forms = ParkedForm.all.map {
      $0.type == ParkedForm.alarm.type && deletesAlarms ? .deletedAlarm : $0
    }
    return forms.filter { only.isEmpty || only.contains($0.service) }.map { form in
      var pattern = manifest.resource(Address(form.type, ""), Wishes(), in: context)
      pattern.sources = ["": range]
      return DesiredSelection(
        ResourceSelector(type: form.type, criteria: ["tags": filter.criterion]), except: except,
        pattern: pattern, parking: rule)
    }
  }

  /// Whether it runs or is parked, as its manifest says.
  static func declared(_ manifest: Manifest) -> ParkingState {
    manifest.fields.string("state").flatMap { ParkingState(rawValue: $0.value) } ?? .running
  }
}
