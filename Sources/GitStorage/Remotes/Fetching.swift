// Fetching: what a remote has now.
extension GitRepository {
  /// The remotes that the configuration names.
  public func remotes() throws(GitError) -> [RemoteInfo] { try core.remotes() }

  /// Where a branch stands at a remote now; nil when it is not there.
  ///
  /// - Throws: `.notFound`, `.noRepository`, `.network`, `.auth`, `.certificate`.
  public func remoteTip(of branch: String, at remote: String) async throws(GitError) -> CommitID? {
    try await remoteTip(core.remoteBranch(branch, of: remote))
  }

  func remoteTip(_ branch: RemoteBranch) async throws(GitError) -> CommitID? {
    let operation = "read \(branch.reference) at \(branch.remote)"
    let output = try await git(
      ["ls-remote", "--end-of-options", branch.remote, branch.reference], operation)
    guard output.isSuccess else { throw remoteFailure(output, operation) }
    // The pattern also finds names that end like it.
    for line in output.standardOutput.split(separator: "\n") {
      let fields = line.split(separator: "\t")
      guard fields.count == 2, fields[1] == branch.reference else { continue }
      guard let tip = CommitID(String(fields[0])) else {
        throw GitError(
          .unsupported, operation: operation, message: "the remote does not use SHA-1 objects")
      }
      return tip
    }
    return nil
  }

  /// Brings a branch here from a remote, with its whole history, into `refs/remotes/REMOTE/BRANCH`.
  ///
  /// Returns where it stands there; nil when it is not there, and then it is forgotten here too. No
  /// local branch, tag, index or `FETCH_HEAD` is touched. In a shallow clone the other branches stay as
  /// shallow as they are.
  ///
  /// - Throws: `.notFound`, `.noRepository`, `.network`, `.auth`, `.certificate`, `.locked`,
  ///   `.cancelled`.
  public func fetch(_ branch: String, from remote: String) async throws(GitError) -> CommitID? {
    let branch = try core.remoteBranch(branch, of: remote)
    guard let tip = try await fetch(branch, []) else { return nil }
    guard try core.isCutOff(tip) else { return tip }
    // Not `--unshallow`, nor the depth that means it: those complete every branch of the clone.
    return try await fetch(branch, ["--depth=2147483646"])
  }

  private func fetch(
    _ branch: RemoteBranch, _ options: [String]
  ) async throws(GitError) -> CommitID? {
    let operation = "fetch \(branch.reference) from \(branch.remote)"
    let arguments =
      [
        "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-gc", "--no-prune",
        "--no-recurse-submodules",
      ] + options
      + ["--end-of-options", branch.remote, "+\(branch.reference):\(branch.tracking)"]
    var refusal = GitError(.cancelled, operation: operation, message: "the task was cancelled")
    for attempt in 0..<8 where !Task.isCancelled {
      if attempt > 0 { try? await Task.sleep(for: .milliseconds(.random(in: 20...100))) }
      let output = try await git(arguments, operation)
      if output.isSuccess { return try core.target(of: branch.tracking) }
      // Git gives up before it would prune.
      if output.standardError.contains("couldn't find remote ref \(branch.reference)") {
        try core.forget(branch)
        return nil
      }
      refusal = remoteFailure(output, operation)
      // Another fetch in this clone moves the same reference, or died while it did.
      guard refusal.code == .locked else { throw refusal }
      if attempt == 0 { _ = core.removeStaleLock(of: branch.tracking) }
    }
    throw refusal
  }
}
