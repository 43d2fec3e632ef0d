public import Foundation

/// The secrets of a state in a form that only who has the state key can read, by their digests.
///
/// Entries are added and never taken away: any snapshot of the branch may refer to them.
public struct SealedSecrets: Hashable, Sendable {
  /// The version of their format that this program writes and reads.
  public static let formatVersion = "1.0"

  /// One secret.
  public struct Entry: Hashable, Sendable, Codable {
    /// How many bytes nonce and tag take: an entry of an empty text.
    public static let leastSize = 28

    /// The identifier of the key that sealed it.
    public let key: String
    /// Nonce, ciphertext and tag of AES-256-GCM, one after the other.
    public let sealed: Data

    /// A secret that the key with an identifier sealed.
    public init(key: String, sealed: Data) {
      self.key = key
      self.sealed = sealed
    }
  }

  /// A key that lies beside the secrets, itself encrypted by a key that never leaves its service.
  public struct WrappedKey: Hashable, Sendable, Codable {
    /// The key that the project names, an alias or an ARN.
    public let name: String
    /// The ARN of the key that encrypted it.
    public let arn: String
    /// The encrypted key.
    public let wrapped: Data

    /// A key that the key `arn` has encrypted.
    public init(name: String, arn: String, wrapped: Data) {
      self.name = name
      self.arn = arn
      self.wrapped = wrapped
    }
  }

  /// The secrets by digest.
  public var entries: [String: Entry]
  /// The wrapped keys by the identifier of what they hold.
  public var wrappedKeys: [String: WrappedKey]

  /// Secrets with the keys that lie beside them.
  public init(entries: [String: Entry] = [:], wrappedKeys: [String: WrappedKey] = [:]) {
    self.entries = entries
    self.wrappedKeys = wrappedKeys
  }
}
