/// What Weir is to be allowed for.
public enum Access: String, CaseIterable, Codable, Sendable {
  /// To read, as a plan does.
  case read
  /// To write beside that, as an apply does.
  case write
}

/// Actions that IAM has to allow on some resources.
public struct IAMPermission: Hashable, Sendable {
  /// The actions, such as `ecs:UpdateService`.
  public let actions: [String]
  /// ARNs, in which `*` stands for anything; just `*` where IAM knows no resource for these actions.
  public let resources: [String]
  /// What a condition key has to be equal to.
  public let conditions: [String: String]

  /// `actions` on `resources` where `conditions` hold.
  public init(
    _ actions: [String], on resources: [String] = ["*"], where conditions: [String: String] = [:]
  ) {
    self.actions = actions
    self.resources = resources
    self.conditions = conditions
  }
}
