internal import CGit2
internal import Foundation

extension Repository {
  /// A commit by its name.
  func commit(_ id: CommitID) throws(GitError) -> Handle<CommitKind> {
    var oid = id.oid
    return try Handle("read commit \(id.short)") {
      unsafe git_commit_lookup(&$0, pointer, &oid)
    }
  }

  /// What a commit says about itself.
  func info(of id: CommitID) throws(GitError) -> CommitInfo {
    let commit = try self.commit(id)
    let author = unsafe git_commit_author(commit.pointer)
    let message = unsafe copy(git_commit_message(commit.pointer))
    return try unsafe CommitInfo(
      id: id,
      parents: parents(of: commit),
      authorName: copy(author?.pointee.name),
      authorEmail: copy(author?.pointee.email),
      time: Date(timeIntervalSince1970: TimeInterval(git_commit_time(commit.pointer))),
      message: message,
      subject: copy(git_commit_summary(commit.pointer)),
      body: copy(git_commit_body(commit.pointer)),
      trailers: trailers(of: message))
  }

  /// The commits before a commit, as it names them; in a shallow clone they may not be there.
  func parents(of commit: borrowing Handle<CommitKind>) -> [CommitID] {
    var parents: [CommitID] = []
    let count = unsafe git_commit_parentcount(commit.pointer)
    for index in 0..<count {
      if let oid = unsafe git_commit_parent_id(commit.pointer, index) {
        unsafe parents.append(CommitID(oid.pointee))
      }
    }
    return parents
  }

  /// The trailers of a message, by libgit2's reading of Git's rules.
  private func trailers(of message: String) throws(GitError) -> [CommitInfo.Trailer] {
    var array = unsafe git_message_trailer_array()
    try git("read a message's trailers", unsafe git_message_trailers(&array, message))
    defer { unsafe git_message_trailer_array_free(&array) }
    return unsafe UnsafeBufferPointer(start: array.trailers, count: array.count).map {
      unsafe CommitInfo.Trailer(key: copy($0.key), value: copy($0.value))
    }
  }
}
