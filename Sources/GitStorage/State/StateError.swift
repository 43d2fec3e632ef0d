/// A state branch that cannot be read.
public struct StateError: Error, Hashable, Sendable {
  /// What is wrong with it.
  public enum Code: Hashable, Sendable {
    /// A file is missing or is not what it should be.
    case corrupt
    /// A newer version of Weir wrote it.
    case newerFormat
  }

  /// What is wrong.
  public let code: Code
  /// The branch.
  public let branch: String
  /// The file in it.
  public let path: String
  /// The commit that holds it so; nil where it is not of a commit.
  public let commit: CommitID?
  /// What was found, in a sentence.
  public let message: String

  /// A state branch that cannot be read.
  public init(
    _ code: Code, branch: String, path: String, commit: CommitID? = nil, message: String
  ) {
    self.code = code
    self.branch = branch
    self.path = path
    self.commit = commit
    self.message = message
  }
}
