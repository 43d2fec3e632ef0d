internal import Model

/// The ways back without what is only ever deleted, such as a snapshot: nothing brings it back, and what
/// is still there is as good as it was.
///
/// - Returns: the targets, and a remark on each that has gone.
func leavingDeleted(_ targets: [Target], input: PlanInput) -> ([Target], [PlanProblem]) {
  var remarks: [PlanProblem] = []
  let left = targets.filter { target in
    guard target.existence == .present, let schema = input.schemas[target.address.type],
      schema.isDeletable, !schema.isCreatable
    else { return true }
    if input.live[target.address] == nil {
      remarks.append(
        PlanProblem(
          .remark, target.address, "It was deleted, and it cannot be brought back."))
    }
    return false
  }
  return (left, remarks.sorted { $0.subject < $1.subject })
}
