internal import Model

/// A change before it is known what comes before it.
struct ChangeDraft {
  let target: Target
  let action: Change.Action
  let before: LiveResource?
  var set: [String: Value] = [:]
  var unset: Set<String> = []
  /// The attributes that are brought to a bound, with the bound: `min` or `max`.
  var bounds: [String: String] = [:]

  var address: Address { target.address }

  /// The write that makes it.
  var write: ResourceWrite {
    ResourceWrite(
      name: address.name, live: before, set: set, unset: unset, recorded: target.recorded)
  }

  /// The place in the policy that asks for the leaf at `path`.
  func source(of path: String) -> SourceRange? {
    target.source(of: bounds[path].map { "\(path).\($0)" } ?? path)
  }

  /// Whether something is undone, so that it comes before what it depends on.
  var isWayBack: Bool {
    if target.isOrderFixed { return false }
    switch (action, target.reason) {
    case (.delete, _), (.update, .removed), (.update, .rollback): return true
    default: return false
    }
  }
}

/// What must be done so that `live` becomes what `target` says; nil where nothing must.
///
/// - Parameter isLive: whether another resource is there.
/// - Parameter isManaged: whether the state holds the resource.
func draft(
  _ target: Target, live: LiveResource?, isManaged: Bool, isLive: (Address) -> Bool
) -> ChangeDraft? {
  switch (target.existence, live) {
  case (.present, _) where target.isSpent:
    // What Weir did not make is nobody's concern, and neither is what has gone by itself.
    guard isManaged, let live, !target.attributes.allSatisfy({ $1.holds(live.attributes[$0]) })
    else { return nil }
    return deletion(target, live)
  case (.absent, .some(let live)): return deletion(target, live)
  case (.absent, .none), (.unmanaged, _):
    return isManaged ? ChangeDraft(target: target, action: .forget, before: live) : nil
  case (.present, .none):
    if case .absence = target.kept { return nil }
    switch target.record {
    case .fixed(.some) where target.isGivenBack: return nil
    case .fixed(.none) where target.isGivenBack:
      return isManaged ? ChangeDraft(target: target, action: .forget, before: nil) : nil
    case .owned(let desired) where desired.isOptional:
      return isManaged ? ChangeDraft(target: target, action: .forget, before: nil) : nil
    case .owned, .fixed: break
    }
    let set = target.attributes.compactMapValues { $0.initialValue }
    return ChangeDraft(target: target, action: .create, before: nil, set: set)
  case (.present, .some(let live)):
    var draft = ChangeDraft(target: target, action: .update, before: live)
    for (name, wanted) in target.attributes where !target.kept.holds(name) {
      switch wanted.step(
        from: live.attributes[name], of: target.address, isLive: isLive)
      {
      case .none: break
      case .set(let value): draft.set[name] = value
      case .bring(let value, let bound):
        draft.set[name] = value
        draft.bounds[name] = bound
      case .unset: draft.unset.insert(name)
      }
    }
    if !draft.set.isEmpty || !draft.unset.isEmpty { return draft }
    switch target.record {
    case .owned, .fixed(.some):
      return isManaged ? nil : ChangeDraft(target: target, action: .adopt, before: live)
    case .fixed(.none):
      return isManaged ? ChangeDraft(target: target, action: .forget, before: live) : nil
    }
  }
}

private func deletion(_ target: Target, _ live: LiveResource) -> ChangeDraft {
  ChangeDraft(target: target, action: .delete, before: live, unset: Set(live.attributes.keys))
}

extension DesiredValue {
  /// What brings a live value to the wish.
  enum Step {
    case none
    case set(Value)
    /// To a bound, `min` or `max`.
    case bring(Value, to: String)
    case unset
  }

  /// The value with which a new resource begins.
  var initialValue: Value? {
    switch self {
    case .exactly(let value): value
    case .absent: nil
    case .within(let bounds, let initial, _): initial ?? .number(bounds.lowerBound)
    }
  }

  /// The values that count as done, too; nil where there are none.
  var accepted: AcceptedRange? {
    if case .within(let bounds, _, _) = self { AcceptedRange(bounds) } else { nil }
  }

  /// Whether `live` is as wished.
  func holds(_ live: Value?) -> Bool {
    if case .none = step(from: live, isLive: { _ in true }) { true } else { false }
  }

  /// What brings `live` to the wish.
  ///
  /// - Parameter address: whose attribute it is; nil where that does not matter.
  func step(
    from live: Value?, of address: Address? = nil, isLive: (Address) -> Bool
  ) -> Step {
    switch self {
    case .exactly(let value): return live == value ? .none : .set(value)
    case .absent: return live == nil ? .none : .unset
    case .within(let bounds, let initial, let owner):
      if !isLive(owner), let initial { return live == initial ? .none : .set(initial) }
      guard let number = live?.number else { return initialValue.map(Step.set) ?? .none }
      if bounds.contains(number) { return .none }
      if owner == address, let initial { return .set(initial) }
      return number < bounds.lowerBound
        ? .bring(.number(bounds.lowerBound), to: "min")
        : .bring(.number(bounds.upperBound), to: "max")
    }
  }
}
