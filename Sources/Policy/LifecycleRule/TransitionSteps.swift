internal import Manifests
internal import Model

/// The moves of a rule's objects from class to class, in order of time.
struct TransitionSteps {
  private struct Step {
    let storage: Located<StorageClass>
    let days: Located<Int>
    let keepNewest: Int?
  }

  private var steps: [Step] = []

  static let schema = ObjectSchema([
    Field(
      "to", .enumeration(StorageClass.allCases.map(\.word)), isRequired: true,
      doc: "The storage class."),
    Field("after", .duration, isRequired: true, doc: "The age of the objects, in whole days."),
  ])

  static let versionSchema = ObjectSchema(
    schema.fields + [
      Field(
        "keepNewest", .integer(1...100),
        doc: "How many replaced versions stay where they are whatever their age.")
    ])

  /// The moves that `fields` lists under `transitions`.
  init(_ fields: Fields, into diagnostics: inout Diagnostics) {
    for object in fields.objects("transitions") {
      guard let to = object.string("to"), let storage = StorageClass(word: to.value),
        let days = wholeDays(object, "after", atLeast: 0, into: &diagnostics)
      else { continue }
      let keep = object.schema["keepNewest"] == nil ? nil : object.integer("keepNewest")?.value
      steps.append(
        Step(storage: Located(storage, range: to.range), days: days, keepNewest: keep))
    }
    steps.sort { $0.days.value < $1.days.value }
    check(into: &diagnostics)
  }

  /// The last move's age; nil where there is none.
  var lastDay: Int? { steps.last?.days.value }

  /// The moves in AWS's shape; `time` names the member with the days.
  func value(_ time: String) -> Value? {
    if steps.isEmpty { return nil }
    return .list(
      steps.map { step in
        var members: [String: Value] = [
          time: Value(step.days.value), "StorageClass": .string(step.storage.value.rawValue),
        ]
        if let keep = step.keepNewest { members["NewerNoncurrentVersions"] = Value(keep) }
        return .map(members)
      })
  }

  private func check(into diagnostics: inout Diagnostics) {
    for step in steps
    where step.storage.value.isInfrequentAccess && step.days.value < StorageClass.leastDays {
      diagnostics.add(
        error: "a transition that comes too early", at: step.days.range,
        detail:
          "Objects move to \(step.storage.value.word) after \(StorageClass.leastDays) days at the"
          + " earliest; S3 refuses less.", hint: "Write `after: \(StorageClass.leastDays)d`.")
    }
    for (first, second) in zip(steps, steps.dropFirst()) { check(first, second, &diagnostics) }
  }

  private func check(_ first: Step, _ second: Step, _ diagnostics: inout Diagnostics) {
    let (from, to) = (first.storage.value, second.storage.value)
    let (earlier, later) = (first.days.value, second.days.value)
    if earlier == later {
      diagnostics.add(
        error: "two transitions at the same time", at: second.days.range,
        detail: "Objects move to \(from.word) and to \(to.word) after \(later) days.")
    } else if !from.leads(to: to) {
      diagnostics.add(
        error: "a transition that S3 does not make", at: second.storage.range,
        detail: "Objects do not move from \(from.word) to \(to.word). The order is"
          + " \(StorageClass.allCases.map(\.word).joined(separator: ", "))"
          + (from == .oneZoneIA ? ", without a way from onezone-ia to glacier-instant." : "."))
    } else if from.isInfrequentAccess, later - earlier < StorageClass.leastDays {
      let least = earlier + StorageClass.leastDays
      diagnostics.add(
        error: "a transition that comes too early", at: second.days.range,
        detail:
          "Objects stay in \(from.word) for \(StorageClass.leastDays) days at least, so that they move"
          + " to \(to.word) after \(least) days at the earliest.",
        hint: "Write `after: \(least)d`.")
    }
  }
}
