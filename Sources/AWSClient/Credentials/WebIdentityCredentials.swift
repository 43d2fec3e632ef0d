internal import Model

/// Credentials of a role for a token that an identity provider wrote into a file, as Kubernetes and
/// the OIDC of CI systems do. The file is read anew each time: tokens last minutes.
struct WebIdentityCredentials: CredentialProvider {
  private let roleARN: String
  private let tokenFile: String
  private let sessionName: String
  private let durationSeconds: Int?
  private let machine: LocalMachine

  /// A role for the token in a file.
  init(
    roleARN: String, tokenFile: String, sessionName: String?, durationSeconds: Int? = nil,
    machine: LocalMachine
  ) {
    self.roleARN = roleARN
    self.tokenFile = tokenFile
    self.sessionName = sessionName ?? "weir"
    self.durationSeconds = durationSeconds
    self.machine = machine
  }

  var name: String { "web identity for role \(roleARN)" }

  func lookUp(_ context: CredentialContext) async throws -> CredentialLookup {
    let token = try machine.secret(inFile: tokenFile, for: name)
    var input: [String: Value] = [
      "RoleArn": .string(roleARN), "RoleSessionName": .string(sessionName),
      "WebIdentityToken": .sensitive(.clear(token)),
    ]
    input["DurationSeconds"] = durationSeconds.map { Value($0) }
    let call = UnsignedCall(
      service: "sts", operation: "AssumeRoleWithWebIdentity", input: input, secrets: [token])
    let output = try await call.output(region: context.configuration.region, context)
    return .found(try Credentials(stsOutput: output, from: name))
  }
}

/// Web identity as variables give it: `AWS_WEB_IDENTITY_TOKEN_FILE`, `AWS_ROLE_ARN` and
/// `AWS_ROLE_SESSION_NAME`. What they leave open the profile says.
struct EnvironmentWebIdentity: CredentialProvider {
  let machine: LocalMachine
  /// The settings of the profile.
  let profile: ProfileFiles.Section

  var name: String { "web identity" }

  func lookUp(_ context: CredentialContext) async throws -> CredentialLookup {
    let variables = machine.environment
    let (ownFile, ownRole, ownSession) = (
      variables.nonEmpty("AWS_WEB_IDENTITY_TOKEN_FILE"), variables.nonEmpty("AWS_ROLE_ARN"),
      variables.nonEmpty("AWS_ROLE_SESSION_NAME")
    )
    // Where no variable says anything, the profile is asked later, and knows more.
    guard let file = ownFile ?? profile.nonEmpty("web_identity_token_file"),
      ownFile != nil || ownRole != nil || ownSession != nil
    else { return .absent("AWS_WEB_IDENTITY_TOKEN_FILE is not set") }
    guard let roleARN = ownRole ?? profile.nonEmpty("role_arn") else {
      throw CredentialFault(
        provider: name, message: "there is a file with a token, but not AWS_ROLE_ARN")
    }
    let role = WebIdentityCredentials(
      roleARN: roleARN, tokenFile: file,
      sessionName: ownSession ?? profile.nonEmpty("role_session_name"),
      durationSeconds: ownRole == nil
        ? profile.nonEmpty("duration_seconds").flatMap { Int($0) } : nil,
      machine: machine)
    return try await role.lookUp(context)
  }
}
