internal import CGit2
internal import Foundation

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
      remotes.append(RemoteInfo(name: name, url: url, pushURL: pushURL ?? url))
    }
    return remotes
  }

  /// A remote by its name, or by its URL or path.
  func remote(_ name: String) throws(GitError) -> Handle<RemoteKind> {
    let operation = "look up the remote '\(name)'"
    if name.contains(":") || name.hasPrefix("/") || name.hasPrefix(".") {
      return try Handle(operation) { unsafe git_remote_create_anonymous(&$0, pointer, name) }
    }
    return try Handle(operation) { unsafe git_remote_lookup(&$0, pointer, name) }
  }

  /// The directory that a remote's URL names on this machine; nil when it is elsewhere.
  func localPath(of url: String) -> String? {
    if url.hasPrefix("file://") {
      let path = String(url.dropFirst("file://".count))
      return path.removingPercentEncoding ?? path
    }
    if url.hasPrefix("/") { return url }
    let head = url.prefix { $0 != "/" }
    if head.contains(":") { return nil }  // https://..., user@host:path
    return (workTree ?? gitDirectory) + "/" + url
  }

  /// Where a branch stands at a remote now; nil when it is not there.
  func remoteTip(of branch: String, at name: String) throws(GitError) -> CommitID? {
    let reference = try referenceName(branch)
    let remote = try self.remote(name)
    try pointAtPath(remote)
    let operation = "list the branches of \(name)"
    let exchange = RemoteExchange()
    try exchange.run(operation) { callbacks in
      unsafe git_remote_connect(remote.pointer, GIT_DIRECTION_FETCH, &callbacks, nil, nil)
    }
    var heads: UnsafeMutablePointer<UnsafePointer<git_remote_head>?>?
    var count = 0
    try git(operation, unsafe git_remote_ls(&heads, &count, remote.pointer))
    for index in 0..<count {
      guard let head = unsafe heads?[index]?.pointee else { continue }
      if unsafe copy(head.name) == reference { return unsafe CommitID(head.oid) }
    }
    return nil
  }

  /// Brings objects here and moves remote-tracking references; local branches are never moved.
  func fetch(_ name: String, refspecs: [String]) throws(GitError) {
    let operation = "fetch from \(name)"
    // libgit2 moves the destination even when it is no fast-forward, so a branch must not be one.
    for refspec in refspecs {
      let target = refspec.split(separator: ":", omittingEmptySubsequences: false).dropFirst().first
      guard let target, target.hasPrefix("refs/"), !target.hasPrefix("refs/heads/") else {
        throw GitError(
          .invalid, operation: operation,
          message: "'\(refspec)' does not end in a reference outside refs/heads/")
      }
    }
    let remote = try self.remote(name)
    try pointAtPath(remote)
    let exchange = RemoteExchange()
    try exchange.run(operation) { callbacks in
      unsafe withStringArray(refspecs) { refspecs in
        var options = unsafe git_fetch_options()
        let prepared = unsafe git_fetch_options_init(&options, UInt32(GIT_FETCH_OPTIONS_VERSION))
        guard prepared == 0 else { return prepared }
        unsafe options.callbacks = unsafe callbacks
        unsafe options.update_fetchhead = 0
        unsafe options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE
        return unsafe git_remote_fetch(remote.pointer, &refspecs, &options, "weir: fetch")
      }
    }
  }

  /// Makes a relative path relative to the repository, as Git has it, not to the working directory.
  private func pointAtPath(_ remote: borrowing Handle<RemoteKind>) throws(GitError) {
    guard let path = localPath(of: unsafe copy(git_remote_url(remote.pointer))) else { return }
    guard FileManager.default.fileExists(atPath: path) else {
      throw GitError(
        .network, operation: "reach the remote", message: "there is no repository at \(path)")
    }
    try git("use the remote's path", unsafe git_remote_set_instance_url(remote.pointer, path))
  }
}
