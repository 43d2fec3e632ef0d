internal import Foundation
internal import Model

/// Credentials of a role in IAM Identity Center, for the token of the user's last sign-in.
struct SSOCredentials: CredentialProvider {
  private let profile: String
  private let session: SSOSession
  private let account: String
  private let role: String
  private let machine: LocalMachine

  /// The role that a profile names; nil where it names none.
  ///
  /// - Throws: `CredentialFault` where settings are missing or contradict each other.
  init?(
    profile: String, settings: ProfileFiles.Section, files: ProfileFiles, machine: LocalMachine
  ) throws(CredentialFault) {
    let account = settings.nonEmpty("sso_account_id")
    let role = settings.nonEmpty("sso_role_name")
    guard account != nil || role != nil else { return nil }
    let name = settings.nonEmpty("sso_session")
    let provider = Self.name(profile)
    var place = settings
    if let name {
      guard let section = files.ssoSession(name) else {
        throw CredentialFault(
          provider: provider,
          message: "\(files.configPath) has no section [sso-session \(name)]")
      }
      for key in ["sso_start_url", "sso_region"] {
        if let own = settings.nonEmpty(key), own != section[key] {
          throw CredentialFault(
            provider: provider,
            message: "the profile and [sso-session \(name)] differ in \(key)")
        }
      }
      place = section
    }
    guard let account, let role, let startURL = place.nonEmpty("sso_start_url"),
      let region = place.nonEmpty("sso_region")
    else {
      let missing =
        ["sso_account_id", "sso_role_name"].filter { settings.nonEmpty($0) == nil }
        + ["sso_start_url", "sso_region"].filter { place.nonEmpty($0) == nil }
      throw CredentialFault(
        provider: provider, message: "\(missing.joined(separator: ", ")) missing")
    }
    self.profile = profile
    self.account = account
    self.role = role
    self.machine = machine
    session = SSOSession(name: name, startURL: startURL, region: region)
  }

  var name: String { Self.name(profile) }

  func lookUp(_ context: CredentialContext) async throws -> CredentialLookup {
    let store = SSOTokenStore(
      session: session, provider: name, remedy: "aws sso login --profile \(profile)",
      machine: machine)
    let token = try await store.token(context)
    let call = UnsignedCall(
      service: "sso", operation: "GetRoleCredentials",
      input: [
        "accountId": .string(account), "roleName": .string(role),
        "accessToken": .sensitive(.clear(token.accessToken)),
      ],
      secrets: [token.accessToken])
    do {
      let output = try await call.output(region: session.region, context)
      return .found(try credentials(output))
    } catch let error as AWSError where error.status == 401 {
      throw store.fault("the sign-in is no longer valid")
    } catch let error as AWSError where error.status == 403 || error.status == 404 {
      throw CredentialFault(
        provider: name,
        message: "IAM Identity Center gives no role \(role) in account \(account) (\(error.code))")
    }
  }

  private func credentials(_ output: Value) throws(CredentialFault) -> Credentials {
    let keys = output["roleCredentials"]
    guard let keyID = keys?["accessKeyId"]?.clearText,
      let secret = keys?["secretAccessKey"]?.clearText,
      let token = keys?["sessionToken"]?.clearText
    else {
      throw CredentialFault(provider: name, message: "IAM Identity Center gave no credentials")
    }
    let milliseconds = keys?["expiration"]?.number
    return Credentials(
      accessKeyID: keyID, secretAccessKey: secret, sessionToken: token,
      expiration: milliseconds.map { Timestamp.date($0 / 1000) })
  }

  private static func name(_ profile: String) -> String { "SSO of profile \"\(profile)\"" }
}
