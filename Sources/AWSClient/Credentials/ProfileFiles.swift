/// The AWS files of a user, `config` and `credentials`, as sections of settings.
///
/// A setting that is nested below another, as `endpoint_url` below `s3 =`, is called
/// `s3.endpoint_url` here.
struct ProfileFiles: Hashable, Sendable {
  /// The settings of a section.
  typealias Section = [String: String]

  /// Which of the two files.
  enum File: Hashable, Sendable { case config, credentials }

  private let config: [String: Section]
  private let credentials: [String: Section]
  let configPath: String
  let credentialsPath: String

  /// Reads the files that the environment names, or those below its `HOME`. A file that is not
  /// there is empty; `readFile` gives nil for it.
  init(
    environment: [String: String], readFile: (String) throws -> String?
  ) throws {
    let home = environment.nonEmpty("HOME")
    func path(_ variable: String, _ name: String) -> String? {
      guard let path = environment.nonEmpty(variable) else {
        return home.map { "\($0)/.aws/\(name)" }
      }
      guard path.hasPrefix("~/"), let home else { return path }
      return home + path.dropFirst(1)
    }
    configPath = path("AWS_CONFIG_FILE", "config") ?? "~/.aws/config"
    credentialsPath = path("AWS_SHARED_CREDENTIALS_FILE", "credentials") ?? "~/.aws/credentials"
    config = ProfileText.sections(try readFile(configPath) ?? "")
    credentials = ProfileText.sections(try readFile(credentialsPath) ?? "")
  }

  /// The settings of a profile from both files; those of `credentials` come first. Nil if neither
  /// has the profile.
  func profile(_ name: String) -> Section? {
    let settings = configured(name)
    guard let secrets = credentials[name] else { return settings }
    return secrets.merging(settings ?? [:]) { secret, _ in secret }
  }

  /// The settings among which the keys of a profile stand, from one file only: the key of one file
  /// and the token of the other do not belong together.
  func keys(of name: String) -> (file: File, settings: Section)? {
    func hasKeys(_ section: Section) -> Bool {
      section.nonEmpty("aws_access_key_id") != nil
        || section.nonEmpty("aws_secret_access_key") != nil
    }
    if let section = credentials[name], hasKeys(section) { return (.credentials, section) }
    if let section = configured(name), hasKeys(section) { return (.config, section) }
    return nil
  }

  /// The settings of a `[services NAME]` section.
  func services(_ name: String) -> Section { config["services \(name)"] ?? [:] }

  /// The settings of an `[sso-session NAME]` section.
  func ssoSession(_ name: String) -> Section? { config["sso-session \(name)"] }

  /// `[profile default]` comes before `[default]`.
  private func configured(_ name: String) -> Section? {
    config["profile \(name)"] ?? (name == "default" ? config["default"] : nil)
  }
}
