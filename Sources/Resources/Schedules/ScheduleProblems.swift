internal import Foundation
internal import Model

/// What EventBridge Scheduler would refuse about a schedule (API description of scheduler,
/// CreateSchedule; EventBridge Scheduler user guide, managing-targets-universal).
struct ScheduleProblems {
  private let write: ResourceWrite
  private let result: [String: Value]

  /// The problems of a write that ends in `result`, in its normal form.
  init(_ write: ResourceWrite, result: [String: Value]) {
    self.write = write
    self.result = result
  }

  /// The problems.
  var all: [ResourceProblem] { name + expression + zone + dates + target + others }

  private var name: [ResourceProblem] {
    let parts = write.name.split(separator: "/", omittingEmptySubsequences: false)
    let isGood = parts.allSatisfy { part in
      (1...64).contains(part.count)
        && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
    }
    if parts.count == 2, isGood { return [] }
    return [
      ResourceProblem(
        nil,
        "A schedule is named GROUP/NAME, each of 1 to 64 letters, digits, \"-\", \"_\" and \".\":"
          + " \"\(write.name)\" has \(parts.last?.count ?? 0) characters in its name. Shorten the"
          + " names of the Schedule and of its window.")
    ]
  }

  private var expression: [ResourceProblem] {
    guard let text = result["expression"]?.string else {
      return [ResourceProblem("expression", "A schedule needs its expression.")]
    }
    if write.set["expression"] == nil || ScheduleExpression(text) != nil || Self.isRate(text) {
      return []
    }
    return [
      ResourceProblem(
        "expression",
        "An expression is \"at(2026-08-19T06:30:00)\", \"rate(5 minutes)\" or"
          + " \"cron(0 22 * * ? *)\" with six fields: minutes, hours, day of month, month, day of"
          + " week and year, of which one of the two kinds of day is \"?\".")
    ]
  }

  private static func isRate(_ text: String) -> Bool {
    guard text.hasPrefix("rate("), text.hasSuffix(")") else { return false }
    let words = text.dropFirst(5).dropLast().split(separator: " ")
    let units = ["minute", "minutes", "hour", "hours", "day", "days"]
    return words.count == 2 && (Int(words[0]) ?? 0) > 0 && units.contains(String(words[1]))
  }

  private var zone: [ResourceProblem] {
    guard let zone = result["timezone"]?.string, write.set["timezone"] != nil,
      zone.count > 50 || TimeZone(identifier: zone) == nil
    else { return [] }
    return [ResourceProblem("timezone", "\(zone) is no name of a time zone.")]
  }

  private var dates: [ResourceProblem] {
    var problems: [ResourceProblem] = []
    for name in ["startDate", "endDate"] {
      guard let value = result[name], Timestamps.date(value) == nil else { continue }
      problems.append(ResourceProblem(name, "A time is written like 2026-08-19T06:30:00Z."))
    }
    if let start = result["startDate"].flatMap(Timestamps.date),
      let end = result["endDate"].flatMap(Timestamps.date), end <= start
    {
      problems.append(ResourceProblem("endDate", "The end is not after the start."))
    }
    return problems
  }

  private var target: [ResourceProblem] {
    guard let target = result["target"]?.string, result["role"]?.string != nil else {
      return [ResourceProblem("target", "A schedule needs a target and a role.")]
    }
    guard write.set["target"] != nil || write.set["input"] != nil else { return [] }
    guard let operation = UniversalTarget.operation(target)?.split(separator: ":").last else {
      return []
    }
    let reads = ["get", "describe", "list", "poll", "receive", "search", "scan", "query", "select"]
    if reads.contains(where: operation.hasPrefix) {
      return [
        ResourceProblem(
          "target", "EventBridge Scheduler calls no operation that only reads: \(operation).")
      ]
    }
    if result["input"]?.map == nil {
      return [ResourceProblem("input", "The input of an operation is a JSON object.")]
    }
    // API description of scheduler: an input has at most 256 KB.
    let size = result["input"].map(UniversalTarget.encoded)?.string?.utf8.count ?? 0
    return size <= 262_144
      ? [] : [ResourceProblem("input", "An input of \(size) bytes is over the limit of 256 KB.")]
  }

  private var others: [ResourceProblem] {
    var problems: [ResourceProblem] = []
    for (name, words) in [
      ("state", ["ENABLED", "DISABLED"]), ("afterCompletion", ["NONE", "DELETE"]),
    ] {
      guard let word = write.set[name]?.string, !words.contains(word) else { continue }
      problems.append(ResourceProblem(name, "\(name) is \(words[0]) or \(words[1])."))
    }
    if let minutes = write.set["flexibleMinutes"]?.numeral, !(0...1440).contains(minutes) {
      problems.append(
        ResourceProblem("flexibleMinutes", "A flexible window has 0 to 1440 minutes."))
    }
    if let seconds = write.set["retrySeconds"]?.numeral, !(60...86_400).contains(seconds) {
      problems.append(
        ResourceProblem("retrySeconds", "A call is tried again for 60 to 86400 seconds."))
    }
    return problems
  }
}
