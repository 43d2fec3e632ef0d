internal import Foundation
internal import Model

/// Drifts that are the same on several resources of a type, shown as one.
struct FoldedDrift {
  /// The first of them.
  let first: Drift
  /// The names of the others, in the report's order.
  fileprivate(set) var otherNames: [String] = []
  /// Whether all are asked for at the same places of the policy.
  fileprivate(set) var hasOneSource = true
  /// When the first and the last were made.
  fileprivate(set) var times: ClosedRange<Date>?
  private let who: Attribution?

  /// The drifts of a report, identical ones folded into the first of their kind.
  static func folding(_ report: DriftReport) -> [FoldedDrift] {
    var folded: [FoldedDrift] = []
    var positions: [Likeness: Int] = [:]
    for drift in report.drift {
      let who = report.attributions?[drift.address]
      let likeness = Likeness(drift, who: who)
      if let position = positions[likeness] {
        folded[position].add(drift, who: who)
      } else {
        positions[likeness] = folded.count
        folded.append(FoldedDrift(drift, who: who))
      }
    }
    return folded
  }

  private init(_ drift: Drift, who: Attribution?) {
    first = drift
    self.who = who
    times = who?.time.map { $0...$0 }
  }

  private mutating func add(_ drift: Drift, who: Attribution?) {
    otherNames.append(drift.address.name)
    if drift.fields.map(\.source) != first.fields.map(\.source) { hasOneSource = false }
    if let time = who?.time, let known = times {
      times = min(time, known.lowerBound)...max(time, known.upperBound)
    }
  }

  /// How many there are.
  var count: Int { otherNames.count + 1 }

  /// The name with the number of drifts folded into it.
  var title: String { safe(first.address.name) + (count > 1 ? " (x\(count))" : "") }

  /// Who made it and when; nil where nobody was asked.
  var by: String? {
    switch who {
    case nil: return nil
    case .unknown(let reason): return "not known: \(reason)"
    case .known(let event):
      let time =
        times.map { range in
          range.lowerBound == range.upperBound
            ? timeText(range.lowerBound)
            : "\(timeText(range.lowerBound)) to \(timeText(range.upperBound))"
        } ?? timeText(event.time)
      return "\(event.who), \(event.operation), \(time)"
    }
  }

  /// What the next apply does about it.
  var next: String {
    if first.onDrift == .refuse { return "refused until it is settled, as its onDrift says" }
    if first.isKept { return "kept, as its onDrift says" }
    return first.isReverted ? "put back by the next apply" : "left as it is by the next apply"
  }

  /// The place that asks for a field.
  func place(of field: FieldChange) -> String? {
    guard let source = field.source else { return nil }
    let place = "\(safe(source.file)):\(source.start.line)"
    return hasOneSource ? place : place + " and others"
  }

  /// The other names as one phrase, at most `shown` of them.
  func others(_ shown: Int) -> String? {
    guard !otherNames.isEmpty else { return nil }
    var names = otherNames.prefix(shown).map(safe)
    if otherNames.count > names.count { names.append("\(otherNames.count - names.count) more") }
    return enumerated(names)
  }

  /// What it does to the bill, in a column's few words.
  var money: String { first.cost.map { moneyColumn($0, times: count) } ?? "" }
}

extension Attribution {
  fileprivate var time: Date? { if case .known(let event) = self { event.time } else { nil } }
}

/// What two drifts have in common when they are shown as one.
private struct Likeness: Hashable {
  let type: String
  let fields: [FieldChange]
  let isMissing: Bool
  let serial: Int
  let isReverted: Bool
  let onDrift: DriftPolicy?
  let cost: CostChange?
  let windowed: [String]?
  let who: [String]

  init(_ drift: Drift, who: Attribution?) {
    type = drift.address.type
    fields = drift.fields.map { FieldChange(path: $0.path, before: $0.before, after: $0.after) }
    isMissing = drift.isMissing
    serial = drift.serial
    isReverted = drift.isReverted
    onDrift = drift.onDrift
    cost = drift.cost
    windowed = drift.windowed
    switch who {
    case nil: self.who = []
    case .known(let event): self.who = [event.who, event.operation]
    case .unknown(let reason): self.who = [reason]
    }
  }
}
