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

  /// Shows nothing.
  public var description: String { "(sensitive)" }
  /// Shows nothing.
  public var debugDescription: String { "(sensitive)" }
  /// Shows nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
