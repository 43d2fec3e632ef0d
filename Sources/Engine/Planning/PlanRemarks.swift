internal import Model

/// Tells who else moves what the policy sets, save where this plan ends that.
func rivalRemarks(
  _ wanted: [DesiredResource], targets: [Target], live: [Address: LiveResource]
) -> [PlanProblem] {
  let ended = Set(targets.filter { $0.existence == .absent }.map(\.address))
  return wanted.sorted { $0.address < $1.address }.flatMap { resource in
    resource.rivals.compactMap { rival in
      guard !ended.contains(rival.address), let live = live[rival.address] else { return nil }
      return PlanProblem(
        .remark, resource.address, rival.remark(on: live), source: resource.range)
    }
  }
}

/// Tells where what resources need, and Weir does not manage, will not do.
func shortfalls(_ wanted: [DesiredResource], input: PlanInput) -> [PlanProblem] {
  let own = Set(wanted.map(\.address)).union(input.state?.resources.keys.map { $0 } ?? [])
  return wanted.filter { !$0.isSpent }.sorted { $0.address < $1.address }.flatMap { resource in
    resource.needs.compactMap { need in
      guard
        let problem = input.schemas[need.type]?.shortfall(
          of: need.name, live: input.live[need], beside: own)
      else { return nil }
      return PlanProblem(
        problem.severity == .error ? .refusedByAWS : .remark, resource.address, problem.message,
        source: resource.sources[problem.attribute ?? ""] ?? resource.range)
    }
  }
}

/// Tells what keeps resources that are to be there from doing what they are for.
func hindranceRemarks(_ targets: [Target], input: PlanInput) -> [PlanProblem] {
  // What is Weir's own to change is no hindrance.
  let own = Dictionary(
    targets.map { ($0.address, $0.attributes.keys) }, uniquingKeysWith: { first, _ in first })
  return targets.filter { $0.existence == .present && !$0.isSpent }.flatMap { target in
    target.dependsOn.compactMap { dependency in
      guard var live = input.live[dependency] else { return nil }
      for name in own[dependency].map(Array.init) ?? [] { live.attributes[name] = nil }
      guard
        let hindrance = input.schemas[dependency.type]?.hindrance(by: live, of: target.address)
      else { return nil }
      return PlanProblem(.remark, target.address, hindrance, source: target.range)
    }
  }
}

/// Tells which changes wait for each other.
func circleProblems(_ before: [Address: [Address]]) -> [PlanProblem] {
  let circle = circle(in: before)
  return circle.map { address in
    let others = circle.filter { $0 != address }.map(\.description).joined(separator: ", ")
    return PlanProblem(.dependencyCycle, address, "It waits for itself by way of \(others).")
  }
}
