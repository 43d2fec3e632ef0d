internal import CGit2

extension Repository {
  /// The remotes that the configuration names.
  func remotes() throws(GitError) -> [RemoteInfo] {
    var names = unsafe git_strarray()
    try git("list the remotes", unsafe git_remote_list(&names, pointer))
    defer { unsafe git_strarray_dispose(&names) }
    var remotes: [RemoteInfo] = []
    let count = unsafe names.count
    for index in 0..<count {
      let name = unsafe copy(names.strings[index])
      let remote = try self.remote(name)
      let url = unsafe copy(git_remote_url(remote.pointer))
      let pushURL = unsafe git_remote_pushurl(remote.pointer).map { unsafe copy($0) }
      remotes.append(
        RemoteInfo(
          name: name, url: hidingCredentials(in: url),
          pushURL: hidingCredentials(in: pushURL ?? url)))
    }
    return remotes
  }

  /// A branch at a remote that the configuration names, with the names that both sides use.
  ///
  /// - Throws: `.notFound` where no remote has that name: `git` would take it for a directory.
  func remoteBranch(_ branch: String, of remote: String) throws(GitError) -> RemoteBranch {
    do {
      _ = try self.remote(remote)
    } catch {
      throw GitError(
        .notFound, operation: "look up the remote '\(hidingCredentials(in: remote))'",
        message: "the repository has no remote of that name")
    }
    let reference = try referenceName(branch)
    guard reference.hasPrefix(RemoteBranch.heads) else {
      throw GitError(
        .invalid, operation: "read a branch", message: "'\(branch)' is not a branch's name")
    }
    return RemoteBranch(remote: remote, reference: reference)
  }

  private func remote(_ name: String) throws(GitError) -> Handle<RemoteKind> {
    try Handle("look up the remote '\(name)'") { unsafe git_remote_lookup(&$0, pointer, name) }
  }

  /// Forgets where a branch stood at a remote.
  func forget(_ branch: RemoteBranch) throws(GitError) {
    guard try target(of: branch.tracking) != nil else { return }
    try git(
      "forget \(branch.tracking)", unsafe git_reference_remove(pointer, branch.tracking))
  }

  /// Whether the history of a commit ends where a shallow clone was cut off, and not at its beginning.
  func isCutOff(_ commit: CommitID) throws(GitError) -> Bool {
    let boundary = shallowBoundary()
    guard !boundary.isEmpty else { return false }
    var isCutOff = false
    try walk(from: commit) {
      isCutOff = isCutOff || boundary.contains($0.id)
      return isCutOff ? .home : .on
    }
    return isCutOff
  }
}

/// A branch at a remote, both checked: neither can be taken for an option of `git`.
struct RemoteBranch: Sendable, Hashable {
  static let heads = "refs/heads/"

  /// The remote's name in the configuration.
  let remote: String
  /// The branch's full name at the remote.
  let reference: String

  /// The reference here that says where the branch stood when it was last fetched.
  var tracking: String { "refs/remotes/\(remote)/\(reference.dropFirst(Self.heads.count))" }
}
