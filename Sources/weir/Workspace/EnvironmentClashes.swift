internal import Manifests
internal import Model
internal import Policy

/// What two environments of the same account and region both ask for: each would undo the other.
///
/// - Parameter resources: what each environment asks for, by its name.
func environmentClashes(
  _ environments: [ProjectEnvironment], resources: [String: [DesiredResource]]
) -> Diagnostics {
  var diagnostics = Diagnostics()
  var owners: [Claim: (environment: String, resource: DesiredResource)] = [:]
  for environment in environments {
    for resource in resources[environment.name] ?? [] {
      for attribute in resource.attributes.keys.sorted() {
        let claim = Claim(environment, resource.address, attribute)
        guard let other = owners[claim] else {
          owners[claim] = (environment.name, resource)
          continue
        }
        diagnostics.add(
          error: "two environments set the same thing",
          at: resource.sources[attribute] ?? resource.range,
          detail: "\(environment.name) and \(other.environment) are the same account and region, "
            + "and both set \(attribute) of \(resource.address).",
          hint: "Restrict one of the manifests with metadata.environments, or give the resource "
            + "another name in one of them.")
        break
      }
    }
  }
  return diagnostics
}

extension CompiledPolicy {
  /// What the other environments of the same account and region ask for: by address and attribute
  /// the environment. What moves from one to another is not taken away by the first.
  func claims(beside environment: ProjectEnvironment) -> [Address: [String: String]] {
    var claims: [Address: [String: String]] = [:]
    for other in loaded.environments.map(\.environment) where other.name != environment.name {
      for resource in environments[other.name]?.resources ?? [] {
        for attribute in resource.attributes.keys
        where Claim(other, resource.address, attribute)
          == Claim(environment, resource.address, attribute)
        {
          claims[resource.address, default: [:]][attribute] = other.name
        }
      }
    }
    return claims
  }
}

/// An attribute of a resource of AWS, whatever the environment is called.
private struct Claim: Hashable {
  let account: String
  /// Empty for what an account has once.
  let region: String
  let address: Address
  let attribute: String

  init(_ environment: ProjectEnvironment, _ address: Address, _ attribute: String) {
    account = environment.account
    region = address.type.hasPrefix("budgets/") ? "" : environment.region
    self.address = address
    self.attribute = attribute
  }
}
