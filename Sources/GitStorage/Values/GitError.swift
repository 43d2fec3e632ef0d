/// Why Git could not do what was asked, as facts.
public struct GitError: Error, Sendable, Hashable {
  /// The kinds of failure that a caller may want to tell apart.
  public enum Code: Sendable, Hashable {
    /// There is no repository at or above the directory.
    case notARepository
    /// The repository belongs to another user and `safe.directory` does not name it.
    case notOwned
    /// The repository uses a format that libgit2 cannot read (sha256, reftable, partial clone).
    case unsupported
    /// No such revision, object, branch or remote.
    case notFound
    /// The remote leads to no repository.
    case noRepository
    /// The compare-and-swap was lost: the branch is not where it was expected to be.
    case modified
    /// Another process held the branch's lock file for longer than we wait, or left it behind.
    case locked
    /// An object or file exists but cannot be read.
    case unreadable
    /// A name, path, message or signature that Git does not allow.
    case invalid
    /// The remote wants credentials that we do not have, or refuses those that we have.
    case auth
    /// The certificate of the remote is not one that Git trusts.
    case certificate
    /// The remote cannot be reached, or not in time.
    case network
    /// The remote, or a hook here, refused the push.
    case rejected
    /// The `git` program, which talks to remotes, is missing or too old.
    case noProgram
    /// The task was cancelled while `git` talked to a remote.
    case cancelled
    /// Any other status of libgit2 or of `git`.
    case other(Int)
  }

  /// What kind of failure it is.
  public let code: Code
  /// What we were doing, as a verb phrase: "open the repository".
  public let operation: String
  /// What libgit2, `git`, the remote or we found wrong.
  public let message: String

  /// A failure.
  public init(_ code: Code, operation: String, message: String) {
    self.code = code
    self.operation = operation
    self.message = message
  }
}

extension GitError: CustomStringConvertible {
  /// The failure in one line.
  public var description: String { "cannot \(operation): \(message)" }
}
