internal import Model

/// What stands against a deletion.
///
/// - Parameters:
///   - isProtected: whether the environment is protected now.
///   - isWayBack: whether the plan leads back to recorded values.
func deletionProblems(
  _ draft: ChangeDraft, schema: any ResourceSchema, isProtected: Bool, isWayBack: Bool
) -> [PlanProblem] {
  let target = draft.target
  func problem(_ code: PlanProblem.Code, _ message: String) -> [PlanProblem] {
    [PlanProblem(code, draft.address, message, source: target.range)]
  }
  if !schema.isDeletable {
    return problem(
      .refusedByAWS,
      "It would be deleted, and Weir does not delete resources of this type. Delete it by hand.")
  }
  guard target.isProtected || isProtected else { return [] }
  if target.isUnwanted {
    return problem(
      .protected,
      """
      The policy asks for its deletion, and nothing is deleted in a protected environment. Let the \
      manifest hold elsewhere with `metadata.environments`.
      """)
  }
  if target.isSpent {
    return problem(
      .protected,
      """
      It is protected and would be deleted: the time that the policy says has passed, and it is \
      there for another one. Put the manifest back as it was, or apply it once with \
      `protect: false`.
      """)
  }
  guard target.isProtected else {
    return problem(
      .protected, "It would be deleted, and the environment is protected: put the manifest back.")
  }
  if isWayBack {
    return [
      PlanProblem(
        .remark, draft.address,
        "It is protected, and the way back deletes it: that takes `--allow-delete`.")
    ]
  }
  return problem(
    .protected,
    """
    It is protected and would be deleted. Put the manifest back, or apply it once with \
    `protect: false` and then remove it. That the environment is no longer protected does \
    not reach a resource whose manifest has gone.
    """)
}
