public import Model

/// Decides what is to be done: desired against live gives the changes, state against live the
/// drift. Pure: the same input gives the same plan.
public func makePlan(_ input: PlanInput) -> Plan {
  PlanMaker(input).plan()
}

private struct PlanMaker {
  let input: PlanInput
  let serial: Int
  let targets: [Target]
  /// What the schedules of the state make of attributes.
  let schedules: ScheduledValues
  let wanted: [DesiredResource]
  /// What cannot be given back, because only its digest is known.
  let unrecoverable: [PlanProblem]
  /// What is not brought back, because it has done what it was for or was deleted for good.
  let leftOut: [PlanProblem]

  init(_ input: PlanInput) {
    self.input = input
    serial = (input.state?.serial ?? 0) + 1
    schedules = ScheduledValues(
      input.state.map { Array($0.resources.values) } ?? [], schemas: input.schemas, at: input.time)
    var targets: [Target]
    // Of a way that does not come from the policy, the records of what is to hold for good.
    var lasting: [Address: AppliedResource]?
    switch input.intent {
    case .policy(let desired):
      wanted = desired
      targets = policyTargets(
        desired: desired, state: input.state, schemas: input.schemas, elsewhere: input.elsewhere,
        live: input.live, schedules: schedules)
      if let limits = input.limits { targets = limited(targets, to: limits, input: input) }
    case .rollback(let serial, let earlier, let snapshots):
      wanted = []
      targets = rollbackTargets(
        to: serial, earlier: earlier, current: input.state, snapshots: snapshots)
      lasting = earlier?.resources ?? [:]
    case .finish(let pending):
      wanted = []
      targets = finishTargets(pending)
      let outcomes = pending.plan.changes.compactMap(\.outcome)
      lasting = Dictionary(outcomes.map { ($0.address, $0) }, uniquingKeysWith: { $1 })
    case .undo(let pending, let snapshot):
      wanted = []
      targets = rollbackTargets(
        to: input.state?.serial ?? 0, earlier: input.state, current: input.state,
        snapshots: [snapshot], deleted: pending.deleted, dependencies: pending.dependencies)
      lasting = input.state?.resources ?? [:]
    }
    if let lasting {
      targets = heedingSchedules(targets, lasting: lasting, input: input)
      targets = givingBackParked(targets, input: input)
      targets = heedingBounds(targets, input: input)
    }
    var (spent, deleted): ([PlanProblem], [PlanProblem]) = ([], [])
    if lasting != nil {
      (targets, spent) = leavingSpent(targets, input: input)
      (targets, deleted) = leavingDeleted(targets, input: input)
    }
    leftOut = spent + deleted
    targets.sort { $0.address < $1.address }
    let known = input.knownSecrets
    unrecoverable = targets.flatMap { target in
      target.unrecoverable(
        known: known, locked: input.lockedSecrets, live: input.live[target.address],
        schema: input.schemas[target.address.type])
    }
    self.targets = targets.map { target in
      target.leavingUnrecoverable(
        known: known, live: input.live[target.address], schema: input.schemas[target.address.type]
      ).keepingDrift(
        from: input.state?.resources[target.address], live: input.live[target.address])
    }
  }

  func plan() -> Plan {
    let state = input.state?.resources ?? [:]
    let wishes = targets.compactMap { target in
      draft(
        target, live: input.live[target.address], isManaged: state[target.address] != nil,
        isLive: { input.live[$0] != nil })
    }
    // What cannot be created is a problem, not a change.
    let drafts = wishes.filter { $0.action != .create || isCreatable($0) }
    let before = order(drafts)
    let changes = drafts.map { change($0, after: before[$0.address] ?? []) }
    let changed = Dictionary(changes.map { ($0.address, $0) }, uniquingKeysWith: { $1 })
    let drift = drifts(changed: changed)
    return Plan(
      goal: goal, environment: input.environment, policy: input.policy,
      state: StateReference(lineage: input.lineage, serial: input.state?.serial ?? 0),
      time: input.time, changes: changes.sorted { $0.address < $1.address },
      drift: drift, refreshed: refreshed(except: Set(changed.keys)),
      resourceCount: resourceCount,
      problems: problems(wishes) + driftProblems(drift, targets: targets) + lostSecrets(drafts)
        + unrecoverable + circleProblems(before)
        + rivalRemarks(wanted, targets: targets, live: input.live)
        + shortfalls(wanted, input: input)
        + hindranceRemarks(targets, input: input) + leftOut
        + renameRemarks(drafts, wanted: wanted, state: input.state),
      parking: input.parkingAfterwards)
  }

  /// How many resources are to be there; what is spent counts while it is there.
  private var resourceCount: Int {
    wanted.isEmpty
      ? targets.count
      : wanted.count {
        !$0.isUnwanted && (!($0.isSpent || $0.isOptional) || input.live[$0.address] != nil)
      }
  }

  private func isCreatable(_ draft: ChangeDraft) -> Bool {
    input.schemas[draft.address.type]?.isCreatable ?? false
  }

  /// Whether the environment's protection holds: the way back is never barred by it.
  private var isProtected: Bool {
    if case .policy = input.intent { input.isProtected } else { false }
  }

  /// Whether it leads back to recorded values.
  private var isWayBack: Bool {
    switch input.intent {
    case .rollback, .undo: true
    case .policy, .finish: false
    }
  }

  private var goal: Plan.Goal {
    switch input.intent {
    case .policy: .policy
    case .rollback(let serial, _, _): .rollback(to: serial)
    case .finish(let pending): pending.plan.goal
    case .undo: .rollback(to: input.state?.serial ?? 0)
    }
  }

