internal import Model

/// Temporary credentials of a role, got from STS with the credentials of somebody who may have it.
public struct AssumedRole: CredentialProvider {
  private let roleARN: String
  private let sessionName: String
  private let externalID: String?
  private let durationSeconds: Int?
  private let source: any CredentialProvider

  /// A role; without a duration STS decides how long it lasts.
  public init(
    roleARN: String, sessionName: String = "weir", externalID: String? = nil,
    durationSeconds: Int? = nil, source: any CredentialProvider
  ) {
    self.roleARN = roleARN
    self.sessionName = sessionName
    self.externalID = externalID
    self.durationSeconds = durationSeconds
    self.source = source
  }

  /// The place, for messages.
  public var name: String { "role \(roleARN) by \(source.name)" }

  /// Looks there.
  public func lookUp(_ context: CredentialContext) async throws -> CredentialLookup {
    var configuration = context.configuration
    configuration.credentials = source
    let client = AWSClient(configuration: configuration, transport: context.transport)
    var input: [String: Value] = [
      "RoleArn": .string(roleARN), "RoleSessionName": .string(sessionName),
    ]
    input["ExternalId"] = externalID.map(Value.string)
    input["DurationSeconds"] = durationSeconds.map { Value($0) }
    let output = try await client.call("sts", "AssumeRole", .map(input))
    let keys = output["Credentials"]
    guard let keyID = keys?["AccessKeyId"]?.string, let secret = keys?["SecretAccessKey"]?.string,
      let token = keys?["SessionToken"]?.string
    else { throw CredentialFault(provider: name, message: "STS gave no credentials") }
    return .found(
      Credentials(
        accessKeyID: keyID, secretAccessKey: secret, sessionToken: token,
        expiration: keys?["Expiration"]?.number.map(Timestamp.date)))
  }
}
