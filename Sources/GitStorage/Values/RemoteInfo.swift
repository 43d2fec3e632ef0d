/// A remote as the repository's configuration names it.
public struct RemoteInfo: Sendable, Hashable {
  /// Its name, such as `origin`.
  public let name: String
  /// Where it is fetched from, with `url.insteadOf` applied, without credentials.
  public let url: String
  /// Where it is pushed to, without credentials.
  public let pushURL: String
}
