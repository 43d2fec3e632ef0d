/// What was found where a whole state branch was checked.
public struct StateVerification: Hashable, Sendable, Codable {
  /// Something that is not as it must be.
  public struct Problem: Hashable, Sendable, Codable {
    /// What mends it.
    public enum Remedy: String, Hashable, Sendable, Codable, CaseIterable {
      /// `weir state restore`.
      case restore
      /// A newer version of Weir.
      case upgrade
      /// The next command, or `git push`.
      case push
      /// `weir state backup`.
      case backup
      /// Somebody must look at what two sides say.
      case compare
    }

    /// The commit, or where else it is.
    public let place: String
    /// The file; nil where it is about all of it.
    public let path: String?
    /// What was found, in a sentence.
    public let message: String
    /// What mends it.
    public let remedy: Remedy

    /// A problem at `place`.
    public init(at place: String, path: String? = nil, _ message: String, remedy: Remedy) {
      self.place = place
      self.path = path
      self.message = message
      self.remedy = remedy
    }
  }

  /// How the branch here stands to the one at the Git remote.
  public enum RemoteStanding: String, Hashable, Sendable, Codable {
    /// There is no remote.
    case none
    /// Both are at the same commit.
    case same
    /// Commits wait here to be pushed.
    case ahead
    /// The remote has commits that are not here yet; they are what was checked.
    case behind
    /// Each has commits that the other lacks.
    case diverged
    /// It did not answer.
    case unreachable
  }

  /// The branch.
  public let branch: String
  /// The commit at its tip; nil where there is no such branch.
  public var version: String?
  /// How many commits were checked.
  public var commits = 0
  /// The serials whose states were checked, the oldest first.
  public var serials: [Int] = []
  /// How many resources the last state holds.
  public var resources = 0
  /// The line of states.
  public var lineage: String?
  /// The apply that has begun and not ended.
  public var unfinished: Int?
  /// Whether the clone is shallow, so that the oldest commits could not be checked.
  public var isShallow = false
  /// How the branch here stands to the remote.
  public var remote = RemoteStanding.none
  /// The serials that the backup holds; nil where it was not asked.
  public var backedUp: [Int]?
  /// What is wrong at present.
  public var problems: [Problem] = []
  /// What was wrong before a state was restored, and is of no consequence any more.
  public var mended: [Problem] = []

  /// A check of `branch` that has found nothing yet.
  public init(branch: String) { self.branch = branch }
}
