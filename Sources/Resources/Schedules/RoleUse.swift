/// What a service assumes roles for, in the words of what is told where one will not do.
struct RoleUse: Sendable {
  /// The resource type of roles for this use.
  let type: String
  /// The principal that assumes them.
  let principal: String
  /// The service, as AWS calls it.
  let service: String
  /// The field that names the role.
  let field: String
  /// What to do where there is none.
  let advice: String

  /// Roles with which EventBridge Scheduler calls (user guide, setting-up, "Set up the execution role").
  static let schedules = RoleUse(
    type: "iam/role", principal: "scheduler.amazonaws.com", service: "EventBridge Scheduler",
    field: "role", advice: "Make it first, allow it what the schedule calls, and")

  /// Roles with which DLM makes snapshots (API reference of dlm, CreateLifecyclePolicy; AWS CLI reference,
  /// create-default-role).
  static let snapshots = RoleUse(
    type: "iam/snapshot-role", principal: "dlm.amazonaws.com", service: "Data Lifecycle Manager",
    field: "executionRole",
    advice:
      "Make the default one with `aws dlm create-default-role`, or make one that may do what that one"
      + " may, and")
}
