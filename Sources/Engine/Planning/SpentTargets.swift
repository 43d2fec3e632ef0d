internal import Model

/// The ways back, and the rest of an apply, without what has done what it was for: an action whose
/// only time has passed is not made again, and not changed either.
///
/// - Returns: the targets, and a remark on each that would have been made.
func leavingSpent(_ targets: [Target], input: PlanInput) -> ([Target], [PlanProblem]) {
  func isOver(_ address: Address, _ attributes: [String: Value]) -> Bool {
    input.schemas[address.type]?.movement(
      by: address.name, attributes: attributes, until: input.time)?.isOver ?? false
  }
  var remarks: [PlanProblem] = []
  let left = targets.map { target in
    guard target.existence == .present, case .fixed(let record?) = target.record,
      isOver(target.address, record.attributes)
    else { return target }
    var target = target
    target.isSpent = true
    // One that is still to come in another form is deleted, as for the policy.
    if let live = input.live[target.address], !isOver(target.address, live.attributes) {
      return target
    }
    if input.live[target.address] == nil, !target.isGivenBack, !target.attributes.isEmpty {
      remarks.append(
        PlanProblem(
          .remark, target.address,
          "It is not made again: the only time at which it acts has passed.")
      )
    }
    target.attributes = [:]
    return target
  }
  return (left, remarks)
}
