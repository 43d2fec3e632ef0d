internal import CGit2

extension Repository {
  /// The commit that a revision names: `HEAD`, a branch, a tag, an abbreviated name, `HEAD~2`.
  func resolve(_ revision: String) throws(GitError) -> CommitID {
    let operation = "resolve the revision '\(revision)'"
    let object = try Handle<ObjectKind>(operation) {
      unsafe git_revparse_single(&$0, pointer, revision)
    }
    let commit = try Handle<ObjectKind>(operation) {
      unsafe git_object_peel(&$0, object.pointer, GIT_OBJECT_COMMIT)
    }
    return unsafe CommitID(git_object_id(commit.pointer).pointee)
  }

  /// The commit that is checked out; nil when there is none yet.
  func head() throws(GitError) -> CommitID? { try target(of: "HEAD") }

  /// The commit at the tip of a branch (`weir/prod`) or another reference (`refs/remotes/...`).
  func tip(of branch: String) throws(GitError) -> CommitID? {
    try target(of: referenceName(branch))
  }

  /// The commit to which a reference leads.
  func target(of reference: String) throws(GitError) -> CommitID? {
    var oid = git_oid()
    let isThere = try found(
      "read \(reference)", unsafe git_reference_name_to_id(&oid, pointer, reference))
    return isThere ? CommitID(oid) : nil
  }

  /// The full name of a branch's reference, checked; full names are taken as they are.
  func referenceName(_ branch: String) throws(GitError) -> String {
    let name = branch.hasPrefix("refs/") ? branch : "refs/heads/" + branch
    var isValid: Int32 = 0
    try git("check a branch's name", unsafe git_reference_name_is_valid(&isValid, name))
    guard isValid == 1, !name.utf8.contains(0) else {
      throw GitError(
        .invalid, operation: "read a branch", message: "'\(branch)' is not a branch's name")
    }
    return name
  }
}
