public import Foundation

/// A Git repository: reads any commit and writes commits without touching what is checked out.
///
/// The asynchronous shell of `Repository`. libgit2 blocks, so its calls run on a queue of the actor's own
/// and not in the cooperative pool. Every call sees what other processes have written since.
/// Remotes are talked to by the `git` program, so that whatever `git push` can do on a machine, this can.
public actor GitRepository {
  /// The directory with objects and branches, which linked worktrees share.
  public nonisolated let gitDirectory: String
  /// The directory with the checked-out files; nil in a bare repository.
  public nonisolated let workTree: String?

  let core: Repository
  private let settings: GitSettings
  private var program: GitProgram?
  private let executor = QueueExecutor(label: "weir.git")

  /// Runs the actor's work on its queue.
  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }

  /// Opens the repository at a directory or above it, as `git` finds it.
  ///
  /// - Parameter settings: how the `git` program is run when a remote is talked to.
  public init(
    discovering directory: String, settings: GitSettings = GitSettings()
  ) throws(GitError) {
    let core = try Repository(discovering: directory)
    gitDirectory = core.gitDirectory
    workTree = core.workTree
    self.core = core
    self.settings = settings
  }
}

// Reading.
extension GitRepository {
  /// The commit that a revision names: `HEAD`, a branch, a tag, an abbreviated name, `HEAD~2`.
  public func resolve(_ revision: String) throws(GitError) -> CommitID {
    try core.resolve(revision)
  }

  /// The commit that is checked out; nil when there is none yet.
  public func head() throws(GitError) -> CommitID? { try core.head() }

  /// The commit at the tip of a branch (`weir/prod`) or of a reference by its full name.
  public func tip(of branch: String) throws(GitError) -> CommitID? { try core.tip(of: branch) }

  /// The files below a directory ("" is the root) at a commit, by their paths from the root.
  ///
  /// A directory that is not there has no files. Submodules are skipped; a symbolic link that is
  /// asked for is an error.
  public func files(
    at commit: CommitID, under directory: String = "",
    where isIncluded: @Sendable (String) -> Bool = { _ in true }
  ) throws(GitError) -> [String: Data] {
    try core.files(at: commit, under: directory, where: isIncluded)
  }

  /// The contents of one file at a commit; nil when there is no such file.
  public func file(_ path: String, at commit: CommitID) throws(GitError) -> Data? {
    try core.file(path, at: commit)
  }

  /// What a commit says about itself.
  public func info(of commit: CommitID) throws(GitError) -> CommitInfo {
    try core.info(of: commit)
  }

  /// The commits that lead to a commit, itself first, the latest first, without `end` and what is behind it.
  ///
  /// In a shallow clone the list ends where the clone does.
  public func log(
    of commit: CommitID, limit: Int = .max, skip: Int = 0, until end: CommitID? = nil
  ) throws(GitError) -> [CommitInfo] {
    try core.log(from: commit, limit: limit, skip: skip, until: end)
  }

  /// The commits that lead to a branch's tip or another revision; see the other `log`.
  public func log(
    of revision: String, limit: Int = .max, skip: Int = 0, until end: CommitID? = nil
  ) throws(GitError) -> [CommitInfo] {
    try core.log(from: core.resolve(revision), limit: limit, skip: skip, until: end)
  }

  /// The best commit that leads to both; nil when the histories have nothing in common.
  public func commonAncestor(_ left: CommitID, _ right: CommitID) throws(GitError) -> CommitID? {
    try core.commonAncestor(left, right)
  }

  /// Whether a commit is another one or leads to it.
  public func isAncestor(_ ancestor: CommitID, of commit: CommitID) throws(GitError) -> Bool {
    try core.isAncestor(ancestor, of: commit)
  }

  /// The value of a setting (`user.name`) from the repository's, the user's or the system's file.
  public func configValue(_ name: String) throws(GitError) -> String? {
    try core.configValue(name)
  }

  /// Who the configuration says the user is; nil when it does not say.
  public func defaultSignature(at time: Date = Date()) throws(GitError) -> Signature? {
    try core.defaultSignature(at: time)
  }
}

// Writing.
extension GitRepository {
  /// Writes a commit and moves a branch to it, if the branch still stands at `parent` (nil: is not there).
  ///
  /// - Throws: `.modified` when the branch has moved, `.locked` when its lock file stays taken.
  @discardableResult
  public func commit(
    _ change: TreeChange, message: String, author: Signature, on branch: String,
    expecting parent: CommitID?
  ) throws(GitError) -> CommitID {
    try core.commit(change, message: message, author: author, on: branch, expecting: parent)
  }

  /// Writes a commit that no branch leads to yet: to be pushed first, then given to `moveBranch`.
  public func write(
    _ change: TreeChange, message: String, author: Signature, parent: CommitID?
  ) throws(GitError) -> CommitID {
    try core.write(change, message: message, author: author, parent: parent)
  }

  /// Moves a branch from one commit (nil: it is created) to any other, if it still stands there.
  ///
  /// - Throws: `.modified` when the branch has moved, `.locked` when its lock file stays taken.
  public func moveBranch(
    _ branch: String, from old: CommitID?, to new: CommitID, by author: Signature, reason: String
  ) throws(GitError) {
    try core.moveBranch(branch, from: old, to: new, by: author, reason: reason)
  }
}

// Remotes: see Fetching and Pushing.
extension GitRepository {
  /// Runs `git` on this repository, with remotes' relative paths taken from where Git would take them.
  func git(_ arguments: [String], _ operation: String) async throws(GitError) -> GitOutput {
    if program == nil { program = try await GitProgram(settings) }
    guard let program else { preconditionFailure("the program was just found") }
    return try await program.run(
      ["--git-dir=\(gitDirectory)"] + arguments, operation, in: workTree ?? gitDirectory)
  }
}
