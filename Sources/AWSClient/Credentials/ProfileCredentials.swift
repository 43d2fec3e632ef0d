/// Credentials of a profile in the AWS files: keys, or a role with the profile that may assume it.
struct ProfileCredentials: CredentialProvider {
  let profile: String
  let files: ProfileFiles
  let environment: [String: String]
  /// The profiles whose credentials depend on this one's.
  private let dependents: [String]

  /// A profile of the files.
  init(profile: String, files: ProfileFiles, environment: [String: String]) {
    self.init(profile: profile, files: files, environment: environment, dependents: [])
  }

  private init(
    profile: String, files: ProfileFiles, environment: [String: String], dependents: [String]
  ) {
    self.profile = profile
    self.files = files
    self.environment = environment
    self.dependents = dependents
  }

  var name: String { "profile \"\(profile)\"" }

  func lookUp(_ context: CredentialContext) async throws -> CredentialLookup {
    guard let settings = files.profile(profile) else {
      return .absent("it is neither in \(files.credentialsPath) nor in \(files.configPath)")
    }
    if let roleARN = settings.nonEmpty("role_arn") {
      return try await assume(roleARN, settings, context)
    }
    return try keys(settings) ?? .absent("it has no aws_access_key_id")
  }

  private func assume(
    _ roleARN: String, _ settings: ProfileFiles.Section, _ context: CredentialContext
  ) async throws -> CredentialLookup {
    let role = AssumedRole(
      roleARN: roleARN, sessionName: settings.nonEmpty("role_session_name") ?? "weir",
      externalID: settings.nonEmpty("external_id"),
      durationSeconds: settings.nonEmpty("duration_seconds").flatMap { Int($0) },
      source: try source(settings))
    return try await role.lookUp(context)
  }

  /// Who assumes the role of the profile.
  private func source(_ settings: ProfileFiles.Section) throws -> any CredentialProvider {
    if let source = settings.nonEmpty("source_profile") {
      // A profile may name itself as source if it has keys too.
      if source == profile, case .found(let credentials)? = try keys(settings) {
        return StaticCredentials(credentials)
      }
      guard source != profile, !dependents.contains(source) else {
        throw CredentialFault(
          provider: name, message: "source_profile \"\(source)\" leads back to this profile")
      }
      return CredentialChain([
        ProfileCredentials(
          profile: source, files: files, environment: environment,
          dependents: dependents + [profile])
      ])
    }
    switch settings.nonEmpty("credential_source") {
    case "Environment": return CredentialChain([EnvironmentCredentials(environment: environment)])
    case let other?:
      throw CredentialFault(provider: name, message: "credential_source \(other) is not supported")
    case nil:
      throw CredentialFault(
        provider: name, message: "it has role_arn, but neither source_profile nor credential_source"
      )
    }
  }

  private func keys(_ settings: ProfileFiles.Section) throws -> CredentialLookup? {
    guard let keyID = settings.nonEmpty("aws_access_key_id") else { return nil }
    guard let secret = settings.nonEmpty("aws_secret_access_key") else {
      throw CredentialFault(
        provider: name, message: "it has aws_access_key_id, but no aws_secret_access_key")
    }
    return .found(
      Credentials(
        accessKeyID: keyID, secretAccessKey: secret,
        sessionToken: settings.nonEmpty("aws_session_token")))
  }
}
