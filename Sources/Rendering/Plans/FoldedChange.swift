internal import Model

/// Changes that do the same to several resources of a type, shown as one.
struct FoldedChange {
  /// The first of them.
  let first: Change
  /// Why they are to be made, where the plan as a whole or a manifest does not already say it.
  let why: String?
  /// The notes that stand below it.
  var notes: [String]
  /// The names of the others, in the plan's order.
  fileprivate(set) var otherNames: [String] = []
  /// Whether all are asked for at the same places of the policy.
  fileprivate(set) var hasOneSource = true

  /// How many there are.
  var count: Int { otherNames.count + 1 }

  /// The changes of a plan, identical ones folded into the first of their kind.
  static func folding(_ plan: Plan) -> [FoldedChange] {
    var folded: [FoldedChange] = []
    var positions: [Likeness: Int] = [:]
    for change in plan.changes {
      let why = reasonText(change, goal: plan.goal)
      let likeness = Likeness(change, why: why)
      if let position = positions[likeness] {
        folded[position].otherNames.append(change.address.name)
        if change.fields.map(\.source) != folded[position].first.fields.map(\.source) {
          folded[position].hasOneSource = false
        }
      } else {
        positions[likeness] = folded.count
        folded.append(FoldedChange(first: change, why: why, notes: change.notes))
      }
    }
    return folded
  }
}

/// What two changes have in common when they are shown as one.
private struct Likeness: Hashable {
  let type: String
  let action: Change.Action
  let why: String?
  let paths: [String]
  let before: [Value?]
  let after: [Value?]
  let cost: CostChange
  let notes: [String]
  let irreversible: String?
  let firings: [Firing]?

  init(_ change: Change, why: String?) {
    type = change.address.type
    action = change.action
    self.why = why
    paths = change.fields.map(\.path)
    before = change.fields.map(\.before)
    after = change.fields.map(\.after)
    cost = change.cost
    notes = change.notes
    irreversible = change.irreversible
    firings = change.firings
  }
}
