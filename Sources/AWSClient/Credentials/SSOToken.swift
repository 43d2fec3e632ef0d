internal import Crypto
internal import Foundation
internal import Model

/// A sign-in to IAM Identity Center: where it is, and under which name its token is kept.
struct SSOSession: Hashable, Sendable {
  /// The name of the `[sso-session NAME]` section; nil where a profile itself has the settings.
  let name: String?
  let startURL: String
  let region: String

  /// The file that the AWS tools keep the token in.
  func tokenFile(home: String) -> String {
    let digest = Insecure.SHA1.hash(data: Data((name ?? startURL).utf8)).hexadecimal
    return "\(home)/.aws/sso/cache/\(digest).json"
  }
}

/// A token of a sign-in, as the AWS tools keep it. Its description shows nothing.
struct SSOToken: Sendable, CustomStringConvertible, CustomReflectable {
  /// What is needed to get the next token without the user.
  struct Renewal: Sendable {
    let clientID: String
    let clientSecret: String
    let refreshToken: String
    /// When the client's registration ends.
    let registrationEnd: Date
  }

  let accessToken: String
  let expiration: Date
  let renewal: Renewal?
  /// All that the file holds: what we do not know is written back as it was.
  private let members: [String: Value]

  /// Reads the content of a token file; nil where it is none.
  init?(_ text: String) {
    let parsed: Value? = try? JSONReader.read(text.utf8)
    guard let members = parsed?.map, let accessToken = members["accessToken"]?.string,
      let expiration = Self.date(members["expiresAt"])
    else { return nil }
    self.init(members: members, accessToken: accessToken, expiration: expiration)
  }

  private init(members: [String: Value], accessToken: String, expiration: Date) {
    self.members = members
    self.accessToken = accessToken
    self.expiration = expiration
    if let clientID = members["clientId"]?.string,
      let clientSecret = members["clientSecret"]?.string,
      let refreshToken = members["refreshToken"]?.string,
      let end = Self.date(members["registrationExpiresAt"])
    {
      renewal = Renewal(
        clientID: clientID, clientSecret: clientSecret, refreshToken: refreshToken,
        registrationEnd: end)
    } else {
      renewal = nil
    }
  }

  /// The token that takes the place of this one.
  func replaced(accessToken: String, refreshToken: String?, expiration: Date) -> SSOToken {
    var members = members
    members["accessToken"] = .string(accessToken)
    let seconds = Decimal(Int(expiration.timeIntervalSince1970))
    members["expiresAt"] = .string(Timestamp.iso8601(seconds))
    // A service that gives no new one lets the old one be used again.
    if let refreshToken { members["refreshToken"] = .string(refreshToken) }
    return SSOToken(members: members, accessToken: accessToken, expiration: expiration)
  }

  /// The content of the token file.
  var fileContent: Data { JSONWriter.write(.map(members)) }

  var description: String { "(sensitive)" }
  var customMirror: Mirror { Mirror(self, children: []) }

  /// A time; older tools wrote `UTC` for `Z`.
  private static func date(_ value: Value?) -> Date? {
    guard let text = value?.string else { return nil }
    return Timestamp.date(text.hasSuffix("UTC") ? text.dropLast(3) + "Z" : text)
  }
}
