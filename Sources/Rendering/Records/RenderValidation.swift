public import Model

/// What a valid policy holds.
public struct ValidationFacts: Sendable {
  /// One environment of the policy.
  public struct Environment: Hashable, Sendable, Codable {
    /// The environment.
    public let environment: EnvironmentReference
    /// How many manifests hold for it.
    public let manifests: Int
    /// How many resources they ask for.
    public let resources: Int

    /// An environment with its counts.
    public init(environment: EnvironmentReference, manifests: Int, resources: Int) {
      self.environment = environment
      self.manifests = manifests
      self.resources = resources
    }
  }

  /// The policy that was read.
  public let policy: PolicyReference
  /// How many manifests it has in all.
  public let manifests: Int
  /// Its environments, in the policy's order.
  public let environments: [Environment]

  /// What `policy` holds.
  public init(policy: PolicyReference, manifests: Int, environments: [Environment]) {
    self.policy = policy
    self.manifests = manifests
    self.environments = environments
  }
}

/// That a policy is valid, and what it holds.
///
/// - Throws: `EncodingError`.
public func render(validation: ValidationFacts, format: OutputFormat, style: TextStyle) throws
  -> String
{
  let title =
    "The policy is valid: \(counted(validation.manifests, "manifest")), "
    + "\(counted(validation.environments.count, "environment"))."
  let table = Table(
    columns: [
      Column("environment"), Column("account"), Column("region"), Column("manifests", .right),
      Column("resources", .right),
    ],
    rows: validation.environments.map {
      [
        Cell($0.environment.name), Cell($0.environment.account), Cell($0.environment.region),
        Cell(String($0.manifests)), Cell(String($0.resources)),
      ]
    })
  return try render(
    Document(title: title, blocks: [.table(table)]),
    json: ValidationJSON(
      policy: validation.policy, manifests: validation.manifests,
      environments: validation.environments),
    format: format, style: style)
}

/// What a policy holds, for programs.
private struct ValidationJSON: Encodable {
  let formatVersion = viewFormatVersion
  let policy: PolicyReference
  let manifests: Int
  let environments: [ValidationFacts.Environment]
}
