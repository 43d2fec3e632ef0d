internal import Model

/// A change before it is known what comes before it.
struct ChangeDraft {
  let target: Target
  let action: Change.Action
  let before: LiveResource?
  var set: [String: Value] = [:]
  var unset: Set<String> = []

  var address: Address { target.address }

  /// The write that makes it.
  var write: ResourceWrite {
    ResourceWrite(
      name: address.name, live: before, set: set, unset: unset, recorded: target.recorded)
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
  case (.absent, .some(let live)):
    return ChangeDraft(
      target: target, action: .delete, before: live, unset: Set(live.attributes.keys))
  case (.absent, .none), (.unmanaged, _):
    return isManaged ? ChangeDraft(target: target, action: .forget, before: live) : nil
  case (.present, .none):
    switch target.record {
    case .fixed(.some) where target.isGivenBack: return nil
    case .fixed(.none) where target.isGivenBack:
      return isManaged ? ChangeDraft(target: target, action: .forget, before: nil) : nil
    case .owned, .fixed: break
    }
    let set = target.attributes.compactMapValues { $0.initialValue }
    return ChangeDraft(target: target, action: .create, before: nil, set: set)
  case (.present, .some(let live)):
    var draft = ChangeDraft(target: target, action: .update, before: live)
    for (name, wanted) in target.attributes {
      switch wanted.step(from: live.attributes[name], isLive: isLive) {
      case .none: break
      case .set(let value): draft.set[name] = value
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

extension DesiredValue {
  /// What brings a live value to the wish.
  enum Step {
    case none
    case set(Value)
    case unset
  }

  /// The value with which a new resource begins.
  var initialValue: Value? {
    switch self {
    case .exactly(let value): value
    case .absent: nil
    case .within(_, let initial, _): initial
    }
  }

  /// What brings `live` to the wish.
  func step(from live: Value?, isLive: (Address) -> Bool) -> Step {
    switch self {
    case .exactly(let value): return live == value ? .none : .set(value)
    case .absent: return live == nil ? .none : .unset
    case .within(let bounds, let initial, let owner):
      guard isLive(owner), let number = live?.number else {
        return live == initial ? .none : .set(initial)
      }
      if bounds.contains(number) { return .none }
      return .set(.number(number < bounds.lowerBound ? bounds.lowerBound : bounds.upperBound))
    }
  }
}
