public import Foundation

/// Who makes a commit, and when. Written as author and as committer, in UTC.
public struct Signature: Sendable, Hashable {
  /// The person's or machine's name.
  public let name: String
  /// Its address.
  public let email: String
  /// The instant; Git keeps whole seconds.
  public let time: Date

  /// A signature.
  public init(name: String, email: String, time: Date) {
    self.name = name
    self.email = email
    self.time = time
  }
}
