public import Model

extension Plan {
  /// What moved since this plan was made, compared with the same plan made `now`, one sentence
  /// for each cause.
  public func causesOfStaleness(comparedWith now: Plan) -> [String] {
    var causes: [String] = []
    if state.lineage != now.state.lineage {
      causes.append("The state belongs to another line of states.")
    } else if state != now.state {
      causes.append(
        "Serial \(now.state.serial) has been applied; the plan was made after \(state.serial).")
    }
    if environment != now.environment {
      causes.append("The environment is now \(now.environment.account), \(now.environment.region).")
    }
    let earlier = Dictionary(uniqueKeysWithValues: changes.map { ($0.address, $0.decisive) })
    let present = Dictionary(uniqueKeysWithValues: now.changes.map { ($0.address, $0.decisive) })
    var isPriceMoved = false
    for address in Set(earlier.keys).union(present.keys).sorted() {
      switch (earlier[address], present[address]) {
      case (let old?, let new?) where old != new:
        let moved = old.causesOfStaleness(comparedWith: new)
        isPriceMoved = isPriceMoved || (moved.isEmpty && old.cost != new.cost)
        causes.append(contentsOf: moved)
      case (.some, nil): causes.append("\(address) needs no change any more.")
      case (nil, .some): causes.append("\(address) needs a change that the plan does not have.")
      default: break
      }
    }
    if isPriceMoved { causes.append("Prices have changed since the plan was made.") }
    return causes + otherCauses(comparedWith: now)
  }

  /// What differs beside the changes.
  private func otherCauses(comparedWith now: Plan) -> [String] {
    var causes: [String] = []
    let drifts = Set(drift).symmetricDifference(now.drift).map(\.address)
    let told = (changes + now.changes).map(\.address)
    causes += Set(drifts).subtracting(told).sorted().map {
      "\($0) has drifted otherwise since the plan was made."
    }
    let new = now.problems.filter { !problems.contains($0) }
    causes += new.map { "\($0.subject): \($0.message)" }
    return causes
  }
}

extension Change {
  /// What moved; nothing where no more than the price or the record did.
  fileprivate func causesOfStaleness(comparedWith now: Change) -> [String] {
    if action != now.action {
      return ["\(address): the plan says \(action.rawValue), and now it is \(now.action.rawValue)."]
    }
    let names = Set(set.keys).union(unset).union(now.set.keys).union(now.unset).sorted()
    let moved = names.filter { before?.attributes[$0] != now.before?.attributes[$0] }
    if !moved.isEmpty {
      return moved.map { "\(address): \($0) has changed in AWS since the plan was made." }
    }
    let wanted = names.filter {
      set[$0] != now.set[$0] || unset.contains($0) != now.unset.contains($0)
    }
    if !wanted.isEmpty {
      return wanted.map {
        "\(address): the policy wants another \($0) now, as when a window of a schedule begins."
      }
    }
    if before != now.before { return ["\(address) has changed in AWS since the plan was made."] }
    if cost != now.cost { return [] }
    return ["\(address) would be made or recorded otherwise now."]
  }
}
