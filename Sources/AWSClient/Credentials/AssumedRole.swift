internal import Model

/// Temporary credentials of a role, got from STS with the credentials of somebody who may have it.
public struct AssumedRole: CredentialProvider {
  private let roleARN: String
  private let sessionName: String
  private let externalID: String?
  private let durationSeconds: Int?
  private let mfa: MFADevice?
  private let source: any CredentialProvider

  /// A role; without a duration STS decides how long it lasts.
  public init(
    roleARN: String, sessionName: String = "weir", externalID: String? = nil,
    durationSeconds: Int? = nil, source: any CredentialProvider
  ) {
    self.init(
      roleARN: roleARN, sessionName: sessionName, externalID: externalID,
      durationSeconds: durationSeconds, mfa: nil, source: source)
  }

  /// A role that may want the code of an MFA device.
  init(
    roleARN: String, sessionName: String, externalID: String?, durationSeconds: Int?,
    mfa: MFADevice?, source: any CredentialProvider
  ) {
    self.roleARN = roleARN
    self.sessionName = sessionName
    self.externalID = externalID
    self.durationSeconds = durationSeconds
    self.mfa = mfa
    self.source = source
  }

  /// The place, for messages.
  public var name: String { "role \(roleARN) by \(source.name)" }

  /// Looks there.
  public func lookUp(_ context: CredentialContext) async throws -> CredentialLookup {
    // The search for the source comes first: nobody types a code for nothing.
    var configuration = context.configuration
    switch try await source.lookUp(context) {
    case .found(let keys): configuration.credentials = StaticCredentials(keys)
    case .absent(let reason):
      throw CredentialFault(provider: name, message: "no credentials to assume it with: \(reason)")
    }
    var input: [String: Value] = [
      "RoleArn": .string(roleARN), "RoleSessionName": .string(sessionName),
    ]
    input["ExternalId"] = externalID.map(Value.string)
    input["DurationSeconds"] = durationSeconds.map { Value($0) }
    if let mfa {
      input["SerialNumber"] = .string(mfa.serial)
      input["TokenCode"] = .string(try await mfa.code(for: name))
    }
    let client = AWSClient(configuration: configuration, transport: context.transport)
    let output = try await client.call("sts", "AssumeRole", .map(input))
    return .found(try Credentials(stsOutput: output, from: name))
  }
}

extension Credentials {
  /// The credentials in the output of an operation of STS.
  init(stsOutput output: Value, from provider: String) throws(CredentialFault) {
    let keys = output["Credentials"]
    guard let keyID = keys?["AccessKeyId"]?.clearText,
      let secret = keys?["SecretAccessKey"]?.clearText,
      let token = keys?["SessionToken"]?.clearText
    else { throw CredentialFault(provider: provider, message: "STS gave no credentials") }
    self.init(
      accessKeyID: keyID, secretAccessKey: secret, sessionToken: token,
      expiration: keys?["Expiration"]?.number.map(Timestamp.date))
  }
}

extension Value {
  /// The text of a string, also of one that is marked as secret.
  var clearText: String? {
    if case .sensitive(.clear(let text)) = self { text } else { string }
  }
}
