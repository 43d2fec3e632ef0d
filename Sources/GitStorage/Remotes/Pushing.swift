internal import CGit2

extension Repository {
  /// Moves a branch at a remote to a commit, if it stands at `old` there, and reads it back.
  func push(
    _ commit: CommitID, to branch: String, of name: String, expecting old: CommitID?
  ) throws(GitError) -> CommitID {
    let reference = try referenceName(branch)
    let operation = "push \(reference) to \(name)"
    let remote = try self.remote(name)
    let url = unsafe copy(git_remote_pushurl(remote.pointer) ?? git_remote_url(remote.pointer))
    _ = try self.commit(commit)
    if let old {
      guard try isAncestor(old, of: commit) else {
        throw GitError(
          .rejected, operation: operation,
          message: "\(commit.short) does not come after \(old.short), and a push never forces")
      }
    }
    if let path = localPath(of: url) {
      try push(commit, to: reference, ofDirectory: path, expecting: old, operation)
    } else {
      try push(commit, to: reference, of: remote, expecting: old, operation)
    }
    guard let tip = try remoteTip(of: reference, at: url), tip != old || commit == old else {
      throw GitError(
        .rejected, operation: operation,
        message: "the remote accepted the push, but the branch has not moved")
    }
    return tip
  }

  /// Pushes over a transport: the server compares and swaps.
  private func push(
    _ commit: CommitID, to reference: String, of remote: borrowing Handle<RemoteKind>,
    expecting old: CommitID?, _ operation: String
  ) throws(GitError) {
    // libgit2 pushes from references only, so the commit gets one of its own for the time of the push.
    let source = "refs/weir/push/\(commit.hex)"
    var oid = commit.oid
    do {
      _ = try Handle<ReferenceKind>(operation) {
        unsafe git_reference_create(&$0, pointer, source, &oid, 1, "weir: push")
      }
    }
    defer { _ = unsafe git_reference_remove(pointer, source) }
    let exchange = RemoteExchange()
    exchange.expectation = .some(old)
    let remote = unsafe remote.pointer
    try exchange.run(operation) { callbacks in
      unsafe withStringArray(["\(source):\(reference)"]) { refspecs in
        var options = unsafe git_push_options()
        let prepared = unsafe git_push_options_init(&options, UInt32(GIT_PUSH_OPTIONS_VERSION))
        guard prepared == 0 else { return prepared }
        unsafe options.callbacks = unsafe callbacks
        return unsafe git_remote_push(remote, &refspecs, &options)
      }
    }
  }
}
