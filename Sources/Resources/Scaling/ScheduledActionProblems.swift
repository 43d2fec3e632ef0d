internal import Foundation
internal import Model

/// What Application Auto Scaling would refuse about a scheduled action (API description of
/// application-autoscaling, PutScheduledAction).
struct ScheduledActionProblems {
  private let write: ResourceWrite
  private let result: [String: Value]

  /// The problems of a write that ends in `result`, in its normal form.
  init(_ write: ResourceWrite, result: [String: Value]) {
    self.write = write
    self.result = result
  }

  /// The problems.
  var all: [ResourceProblem] {
    guard let name = ScalingPartName(write.name) else {
      return [ResourceProblem(nil, "A scheduled action is named DIMENSION/RESOURCEID#NAME.")]
    }
    return self.name(name.part) + schedule + bounds + times
  }

  private func name(_ name: String) -> [ResourceProblem] {
    guard write.live == nil else { return [] }
    let isPlain = name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    if name.count > 256 || name.hasPrefix(" ") || name.hasSuffix(" ") || !isPlain
      || name.contains(where: { ":/|".contains($0) })
    {
      return [
        ResourceProblem(
          nil,
          "The name of a scheduled action has at most 256 characters, without \":\", \"/\", \"|\" and"
            + " without a space at either end.")
      ]
    }
    return []
  }

  private var schedule: [ResourceProblem] {
    guard let schedule = result["schedule"]?.string else {
      return [ResourceProblem("schedule", "A scheduled action needs its schedule.")]
    }
    guard write.set["schedule"] != nil, !Self.isSchedule(schedule) else { return [] }
    return [
      ResourceProblem(
        "schedule",
        "A schedule is \"at(2026-08-19T06:30:00)\", \"rate(5 minutes)\" or"
          + " \"cron(0 22 * * ? *)\" with six fields: minutes, hours, day of month, month, day of"
          + " week, year.")
    ]
  }

  private static func isSchedule(_ text: String) -> Bool {
    guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else { return false }
    let fields = text[open...].dropFirst().dropLast().split(separator: " ")
    switch text[..<open] {
    case "at":
      return fields.count == 1 && Timestamps.date(.string(fields[0] + "Z")) != nil
    case "rate":
      let units = ["minute", "minutes", "hour", "hours", "day", "days"]
      return fields.count == 2 && (Int(fields[0]) ?? 0) > 0 && units.contains(String(fields[1]))
    case "cron": return fields.count == 6
    default: return false
    }
  }

  private var bounds: [ResourceProblem] {
    let least = result["minCapacity"]
    let most = result["maxCapacity"]
    guard least != nil || most != nil else {
      return [
        ResourceProblem(nil, "A scheduled action sets minCapacity, maxCapacity or both.")
      ]
    }
    var problems: [ResourceProblem] = []
    for (attribute, value) in [("minCapacity", least), ("maxCapacity", most)] {
      guard let value, !(value.number.map { $0 >= 0 && $0.isWhole } ?? false) else { continue }
      problems.append(ResourceProblem(attribute, "A capacity is a whole number of at least 0."))
    }
    if let least = least?.number, let most = most?.number, least > most {
      problems.append(
        ResourceProblem(
          "minCapacity", "The minimum of \(least.plain) is above the maximum of \(most.plain)."))
    }
    return problems
  }

  private var times: [ResourceProblem] {
    var problems: [ResourceProblem] = []
    let start = result["startTime"]
    let end = result["endTime"]
    for (attribute, value) in [("startTime", start), ("endTime", end)] {
      guard let value, Timestamps.date(value) == nil else { continue }
      problems.append(ResourceProblem(attribute, "A time is written like 2026-08-19T06:30:00Z."))
    }
    if let start = start.flatMap(Timestamps.date), let end = end.flatMap(Timestamps.date),
      end <= start
    {
      problems.append(ResourceProblem("endTime", "The end is not after the start."))
    }
    return problems
  }
}
