internal import CGit2
internal import Foundation

extension Repository {
  /// Pushes to a repository on this machine: sends objects, then moves its branch under its lock file.
  ///
  /// Why not libgit2's own transport: it writes the branch without comparing, so of two pushes at once
  /// the second would overwrite the first.
  func push(
    _ commit: CommitID, to reference: String, ofDirectory path: String, expecting old: CommitID?,
    _ operation: String
  ) throws(GitError) {
    let other: Repository
    do {
      other = try Repository(at: path)
    } catch {
      guard error.code == .notARepository else { throw error }
      throw GitError(.network, operation: operation, message: error.message)
    }
    try other.refuseWhatGitWould(reference, operation)
    do throws(GitError) {
      let current = try other.target(of: reference)
      guard current == old else { throw other.lost(reference, expected: old, found: current) }
      try send(commit, to: other)
      let info = try info(of: commit)
      let author = Signature(name: info.authorName, email: info.authorEmail, time: info.time)
      try other.moveBranch(reference, from: old, to: commit, by: author, reason: "weir: push")
    } catch {
      guard error.code == .modified else { throw error }
      throw GitError(.rejected, operation: operation, message: error.message)
    }
  }

  /// Writes the objects that a commit needs and another repository lacks into a pack there.
  private func send(_ commit: CommitID, to other: borrowing Repository) throws(GitError) {
    let present = try Handle<ObjectDatabaseKind>("open the remote's objects") {
      unsafe git_repository_odb(&$0, other.pointer)
    }
    let pack = try Handle<PackKind>("make a pack") { unsafe git_packbuilder_new(&$0, pointer) }
    var added = 0
    // What another repository has, it has with all that it needs: Git writes children first.
    func lacks(_ oid: git_oid) -> Bool {
      var oid = oid
      return unsafe git_odb_exists(present.pointer, &oid) == 0
    }
    func add(_ oid: git_oid) throws(GitError) {
      var oid = oid
      added += 1
      try git("pack an object", unsafe git_packbuilder_insert(pack.pointer, &oid, nil))
    }
    func add(tree oid: git_oid, depth: Int) throws(GitError) {
      guard depth < 256, lacks(oid) else { return }
      try add(oid)
      let tree = try tree(oid, "read a tree to push")
      let entries = unsafe git_tree_entrycount(tree.pointer)
      for index in 0..<entries {
        guard let entry = unsafe git_tree_entry_byindex(tree.pointer, index) else { continue }
        let child = unsafe git_tree_entry_id(entry).pointee
        switch unsafe git_tree_entry_type(entry) {
        case GIT_OBJECT_TREE: try add(tree: child, depth: depth + 1)
        case GIT_OBJECT_BLOB: if lacks(child) { try add(child) }
        default: continue
        }
      }
    }
    try walk(from: commit) { info throws(GitError) in
      guard lacks(info.id.oid) else { return .around }
      try add(info.id.oid)
      let commit = try self.commit(info.id)
      try add(tree: unsafe git_commit_tree_id(commit.pointer).pointee, depth: 0)
      return .on
    }
    guard added > 0 else { return }
    try git(
      "write a pack to the remote",
      unsafe git_packbuilder_write(
        pack.pointer, other.gitDirectory + "/objects/pack", 0, nil, nil))
  }

  /// Throws where `git push` would be refused, or could be by a hook, which libgit2 cannot run.
  private func refuseWhatGitWould(_ reference: String, _ operation: String) throws(GitError) {
    let hooks = try configValue("core.hooksPath") ?? "hooks"
    let directory = hooks.hasPrefix("/") ? hooks : gitDirectory + "/" + hooks
    for hook in ["pre-receive", "update", "reference-transaction"]
    where FileManager.default.isExecutableFile(atPath: directory + "/" + hook) {
      throw GitError(
        .rejected, operation: operation,
        message: "the remote has the hook \(directory)/\(hook), which Weir cannot run")
    }
    guard workTree != nil, try target(of: reference) != nil else { return }
    var head: OpaquePointer?
    guard unsafe git_repository_head(&head, pointer) == 0, let head = unsafe head else { return }
    defer { unsafe git_reference_free(head) }
    if unsafe copy(git_reference_name(head)) == reference {
      throw GitError(
        .rejected, operation: operation, message: "the branch is checked out at the remote")
    }
  }
}
