internal import Foundation
internal import Manifests
internal import Model

/// `Schedule`: windows of time in which something has another size.
enum Schedule: ManifestKind {
  static let schema = KindSchema(
    kind: "Schedule",
    doc: """
      Windows of time in which a service, a database or a node group has another size, or a group is parked.

      Each window becomes two schedules in AWS: one sets the window's size when it begins, one sets \
      the target's own when it ends, with all values written in. For a TaskSize they are scheduled \
      actions of Application Auto Scaling; for the others EventBridge Scheduler calls AWS with \
      `role`, which has to be there, to trust scheduler.amazonaws.com and to be allowed the call: \
      rds:ModifyDBCluster, rds:ModifyDBInstance or eks:UpdateNodegroupConfig. For a Parking each of its \
      resources has schedules of its own, and the calls are those of docs/parking.md. Where a window ends as \
      another begins, only the second one acts. On holidays no weekly window begins: its schedules \
      run from one holiday to the next. One for a date that has passed stays while AWS and the \
      window hold it, and is not made again. While a window is in force its size is what the policy \
      wants, so that a plan made meanwhile shows no difference.
      """,
    spec: ObjectSchema([
      Field("target", .object(target), isRequired: true, doc: "What the windows are for."),
      Field(
        "role", .string(role),
        doc:
          "The role with which EventBridge Scheduler changes what is not a TaskSize; that of a Parking is "
          + "taken where there is none."),
      Field("timeZone", .timeZone, isRequired: true, doc: "The time zone of all times."),
      Field(
        "holidays", .list(.string(WindowTimes.date), nonEmpty: true),
        doc: "Dates on which no weekly window begins; a window with dates may take its place."),
      Field(
        "windows", .list(.object(window), nonEmpty: true), isRequired: true,
        doc: "The windows; no two of a target overlap."),
    ]))

  private static let window = ObjectSchema(
    [Field("name", .string(name), isRequired: true, doc: "The window's name within the schedule.")]
      + WindowTimes.fields + effects)

  private static let effects = [
    Field("count", .integer(0...5000), doc: "Exactly this many tasks."),
    Field("min", .integer(0...5000), doc: "The fewest tasks or nodes; else the target's."),
    Field("max", .integer(0...5000), doc: "The most tasks or nodes; else the target's."),
    Field(
      "desired", .integer(0...5000),
      doc: "How many nodes there are; where an autoscaler says so, with how many the window begins."
    ),
    Field(
      "capacity", .object(DatabaseSize.capacity),
      doc: "The capacity of each Serverless v2 instance of a cluster, in ACUs."),
    Field("class", .string(DatabaseSize.instanceClass), doc: "The class of a DB instance."),
    Field(
      "state", .enumeration(ParkingState.allCases.map(\.rawValue)),
      doc: "Whether a parking group runs or is parked: the other one than it says itself."),
  ]

  private static let name = StringRule(
    "a name of letters, digits, `.`, `_` and `-`", example: "mornings",
    pattern: "[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

  private static let target = ObjectSchema([
    Field("taskSize", .string(), doc: "The name of a TaskSize with `scaling`."),
    Field(DatabaseSize.target, .string(), doc: "The name of a DatabaseSize."),
    Field(NodeGroupSize.target, .string(), doc: "The name of a NodeGroupSize."),
    Field("parking", .string(), doc: "The name of a Parking."),
  ])

  /// API description of iam, roleNameType and pathType.
  static let role = StringRule(
    "a role of IAM, by its name or ARN", example: "weir-scheduler",
    pattern: "(arn:aws[a-z-]*:iam::[0-9]{12}:role/([!-~]{1,510}/)?)?[A-Za-z0-9_+=,.@-]{1,64}")

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    guard let target = manifest.fields.object("target") else { return [] }
    let named = Self.target.fields.map(\.name).filter(target.has)
    guard let field = named.first, named.count == 1 else {
      diagnostics.add(
        error: "expected one target", at: target.range,
        detail: "A Schedule is for one size or one group.",
        hint: "Set one of " + Self.target.fields.map { "`\($0.name)`" }.joined(separator: ", ")
          + ".")
      return []
    }
    switch field {
    case "parking":
      checkParking(manifest, in: context, into: &diagnostics)
      return []
    case DatabaseSize.target:
      return calls(DatabaseSize.self, manifest, in: context, into: &diagnostics)
    case NodeGroupSize.target:
      return calls(NodeGroupSize.self, manifest, in: context, into: &diagnostics)
    default: return tasks(manifest, in: context, into: &diagnostics)
    }
  }

