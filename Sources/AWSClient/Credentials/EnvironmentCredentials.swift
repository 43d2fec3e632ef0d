internal import Foundation

/// Credentials from `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
public struct EnvironmentCredentials: CredentialProvider {
  private let environment: [String: String]

  /// Looks into these variables.
  public init(environment: [String: String]) { self.environment = environment }

  /// The place, for messages.
  public var name: String { "environment" }

  /// Looks there.
  public func lookUp(_ context: CredentialContext) async throws -> CredentialLookup {
    guard let keyID = environment.nonEmpty("AWS_ACCESS_KEY_ID") else {
      return .absent("AWS_ACCESS_KEY_ID is not set")
    }
    guard let secret = environment.nonEmpty("AWS_SECRET_ACCESS_KEY") else {
      throw CredentialFault(
        provider: name, message: "AWS_ACCESS_KEY_ID is set, but not AWS_SECRET_ACCESS_KEY")
    }
    return .found(
      Credentials(
        accessKeyID: keyID, secretAccessKey: secret,
        sessionToken: environment.nonEmpty("AWS_SESSION_TOKEN")
          // What older tools set.
          ?? environment.nonEmpty("AWS_SECURITY_TOKEN"),
        expiration: try expiration()))
  }

  private func expiration() throws(CredentialFault) -> Date? {
    guard let text = environment.nonEmpty("AWS_CREDENTIAL_EXPIRATION") else { return nil }
    guard let date = Timestamp.date(text) else {
      throw CredentialFault(provider: name, message: "AWS_CREDENTIAL_EXPIRATION is no time")
    }
    return date
  }
}

extension [String: String] {
  /// The value, if there is one that is not empty: an empty variable is as good as none.
  func nonEmpty(_ key: String) -> String? {
    self[key].flatMap { $0.isEmpty ? nil : $0 }
  }
}
