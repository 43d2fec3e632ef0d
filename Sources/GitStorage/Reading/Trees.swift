internal import CGit2
internal import Foundation

extension Repository {
  /// The files below a directory at a commit, by their paths from the root, in one walk of the tree.
  ///
  /// A directory that is not there has no files. Submodules are skipped; a symbolic link that is
  /// asked for is an error.
  func files(
    at commit: CommitID, under prefix: String, where isIncluded: (String) -> Bool
  ) throws(GitError) -> [String: Data] {
    let directory = prefix.split(separator: "/").joined(separator: "/")
    let root = try tree(of: commit)
    var files: [String: Data] = [:]
    if directory.isEmpty {
      try collect(from: root, at: "", depth: 0, where: isIncluded, into: &files)
    } else if let oid = try entry(directory, in: root, as: GIT_OBJECT_TREE) {
      let tree = try tree(oid, "read '\(directory)' at \(commit.short)")
      try collect(from: tree, at: directory + "/", depth: 0, where: isIncluded, into: &files)
    }
    return files
  }

  /// The contents of one file at a commit; nil when there is no such file.
  func file(_ path: String, at commit: CommitID) throws(GitError) -> Data? {
    guard let oid = try entry(path, in: tree(of: commit), as: GIT_OBJECT_BLOB) else { return nil }
    return try blob(oid, path: path)
  }

  /// The tree of a commit.
  func tree(of commit: CommitID) throws(GitError) -> Handle<TreeKind> {
    let commit = try self.commit(commit)
    return try Handle("read a commit's tree") { unsafe git_commit_tree(&$0, commit.pointer) }
  }

  /// A tree by its name.
  func tree(_ oid: git_oid, _ operation: @autoclosure () -> String) throws(GitError)
    -> Handle<TreeKind>
  {
    var oid = oid
    return try Handle(operation()) { unsafe git_tree_lookup(&$0, pointer, &oid) }
  }

  /// What stands at a path, if it is a tree, or a file that is no symbolic link.
  private func entry(
    _ path: String, in tree: borrowing Handle<TreeKind>, as type: git_object_t
  ) throws(GitError) -> git_oid? {
    let entry: Handle<TreeEntryKind>
    do {
      let root = unsafe tree.pointer
      entry = try Handle("look up '\(path)'") { unsafe git_tree_entry_bypath(&$0, root, path) }
    } catch {
      guard error.code == .notFound else { throw error }
      return nil
    }
    guard unsafe git_tree_entry_type(entry.pointer) == type,
      unsafe git_tree_entry_filemode(entry.pointer) != GIT_FILEMODE_LINK
    else { return nil }
    return unsafe git_tree_entry_id(entry.pointer).pointee
  }

  private func collect(
    from tree: borrowing Handle<TreeKind>, at prefix: String, depth: Int,
    where isIncluded: (String) -> Bool, into files: inout [String: Data]
  ) throws(GitError) {
    guard depth < 256 else {
      throw GitError(
        .unreadable, operation: "read a tree", message: "it is over 256 levels deep at \(prefix)")
    }
    let count = unsafe git_tree_entrycount(tree.pointer)
    for index in 0..<count {
      guard let entry = unsafe git_tree_entry_byindex(tree.pointer, index) else { continue }
      let name = unsafe git_tree_entry_name(entry)
      let path = unsafe prefix + copy(name)
      let oid = unsafe git_tree_entry_id(entry).pointee
      switch unsafe git_tree_entry_filemode(entry) {
      case GIT_FILEMODE_TREE:
        let tree = try self.tree(oid, "read '\(path)'")
        try collect(
          from: tree, at: path + "/", depth: depth + 1, where: isIncluded, into: &files)
      case GIT_FILEMODE_BLOB, GIT_FILEMODE_BLOB_EXECUTABLE:
        guard isIncluded(path) else { continue }
        // A name that had to be repaired could stand for two files, so it is refused, not guessed.
        guard !path.unicodeScalars.contains("\u{FFFD}") else {
          throw GitError(
            .unreadable, operation: "read '\(path)'", message: "the file's name is not UTF-8")
        }
        files[path] = try blob(oid, path: path)
      case GIT_FILEMODE_LINK where isIncluded(path):
        // To pass it over would be to read a set of files that nobody committed.
        throw GitError(
          .unreadable, operation: "read '\(path)'",
          message: "it is a symbolic link, and links are not followed in a commit")
      default: continue
      }
    }
  }

  private func blob(_ oid: git_oid, path: String) throws(GitError) -> Data {
    var oid = oid
    let blob = try Handle<BlobKind>("read '\(path)'") {
      unsafe git_blob_lookup(&$0, pointer, &oid)
    }
    let size = unsafe Int(git_blob_rawsize(blob.pointer))
    guard size > 0, let bytes = unsafe git_blob_rawcontent(blob.pointer) else { return Data() }
    return unsafe Data(bytes: bytes, count: size)
  }
}