  private static func tasks(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    checkFields(of: manifest, allowing: ["count", "min", "max"], into: &diagnostics)
    if manifest.fields.has("role") {
      diagnostics.add(
        error: "a role that nobody assumes", at: manifest.fields.keyRange(of: "role"),
        detail: "Application Auto Scaling moves the count of a service with a role of its own.",
        hint: "Leave out `role`.")
    }
    guard let target = scaledTaskSize(of: manifest, in: context, into: &diagnostics),
      let service = TaskSize.service(target.fields)
    else { return [] }
    var ignored = Diagnostics()
    guard let scaling = target.fields.object("scaling").flatMap({ TaskScaling($0, into: &ignored) })
    else { return [] }
    let own = TaskWindow.all(of: manifest, into: &diagnostics) {
      TaskWindow.bounds($0, scaling.bounds, into: &$1)
    }
    let all = windows(on: target, base: scaling.bounds, in: context)
    for window in own {
      window.checkConflicts(among: all, at: context.time, into: &diagnostics)
      window.checkClock(at: context.time, into: &diagnostics)
    }
    let actions = TaskActions(
      service: service, scaling: scaling, manifest: manifest, context: context)
    let resources = own.flatMap { actions.actions(of: $0, among: all) }
    if resources.count(where: { !$0.isSpent }) > TaskActions.most {
      diagnostics.add(
        error: "more scheduled actions than a target takes",
        at: manifest.fields.range(of: "windows"),
        detail:
          "Windows and holidays come to \(resources.count), and Application Auto Scaling takes"
          + " \(TaskActions.most) for a target.",
        hint: "Name only the holidays of the year to come.")
    }
    return resources
  }

  /// The schedules of EventBridge Scheduler for a size that no scheduled action reaches.
  private static func calls<Kind: WindowedSize>(
    _ kind: Kind.Type, _ manifest: Manifest, in context: CompilationContext,
    into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    checkFields(of: manifest, allowing: kind.windowFields, into: &diagnostics)
    if !manifest.fields.has("role") {
      diagnostics.add(
        error: "a role is missing", at: manifest.fields.range(of: "target"),
        detail: "EventBridge Scheduler changes a \(kind.schema.kind) with a role that may do so.",
        hint: "Add `role: NAME`, a role of IAM that trusts scheduler.amazonaws.com.")
    }
    var ignored = Diagnostics()
    guard let size = target(kind, kind.target, of: manifest, in: context, into: &diagnostics),
      let resource = kind.resource(size, in: context, into: &ignored)
    else { return [] }
    let own = SizeSchedule<Kind>.windows(of: manifest, on: resource, into: &diagnostics)
    let schedule = SizeSchedule<Kind>(of: size, resource, in: context)
    for window in own {
      window.checkConflicts(among: schedule.windows, at: context.time, into: &diagnostics)
      window.checkClock(at: context.time, into: &diagnostics)
    }
    guard let role = manifest.fields.string("role") else { return [] }
    let actions = CallActions(schedule: schedule, role: role, manifest: manifest, context: context)
    return own.flatMap { actions.actions(of: $0, into: &diagnostics) }
  }

  /// Reports what windows say that their target has not.
  static func checkFields(
    of manifest: Manifest, allowing names: [String], into diagnostics: inout Diagnostics
  ) {
    let others = effects.map(\.name).filter { !names.contains($0) }
    for window in manifest.fields.objects("windows") {
      for name in others where window.has(name) {
        diagnostics.add(
          error: "not a setting of the target", at: window.keyRange(of: name),
          detail: "Windows for it have \(names.map { "`\($0)`" }.joined(separator: ", ")).")
      }
    }
  }

  /// The windows of all schedules for a TaskSize, as far as they are right.
  static func windows(
    on taskSize: Manifest, base: CapacityBounds, in context: CompilationContext
  ) -> [TaskWindow] {
    var ignored = Diagnostics()
    return context.manifests(of: Schedule.self)
      .filter { $0.fields.object("target")?.string("taskSize")?.value == taskSize.name.value }
      .flatMap { schedule in
        TaskWindow.all(of: schedule, into: &ignored) {
          TaskWindow.bounds($0, base, into: &$1)
        }
      }
  }

  private static func scaledTaskSize(
    of manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> Manifest? {
    guard
      let found = target(TaskSize.self, "taskSize", of: manifest, in: context, into: &diagnostics)
    else { return nil }
    guard found.fields.has("scaling") else {
      diagnostics.add(
        error: "a TaskSize without scaling",
        at: manifest.fields.object("target")?.range(of: "taskSize") ?? manifest.range,
        detail: "A window sets the bounds of automatic scaling, and \(found.reference), at"
          + " \(place(of: found.range)), has none in \(context.environment.name).",
        hint: "Add `scaling: {min: 1, max: 4}` to it, or keep this Schedule to other environments"
          + " with `metadata.environments`.")
      return nil
    }
    return found
  }

  /// The manifest of a kind that a schedule is for.
  static func target(
    _ kind: any ManifestKind.Type, _ field: String, of manifest: Manifest,
    in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> Manifest? {
    guard let name = manifest.fields.object("target")?.string(field) else { return nil }
    let sizes = context.manifests(of: kind)
    if let found = sizes.first(where: { $0.name.value == name.value }) { return found }
    let names = sizes.map(\.name.value)
    diagnostics.add(
      error: "unknown \(kind.schema.kind)", at: name.range,
      detail: names.isEmpty
        ? "No \(kind.schema.kind) holds in \(context.environment.name)."
        : "In \(context.environment.name) there are \(names.joined(separator: ", ")).",
      hint: nearestName(to: name.value, among: names).map { "Did you mean `\($0)`?" })
    return nil
  }
}
