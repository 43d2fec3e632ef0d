public import Model

extension Plan {
  /// What moved since this plan was made, compared with the same plan made `now`, one sentence
  /// for each cause.
  public func causesOfStaleness(comparedWith now: Plan) -> [String] {
    var causes: [String] = []
    if state != now.state {
      causes.append(
        "Serial \(now.state.serial) has been applied; the plan was made after \(state.serial).")
    }
    if environment != now.environment {
      causes.append("The environment is now \(now.environment.account), \(now.environment.region).")
    }
    let earlier = Dictionary(uniqueKeysWithValues: changes.map { ($0.address, $0) })
    let present = Dictionary(uniqueKeysWithValues: now.changes.map { ($0.address, $0) })
    for address in Set(earlier.keys).union(present.keys).sorted() {
      switch (earlier[address], present[address]) {
      case (let old?, let new?) where old != new:
        causes.append(contentsOf: old.causesOfStaleness(comparedWith: new))
      case (.some, nil): causes.append("\(address) needs no change any more.")
      case (nil, .some): causes.append("\(address) needs a change that the plan does not have.")
      default: break
      }
    }
    return causes
  }
}

extension Change {
  fileprivate func causesOfStaleness(comparedWith now: Change) -> [String] {
    if action != now.action {
      return ["\(address): the plan says \(action.rawValue), and now it is \(now.action.rawValue)."]
    }
    let names = Set(set.keys).union(unset).union(now.set.keys).union(now.unset)
    let moved = names.sorted().filter { before?.attributes[$0] != now.before?.attributes[$0] }
    if moved.isEmpty { return ["\(address) has changed in AWS since the plan was made."] }
    return moved.map { "\(address): \($0) has changed in AWS since the plan was made." }
  }
}
