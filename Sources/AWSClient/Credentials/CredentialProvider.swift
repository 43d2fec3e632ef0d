public import CurlTransport

/// A place where credentials may be found. Each asks anew; the client keeps what it was given.
public protocol CredentialProvider: Sendable {
  /// The place, for messages: `environment`, `profile "prod"`.
  var name: String { get }

  /// Looks there.
  ///
  /// - Throws: where there are credentials, but they cannot be had or are broken: the search must
  ///   not go on then and find somebody else's.
  func lookUp(_ context: CredentialContext) async throws -> CredentialLookup
}

/// What a provider found.
public enum CredentialLookup: Sendable {
  /// Credentials.
  case found(Credentials)
  /// None, and why: `AWS_ACCESS_KEY_ID is not set`.
  case absent(String)
}

/// What a provider may use: the settings of the client that asks, and its way to the network.
public struct CredentialContext: Sendable {
  /// The client's settings; the clock is among them.
  public let configuration: AWSConfiguration
  /// The client's transport.
  public let transport: any HTTPTransport
}

/// Credentials that are given.
public struct StaticCredentials: CredentialProvider {
  private let credentials: Credentials

  /// Always gives these.
  public init(_ credentials: Credentials) { self.credentials = credentials }

  /// The place, for messages.
  public var name: String { "given credentials" }

  /// Looks there.
  public func lookUp(_ context: CredentialContext) async throws -> CredentialLookup {
    .found(credentials)
  }
}
