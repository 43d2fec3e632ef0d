internal import Foundation

extension AWSConfiguration {
  /// The settings that the AWS CLI would use: variables first, then the profile of the AWS files.
  ///
  /// - Parameters:
  ///   - environment: the variables; nothing is read from the process.
  ///   - profile: the profile, instead of `AWS_PROFILE`; then keys in variables do not count.
  ///   - region: the region, instead of `AWS_REGION` and the profile's.
  ///   - roleARN: a role to assume with the credentials that are found.
  ///   - askMFA: asks the user for the code of an MFA device; nil where there is nobody to ask.
  ///   - readFile: the text of a file, or nil where there is none.
  /// - Throws: `AWSError` where there is no region or a file cannot be read.
  public static func load(
    environment: [String: String], profile: String? = nil, region: String? = nil,
    roleARN: String? = nil, externalID: String? = nil, sessionName: String = "weir",
    askMFA: MFAPrompt? = nil,
    readFile: @escaping @Sendable (String) throws -> String? = { try textOfFile($0) }
  ) throws -> AWSConfiguration {
    let files = try ProfileFiles(environment: environment) { path in
      do {
        return try readFile(path)
      } catch {
        throw loadError("UnreadableFile", "\(path) cannot be read, or is no text in UTF-8")
      }
    }
    let named =
      profile ?? environment.nonEmpty("AWS_PROFILE") ?? environment.nonEmpty("AWS_DEFAULT_PROFILE")
    let name = named ?? "default"
    let settings = files.profile(name) ?? [:]
    guard
      let region = region ?? environment.nonEmpty("AWS_REGION")
        ?? environment.nonEmpty("AWS_DEFAULT_REGION") ?? settings.nonEmpty("region")
    else {
      throw loadError("NoRegion", "no region is set: set AWS_REGION, or region in profile \(name)")
    }
    let found = CredentialChain.standard(
      profile: name, chosen: profile != nil ? .byCaller : named != nil ? .byVariable : .byDefault,
      files: files,
      machine: LocalMachine(environment: environment, readFile: readFile, askMFA: askMFA))
    let role = roleARN.map {
      AssumedRole(roleARN: $0, sessionName: sessionName, externalID: externalID, source: found)
    }
    var configuration = AWSConfiguration(
      region: region, credentials: role ?? found,
      endpoints: try endpoints(environment, settings, files), retry: retry(environment, settings))
    configuration.caBundle =
      environment.nonEmpty("AWS_CA_BUNDLE") ?? settings.nonEmpty("ca_bundle")
    return configuration
  }

  /// Hosts that only this machine reaches, and no proxy: the services that give credentials to an
  /// instance or a container, and the machine itself.
  public static let hostsWithoutProxy = [
    "169.254.169.254", "fd00:ec2::254", "169.254.170.2", "169.254.170.23", "fd00:ec2::23",
    "localhost", "127.0.0.1", "::1",
  ]

  /// The text of a file, or nil where there is no such file.
  ///
  /// - Throws: where the file is there but cannot be read.
  public static func textOfFile(_ path: String) throws -> String? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  private static func retry(
    _ environment: [String: String], _ profile: ProfileFiles.Section
  ) -> RetrySettings {
    var settings = RetrySettings()
    let attempts = environment.nonEmpty("AWS_MAX_ATTEMPTS") ?? profile.nonEmpty("max_attempts")
    if let attempts = attempts.flatMap({ Int($0) }), attempts > 0 {
      settings.maxAttempts = attempts
    }
    return settings
  }

  static func loadError(_ code: String, _ message: String) -> AWSError {
    AWSError(
      service: "", operation: "load settings", code: code, message: message, kind: .invalidInput)
  }
}
