public import Foundation

/// What proves to AWS who is asking. Neither its description nor its mirror shows any of it.
public struct Credentials: Hashable, Sendable, CustomStringConvertible,
  CustomDebugStringConvertible, CustomReflectable
{
  /// The public part of the key.
  public let accessKeyID: String
  /// The secret part of the key.
  public let secretAccessKey: String
  /// The token that temporary credentials come with.
  public let sessionToken: String?
  /// When temporary credentials end.
  public let expiration: Date?
  /// Whether AWS may accept them after their end, because it is their source that could not renew
  /// them in time: so it is with instances.
  private(set) var outlivesExpiration = false

  /// Credentials; permanent ones have neither token nor expiration.
  public init(
    accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil,
    expiration: Date? = nil
  ) {
    self.accessKeyID = accessKeyID
    self.secretAccessKey = secretAccessKey
    self.sessionToken = sessionToken
    self.expiration = expiration
  }

  /// The same credentials, to be used after their end where there are no newer ones.
  func outlivingExpiration() -> Credentials {
    var credentials = self
    credentials.outlivesExpiration = true
    return credentials
  }

  /// Whether they can stand in a header: a line end copied along with a key would begin another one.
  var areWellFormed: Bool {
    [accessKeyID, secretAccessKey, sessionToken ?? ""].allSatisfy { text in
      text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
  }

  /// Shows nothing.
  public var description: String { "(sensitive)" }
  /// Shows nothing.
  public var debugDescription: String { "(sensitive)" }
  /// Shows nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
