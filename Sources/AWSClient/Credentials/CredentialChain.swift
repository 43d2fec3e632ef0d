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
      switch try await provider.lookUp(context) {
      case .found(let credentials): return .found(credentials)
      case .absent(let reason):
        attempts.append(NoCredentials.Attempt(provider: provider.name, reason: reason))
      }
    }
    throw NoCredentials(attempts: attempts)
  }
}