  private func change(_ draft: ChangeDraft, after: [Address]) -> Change {
    let written = draft.unset.union(draft.set.keys)
    let accepted = draft.target.accepted.filter { draft.set[$0.key] != nil }
    return Change(
      address: draft.address, action: draft.action, reason: draft.target.reason,
      before: draft.before, set: draft.set, accepted: accepted.isEmpty ? nil : accepted,
      unset: draft.unset.sorted(),
      recorded: draft.target.recorded, fields: fields(of: draft), cost: cost(of: draft),
      after: after,
      outcome: draft.action == .delete || draft.action == .forget
        ? nil
        : draft.target.record(
          live: draft.before, prior: input.state?.resources[draft.address], written: written,
          serial: serial),
      notes: draft.target.notes, irreversible: irreversible(draft), firings: firings(draft))
  }

  private func firings(_ draft: ChangeDraft) -> [Firing]? {
    guard draft.action == .create || draft.action == .update else { return nil }
    let firings = input.schemas[draft.address.type]?.firings(
      attributes: draft.write.result, after: input.time)
    return firings?.isEmpty ?? true ? nil : firings
  }

  private func irreversible(_ draft: ChangeDraft) -> String? {
    guard draft.action.writes else { return nil }
    return input.schemas[draft.address.type]?.irreversible(draft.write, action: draft.action)
  }

  private func fields(of draft: ChangeDraft) -> [FieldChange] {
    guard draft.action.writes else { return [] }
    return draft.unset.union(draft.set.keys).sorted().flatMap { name in
      leafChanges(from: draft.before?.attributes[name], to: draft.set[name], at: name) {
        draft.source(of: $0)
      }
    }
  }

  private func cost(of draft: ChangeDraft) -> CostChange {
    guard draft.action.writes, let schema = input.schemas[draft.address.type] else {
      return CostChange(before: .zero, after: .zero)
    }
    let context = draft.before?.context ?? [:]
    let before = draft.before.map {
      schema.monthlyCost(attributes: $0.attributes, context: $0.context)
    }
    let after =
      draft.action == .delete
      ? nil : schema.monthlyCost(attributes: draft.write.result, context: context)
    return CostChange(before: before ?? .zero, after: after ?? .zero)
  }

  private func drifts(changed: [Address: Change]) -> [Drift] {
    let byAddress = Dictionary(targets.map { ($0.address, $0) }, uniquingKeysWith: { $1 })
    return (input.state?.resources.values.map { $0 } ?? []).compactMap { prior in
      let isSpent = input.schemas.movement(of: prior, until: input.time)?.isOver
      if isSpent == true, input.live[prior.address] == nil { return nil }
      return drift(
        of: prior, live: input.live[prior.address], target: byAddress[prior.address],
        change: changed[prior.address], schedules: schedules,
        schema: input.schemas[prior.address.type])
    }.sorted { $0.address < $1.address }
  }

  private func refreshed(except changed: Set<Address>) -> [AppliedResource] {
    var left: [AppliedResource] = []
    // What an unfinished apply was to bring up to date without writing it.
    if case .finish(let pending) = input.intent { left = pending.plan.refreshed }
    left += targets.compactMap { target in
      guard !changed.contains(target.address),
        let prior = input.state?.resources[target.address], let live = input.live[target.address],
        let record = target.record(live: live, prior: prior, written: [], serial: nil),
        record != prior
      else { return nil }
      return record
    }
    return left.sorted { $0.address < $1.address }
  }
}

extension PlanMaker {
  private func problems(_ drafts: [ChangeDraft]) -> [PlanProblem] {
    drafts.flatMap { draft -> [PlanProblem] in
      guard draft.action.writes else { return [] }
      return existenceProblems(draft) + awsProblems(draft)
    }
  }

  private func existenceProblems(_ draft: ChangeDraft) -> [PlanProblem] {
    guard let schema = input.schemas[draft.address.type] else {
      return [
        PlanProblem(
          .missingResource, draft.address,
          "The resource type \(draft.address.type) is not known to this version of Weir.")
      ]
    }
    let environment = input.environment
    switch draft.action {
    case .create where !schema.isCreatable:
      return [
        PlanProblem(
          .missingResource, draft.address,
          """
          It is not there in account \(environment.account), region \(environment.region). Weir \
          changes it but does not create it: check the name, the account and the region, or \
          create it first.
          """, source: draft.target.range)
      ]
    case .delete:
      return deletionProblems(
        draft, schema: schema, isProtected: isProtected, isWayBack: isWayBack)
    default: return []
    }
  }

  private func awsProblems(_ draft: ChangeDraft) -> [PlanProblem] {
    guard draft.action == .create || draft.action == .update,
      let schema = input.schemas[draft.address.type],
      schema.isCreatable || draft.before != nil
    else { return [] }
    return schema.problems(with: draft.write).map { problem in
      PlanProblem(
        problem.severity == .error ? .refusedByAWS : .remark, draft.address, problem.message,
        source: problem.attribute.flatMap { draft.source(of: $0) } ?? draft.target.range)
    }
  }

  private func lostSecrets(_ drafts: [ChangeDraft]) -> [PlanProblem] {
    if input.isSealing { return [] }
    return drafts.flatMap { draft in
      draft.lostSecrets(
        prior: input.state?.resources[draft.address], schema: input.schemas[draft.address.type])
    }
  }
}
