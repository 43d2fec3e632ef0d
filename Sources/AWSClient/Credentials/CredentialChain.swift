/// Providers one after the other, until one has credentials.
public struct CredentialChain: CredentialProvider {
  private let providers: [any CredentialProvider]

  /// Asks these in this order.
  public init(_ providers: [any CredentialProvider]) { self.providers = providers }

  /// The place, for messages.
  public var name: String { providers.map(\.name).joined(separator: ", ") }

  /// Looks there.
  public func lookUp(_ context: CredentialContext) async throws -> CredentialLookup {
    var attempts: [NoCredentials.Attempt] = []
    for provider in providers {
      switch try await provider.held(context) {
      case .found(let found): return .found(found.credentials)
      case .absent(let reason):
        attempts.append(NoCredentials.Attempt(provider: provider.name, reason: reason))
      }
    }
    throw NoCredentials(attempts: attempts)
  }
}

extension CredentialChain {
  /// How a profile came to be the one to use.
  enum ProfileChoice: Hashable, Sendable {
    /// Nobody named it: it is `default`.
    case byDefault
    /// A variable names it.
    case byVariable
    /// The caller names it: then variables with credentials do not count.
    case byCaller
  }

  /// The search of the AWS CLI: keys in variables, the role of the profile, web identity of
  /// variables, the rest of the profile (SSO, keys, `credential_process`), container, instance.
  ///
  /// A profile that somebody names but that is not there ends the search: what comes after it would
  /// be somebody else's credentials.
  static func standard(
    profile: String, chosen choice: ProfileChoice, files: ProfileFiles, machine: LocalMachine
  ) -> CredentialChain {
    let settings = files.profile(profile)
    let own = ProfileCredentials(profile: profile, files: files, machine: machine)
    var providers: [any CredentialProvider] = []
    if choice != .byCaller {
      providers.append(EnvironmentCredentials(environment: machine.environment))
    }
    if settings == nil, choice != .byDefault { return CredentialChain(providers + [own]) }
    providers.append(own)
    if choice != .byCaller {
      let webIdentity = EnvironmentWebIdentity(machine: machine, profile: settings ?? [:])
      let place = own.assumesRole ? providers.count : providers.count - 1
      providers.insert(webIdentity, at: place)
    }
    let instance = InstanceSettings(environment: machine.environment, profile: settings ?? [:])
    return CredentialChain(
      providers + [
        ContainerCredentials(machine: machine), InstanceCredentials(settings: instance),
      ])
  }
}
