public import Foundation

/// What a commit says about itself.
public struct CommitInfo: Sendable, Hashable {
  /// One `Key: value` line in the last paragraph of a message.
  public struct Trailer: Sendable, Hashable {
    /// The name before the colon, as it was written.
    public let key: String
    /// The text behind the colon.
    public let value: String

    /// A trailer.
    public init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  /// Its name.
  public let id: CommitID
  /// The commits before it, the first parent first.
  public let parents: [CommitID]
  /// The author's name.
  public let authorName: String
  /// The author's address.
  public let authorEmail: String
  /// When it was committed: an instant, whatever the committer's time zone.
  public let time: Date
  /// The whole message.
  public let message: String
  /// The first paragraph of the message in one line.
  public let subject: String
  /// The message behind the first paragraph, trailers included; may be empty.
  public let body: String
  /// The trailers in the order in which they stand.
  public let trailers: [Trailer]

  /// The value of the last trailer with this name, whatever its case, as Git reads it.
  public func trailer(_ key: String) -> String? {
    trailers.last { $0.key.lowercased() == key.lowercased() }?.value
  }
}
