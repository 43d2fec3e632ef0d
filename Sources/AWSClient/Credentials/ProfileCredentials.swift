/// Credentials of a profile in the AWS files: a role, a sign-in, keys, or a program that has them.
struct ProfileCredentials: CredentialProvider {
  let profile: String
  let files: ProfileFiles
  let machine: LocalMachine
  /// The profiles whose credentials depend on this one's.
  private let dependents: [String]

  /// A profile of the files.
  init(profile: String, files: ProfileFiles, machine: LocalMachine) {
    self.init(profile: profile, files: files, machine: machine, dependents: [])
  }

  private init(
    profile: String, files: ProfileFiles, machine: LocalMachine, dependents: [String]
  ) {
    self.profile = profile
    self.files = files
    self.machine = machine
    self.dependents = dependents
  }

  var name: String { "profile \"\(profile)\"" }

  /// Whether the profile asks for a role with credentials from elsewhere.
  var assumesRole: Bool {
    let settings = files.profile(profile) ?? [:]
    return settings.nonEmpty("role_arn") != nil
      && settings.nonEmpty("web_identity_token_file") == nil
  }

  func lookUp(_ context: CredentialContext) async throws -> CredentialLookup {
    guard let settings = files.profile(profile) else {
      return .absent("it is neither in \(files.credentialsPath) nor in \(files.configPath)")
    }
    // A profile that has keys too lends those to the roles of others.
    if assumesRole, dependents.isEmpty || files.keys(of: profile) == nil {
      return try await role(settings).lookUp(context)
    }
    if let other = try other(settings) { return try await other.lookUp(context) }
    return .absent("it has no role_arn, sso_account_id, aws_access_key_id or credential_process")
  }

  /// What has the credentials of a profile that assumes no role; nil where nothing has.
  private func other(
    _ settings: ProfileFiles.Section
  ) throws(CredentialFault) -> (any CredentialProvider)? {
    if let tokenFile = settings.nonEmpty("web_identity_token_file") {
      guard let roleARN = settings.nonEmpty("role_arn") else {
        throw fault("it has web_identity_token_file, but no role_arn")
      }
      return WebIdentityCredentials(
        roleARN: roleARN, tokenFile: tokenFile,
        sessionName: settings.nonEmpty("role_session_name"),
        durationSeconds: try duration(settings),
        machine: machine)
    }
    let sso = try SSOCredentials(
      profile: profile, settings: settings, files: files, machine: machine)
    if let sso { return sso }
    let keys = files.keys(of: profile)
    if let keys, keys.file == .credentials { return try self.keys(keys.settings) }
    if settings.nonEmpty("login_session") != nil {
      throw fault(
        "it is signed in with \"aws login\", which Weir does not read; make a profile with "
          + "\"credential_process = aws configure export-credentials --profile \(profile) "
          + "--format process\" and use that")
    }
    if let command = settings.nonEmpty("credential_process") {
      return ProcessCredentials(profile: profile, command: command, machine: machine)
    }
    guard let keys else { return nil }
    return try self.keys(keys.settings)
  }

  private func role(_ settings: ProfileFiles.Section) throws(CredentialFault) -> AssumedRole {
    AssumedRole(
      roleARN: settings.nonEmpty("role_arn") ?? "",
      sessionName: settings.nonEmpty("role_session_name") ?? "weir",
      externalID: settings.nonEmpty("external_id"), durationSeconds: try duration(settings),
      mfa: settings.nonEmpty("mfa_serial").map { MFADevice(serial: $0, prompt: machine.askMFA) },
      source: try source(settings))
  }

  /// Who assumes the role of the profile.
  private func source(
    _ settings: ProfileFiles.Section
  ) throws(CredentialFault) -> any CredentialProvider {
    switch (settings.nonEmpty("source_profile"), settings.nonEmpty("credential_source")) {
    case (_?, _?): throw fault("it has both source_profile and credential_source")
    case (nil, nil):
      throw fault("it has role_arn, but neither source_profile nor credential_source")
    case (let source?, nil): return try profile(source)
    case (nil, "Environment"): return EnvironmentCredentials(environment: machine.environment)
    case (nil, "EcsContainer"): return ContainerCredentials(machine: machine)
    case (nil, "Ec2InstanceMetadata"):
      return InstanceCredentials(
        settings: InstanceSettings(environment: machine.environment, profile: settings))
    case (nil, let other?):
      throw fault(
        "credential_source is \"\(other)\", not Environment, EcsContainer or Ec2InstanceMetadata")
    }
  }

  private func profile(_ source: String) throws(CredentialFault) -> any CredentialProvider {
    // A profile may name itself as source if it has keys too.
    if source == profile, let keys = files.keys(of: profile) { return try self.keys(keys.settings) }
    guard source != profile, !dependents.contains(source) else {
      throw fault("source_profile \"\(source)\" leads back to this profile")
    }
    return ProfileCredentials(
      profile: source, files: files, machine: machine, dependents: dependents + [profile])
  }

  private func keys(_ settings: ProfileFiles.Section) throws(CredentialFault) -> StaticCredentials {
    guard let keyID = settings.nonEmpty("aws_access_key_id") else {
      throw fault("it has aws_secret_access_key, but no aws_access_key_id")
    }
    guard let secret = settings.nonEmpty("aws_secret_access_key") else {
      throw fault("it has aws_access_key_id, but no aws_secret_access_key")
    }
    return StaticCredentials(
      Credentials(
        accessKeyID: keyID, secretAccessKey: secret,
        sessionToken: settings.nonEmpty("aws_session_token")
          ?? settings.nonEmpty("aws_security_token")))
  }

  private func duration(_ settings: ProfileFiles.Section) throws(CredentialFault) -> Int? {
    guard let text = settings.nonEmpty("duration_seconds") else { return nil }
    guard let seconds = Int(text) else { throw fault("duration_seconds is no number") }
    return seconds
  }

  private func fault(_ message: String) -> CredentialFault {
    CredentialFault(provider: name, message: message)
  }
}
