internal import CGit2
internal import Foundation

extension Repository {
  /// Writes a commit and moves a branch to it, if the branch still stands at `parent` (nil: is not there).
  ///
  /// Neither the work tree nor the index is touched, whatever is checked out.
  func commit(
    _ change: TreeChange, message: String, author: Signature, on branch: String,
    expecting parent: CommitID?
  ) throws(GitError) -> CommitID {
    let name = try referenceName(branch)
    let current = try target(of: name)
    guard current == parent else { throw lost(name, expected: parent, found: current) }
    let id = try write(change, message: message, author: author, parent: parent)
    try moveBranch(branch, from: parent, to: id, by: author, reason: "weir: " + message)
    return id
  }

  /// Writes a commit that no branch leads to yet.
  func write(
    _ change: TreeChange, message: String, author: Signature, parent: CommitID?
  ) throws(GitError) -> CommitID {
    try change.validate()
    guard !message.isEmpty, !message.utf8.contains(0) else {
      throw GitError(
        .invalid, operation: "write a commit", message: "its message is empty or holds a NUL")
    }
    let treeID = try writeTree(change, from: parent)
    let tree = try tree(treeID, "read the tree just written")
    let signature = try OwnedSignature(author)
    var id = git_oid()
    let text = message.hasSuffix("\n") ? message : message + "\n"
    if let parent {
      let commit = try self.commit(parent)
      var parents: [OpaquePointer?] = unsafe [commit.pointer]
      try git(
        "write a commit",
        unsafe git_commit_create(
          &id, pointer, nil, signature.pointer, signature.pointer, nil, text, tree.pointer, 1,
          &parents))
    } else {
      try git(
        "write a commit",
        unsafe git_commit_create(
          &id, pointer, nil, signature.pointer, signature.pointer, nil, text, tree.pointer, 0, nil))
    }
    // libgit2 1.5 says that all went well also where the object could not be written.
    let objects = try Handle<DatabaseKind>("open the objects") {
      unsafe git_repository_odb(&$0, pointer)
    }
    let isThere = unsafe git_odb_exists(objects.pointer, &id) == 1
    try git("write a commit", isThere ? 0 : GIT_ERROR.rawValue)
    return CommitID(id)
  }

  /// Writes the tree that a change makes out of a commit's, by way of an index in memory.
  private func writeTree(_ change: TreeChange, from parent: CommitID?) throws(GitError) -> git_oid {
    let index = try Handle<IndexKind>("make an index") { unsafe git_index_new(&$0) }
    if let parent {
      let tree = try tree(of: parent)
      try git("read the parent's tree", unsafe git_index_read_tree(index.pointer, tree.pointer))
    }
    for prefix in change.removedPrefixes.sorted() {
      try git("remove '\(prefix)'", unsafe git_index_remove_directory(index.pointer, prefix, 0))
    }
    for path in change.removals.sorted() {
      _ = try found("remove '\(path)'", unsafe git_index_remove(index.pointer, path, 0))
    }
    for (path, data) in change.writes.sorted(by: { $0.key < $1.key }) {
      var entry = unsafe git_index_entry()
      unsafe entry.id = try writeBlob(data, path: path)
      unsafe entry.mode = GIT_FILEMODE_BLOB.rawValue
      let status = unsafe path.withCString { path in
        unsafe entry.path = unsafe path
        return unsafe git_index_add(index.pointer, &entry)
      }
      try git("add '\(path)'", status)
    }
    var id = git_oid()
    try git("write the tree", unsafe git_index_write_tree_to(&id, index.pointer, pointer))
    return id
  }

  private func writeBlob(_ data: Data, path: String) throws(GitError) -> git_oid {
    var id = git_oid()
    let status = unsafe data.withUnsafeBytes { bytes in
      unsafe git_blob_create_from_buffer(&id, pointer, bytes.baseAddress, bytes.count)
    }
    try git("write '\(path)'", status)
    return id
  }
}
