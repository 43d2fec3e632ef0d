/// What was last applied to an environment, as its state branch records it.
public struct State: Hashable, Sendable {
  /// The version of the state's format that this program writes and reads.
  public static let formatVersion = "1.0"

  /// Which line of states this belongs to: made once, with the first apply. Salts its digests.
  public let lineage: String
  /// The number of the last apply; 0 before the first.
  public var serial: Int
  /// The account and region that it is about.
  public var environment: EnvironmentReference
  /// The commit of the policy that was last applied.
  public var policyCommit: String?
  /// The digest of the plan that was last applied.
  public var planDigest: String?
  /// What commands have said of parking groups, by the group's name.
  public var parking: [String: ParkingOverride]
  /// The resources that Weir manages.
  public var resources: [Address: AppliedResource]

  /// A state.
  public init(
    lineage: String, serial: Int = 0, environment: EnvironmentReference,
    policyCommit: String? = nil, planDigest: String? = nil,
    parking: [String: ParkingOverride] = [:], resources: [Address: AppliedResource] = [:]
  ) {
    self.lineage = lineage
    self.serial = serial
    self.environment = environment
    self.policyCommit = policyCommit
    self.planDigest = planDigest
    self.parking = parking
    self.resources = resources
  }
}

/// An environment: a name for an account and a region.
public struct EnvironmentReference: Hashable, Sendable, Codable {
  /// Its name, such as `prod`.
  public let name: String
  /// The AWS account's twelve digits.
  public let account: String
  /// The AWS region, such as `us-east-2`.
  public let region: String

  /// The environment `name`.
  public init(name: String, account: String, region: String) {
    self.name = name
    self.account = account
    self.region = region
  }
}
