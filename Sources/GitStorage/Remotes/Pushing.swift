// Pushing: the compare-and-swap at a remote.
extension GitRepository {
  /// Moves a branch at a remote to a commit, if it stands at `old` there (nil: is not there). Never forces.
  ///
  /// Returns where the branch stands afterwards, as read back: at the commit, or already further on. After
  /// `.network` or `.cancelled` the push may have arrived: fetch to know. The user's `pre-push` hook runs.
  ///
  /// - Throws: `.modified` when the branch stood elsewhere, `.rejected` with the words of the server or
  ///   hook that refused, `.auth`, `.certificate`, `.network`, `.notFound`,
  ///   `.noRepository`.
  @discardableResult
  public func push(
    _ commit: CommitID, to branch: String, of remote: String, expecting old: CommitID?
  ) async throws(GitError) -> CommitID {
    let branch = try core.remoteBranch(branch, of: remote)
    let operation = "push \(branch.reference) to \(remote)"
    _ = try core.info(of: commit)
    // A lease alone would let Git overwrite `old`; with this it can only be followed.
    if let old, try !core.isAncestor(old, of: commit) {
      throw GitError(
        .rejected, operation: operation,
        message: "\(commit.short) does not come after \(old.short), and a push never forces")
    }
    let output = try await git(
      [
        "push", "--porcelain", "--no-follow-tags", "--recurse-submodules=no",
        "--force-with-lease=\(branch.reference):\(old?.hex ?? "")", "--end-of-options", remote,
        "\(commit.hex):\(branch.reference)",
      ], operation)
    let report = PushReport(output.standardOutput, on: branch.reference)
    switch report?.outcome {
    case .moved where output.isSuccess: break
    case .unchanged where commit == old: break
    case .unchanged: throw lost(branch, operation, expected: old, found: commit)
    case .refused:
      throw await refusal(report, output, branch, operation, expected: old)
    case .moved, nil: throw failure(output, operation)
    }
    let tip = try await remoteTip(branch)
    guard let tip, tip != old || commit == old else {
      throw GitError(
        .rejected, operation: operation,
        message: "the remote accepted the push, but the branch has not moved")
    }
    return tip
  }

  /// Why the remote, or `git` on seeing it, refused to move the branch.
  private func refusal(
    _ report: PushReport?, _ output: GitOutput, _ branch: RemoteBranch, _ operation: String,
    expected: CommitID?
  ) async -> GitError {
    // Servers word a lost race in many ways, so the branch itself is asked.
    if let tip = try? await remoteTip(branch) as CommitID??, tip != expected {
      return lost(branch, operation, expected: expected, found: tip)
    }
    if report?.isLostRace == true {
      return GitError(
        .modified, operation: operation, message: "the branch moved while it was pushed")
    }
    let reason = GitOutput.cleaned(report?.reason ?? "")
    let message = [reason, output.complaint].filter { !$0.isEmpty }.joined(separator: ": ")
    return GitError(.rejected, operation: operation, message: message)
  }

  /// Why `git` failed without a word about the branch: the connection, or the user's own hook.
  private func failure(_ output: GitOutput, _ operation: String) -> GitError {
    let failure = remoteFailure(output, operation)
    guard failure.code == .other(1) else { return failure }
    let words = GitOutput(
      status: output.status, standardOutput: "",
      standardError: output.standardOutput + "\n" + output.standardError)
    return GitError(
      .rejected, operation: operation,
      message: "git refused, as a pre-push hook here does: \(words.complaint)")
  }

  private func lost(
    _ branch: RemoteBranch, _ operation: String, expected: CommitID?, found: CommitID?
  ) -> GitError {
    GitError(
      .modified, operation: operation,
      message: "the branch is at \(found?.short ?? "no commit") there, "
        + "not at \(expected?.short ?? "no commit")")
  }
}
