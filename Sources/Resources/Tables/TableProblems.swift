internal import Foundation
internal import Model

/// What DynamoDB would refuse about a write (DynamoDB developer guide, "Quotas" and "Considerations when
/// switching capacity modes"; API description of dynamodb, UpdateTable), or what its reader should know.
struct TableProblems {
  /// The most decreases of a table or index on one day (UTC), and how many of them need no idle hour before.
  private static let decreasesADay = Decimal(27)
  private static let freeDecreases = Decimal(4)
  /// What a table has at most unless AWS has raised it.
  private static let quota = Decimal(40_000)

  private let write: ResourceWrite
  private let before: [String: Value]
  private let context: [String: Value]

  /// The problems of a write.
  init(_ write: ResourceWrite) {
    self.write = write
    before = write.live?.attributes ?? [:]
    context = write.live?.context ?? [:]
  }

  /// The problems; none for a table that is not there, which is a problem of its own.
  var all: [ResourceProblem] {
    guard write.live != nil else { return [] }
    if let problem = statusProblem(write, called: "table", "DynamoDB takes no update") {
      return [problem]
    }
    return indexes + capacities + mode + decreases
  }

  private var indexes: [ResourceProblem] {
    let known = (context["indexNames"]?.elements ?? []).compactMap(\.string)
    return write.set.keys.filter { $0.hasPrefix(TableType.indexes) }.sorted().compactMap {
      attribute in
      let name = attribute.dropFirst(TableType.indexes.count).split(separator: ".").dropLast()
        .joined(separator: ".")
      guard !known.contains(name) else { return nil }
      let names = known.isEmpty ? "it has none" : "it has \(known.sorted().joined(separator: ", "))"
      return ResourceProblem(
        attribute, "The table has no global secondary index \(name): \(names).")
    }
  }

  private var capacities: [ResourceProblem] {
    let set = write.set.filter { TableType.isCapacity($0.key) }.sorted { $0.key < $1.key }
    if write.result["billingMode"] != TableType.provisioned, let first = set.first {
      return [
        ResourceProblem(
          first.key,
          "The table is on demand, so that it has no capacity to set. Set `mode: provisioned` with it."
        )
      ]
    }
    return set.compactMap { attribute, value in
      guard let number = value.numeral, number >= 1, number.isWhole else {
        return ResourceProblem(attribute, "A capacity is a whole number of at least 1.")
      }
      if number > Self.quota {
        return ResourceProblem(
          attribute,
          "\(number.plain) units are more than the \(Self.quota.plain) that a table has unless AWS has raised"
            + " the quota.", severity: .warning)
      }
      return nil
    }
  }

  private var mode: [ResourceProblem] {
    guard let mode = write.set["billingMode"] else { return [] }
    if mode == TableType.onDemand {
      let last = context["lastSwitch"]?.string.map { " The last one was at \($0)." } ?? ""
      return [
        ResourceProblem(
          "billingMode",
          "DynamoDB takes four switches to on-demand within 24 hours; how many are left cannot be read."
            + last, severity: .warning)
      ]
    }
    let missing = TableCapacities(write).missing
    guard !missing.isEmpty else { return [] }
    return [
      ResourceProblem(
        "billingMode",
        "A provisioned table needs a capacity for itself and each index. Not set:"
          + " \(missing.joined(separator: ", ")).")
    ]
  }

  /// A decrease counts for the table and for each index by itself.
  private var decreases: [ResourceProblem] {
    let lowered = write.set.filter { attribute, value in
      guard let old = before[attribute]?.numeral, let new = value.numeral else { return false }
      return TableType.isCapacity(attribute) && new < old
    }.keys.sorted()
    var seen: Set<String> = []
    return lowered.compactMap { attribute in
      let parts = attribute.split(separator: ".").dropLast()
      let name = parts.isEmpty ? "table" : parts.joined(separator: ".")
      guard seen.insert(name).inserted, let today = context["decreases"]?[name]?.numeral,
        today >= Self.freeDecreases
      else { return nil }
      let what =
        parts.isEmpty ? "the table" : "the index \(parts.dropFirst().joined(separator: "."))"
      if today >= Self.decreasesADay {
        return ResourceProblem(
          attribute,
          "The capacity of \(what) was lowered \(today.plain) times today, and DynamoDB takes"
            + " \(Self.decreasesADay.plain) decreases a day (UTC).")
      }
      let last = context["lastDecrease"]?.string.map { ", the last at \($0)" } ?? ""
      return ResourceProblem(
        attribute,
        "The capacity of \(what) was lowered \(today.plain) times today\(last). After four, DynamoDB takes a"
          + " decrease only where there was none for an hour.", severity: .warning)
    }
  }
}
