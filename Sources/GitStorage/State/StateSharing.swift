internal import Foundation

extension StateBranch {
  /// Brings the local branch and the remote together: what the remote has comes here, what waits
  /// here is pushed.
  ///
  /// - Parameter isReading: whether the command writes nothing, so that it may go on with the state
  ///   as it was known last where the remote cannot be reached or does not let us push.
  /// - Throws: `GitError`.
  public func synchronize(isReading: Bool) async throws {
    guard let remote else { return }
    let theirs: CommitID?
    do {
      theirs = try await repository.fetch(branch, from: remote)
    } catch {
      guard isReading else { throw error }
      // Where nothing is known of the state, only a remote that is away for a time is worth going on.
      if !error.isUnreachable, try await repository.tip(of: branch) == nil { throw error }
      onNotice(.unreachable(branch: branch, remote: remote, reason: error.message))
      return
    }
    let ours = try await repository.tip(of: branch)
    if ours == theirs { return }
    guard let theirs else {
      if let ours { try await catchUp(ours, remote: remote, from: nil, isReading: isReading) }
      return
    }
    guard let ours else { return try await follow(theirs, from: nil) }
    if try await repository.isAncestor(ours, of: theirs) {
      try await follow(theirs, from: ours)
    } else if try await repository.isAncestor(theirs, of: ours) {
      try await catchUp(ours, remote: remote, from: theirs, isReading: isReading)
    } else {
      try await yield(ours, to: theirs, remote: remote)
    }
  }

  /// Pushes a commit, and finds out what became of it where the answer was lost.
  ///
  /// - Throws: `GitError` with `.modified` where somebody else was first.
  func share(_ commit: CommitID, to remote: String, expecting old: CommitID?) async throws {
    do {
      try await repository.push(commit, to: branch, of: remote, expecting: old)
    } catch {
      // Where the answer was lost, the push may have arrived all the same.
      guard error.isUnreachable else { throw error }
      let tip = try? await repository.fetch(branch, from: remote)
      guard tip == commit else { throw error }
    }
  }

  /// Moves the local branch to what the remote has.
  private func follow(_ theirs: CommitID, from ours: CommitID?) async throws {
    try await repository.moveBranch(
      branch, from: ours, to: theirs, by: author(), reason: "weir: follow the remote")
  }

  /// Pushes what waits here.
  private func catchUp(
    _ ours: CommitID, remote: String, from theirs: CommitID?, isReading: Bool
  ) async throws {
    do {
      try await share(ours, to: remote, expecting: theirs)
      onNotice(.caughtUp(branch: branch, remote: remote))
    } catch let error as GitError where isReading {
      onNotice(.waiting(branch: branch, remote: remote, reason: error.message))
    }
  }

  /// Gives way to a recovery that was made elsewhere while our end commit waited here: it has read
  /// every change again, so its state is the true one. Ours is kept under a reference of its own.
  private func yield(_ ours: CommitID, to theirs: CommitID, remote: String) async throws {
    let kept = "refs/\(branch)/overtaken/\(ours.short)"
    if try await repository.tip(of: kept) == nil {
      try await repository.moveBranch(
        kept, from: nil, to: ours, by: author(), reason: "weir: overtaken by \(remote)")
    }
    try await follow(theirs, from: ours)
    onNotice(.overtaken(branch: branch, remote: remote, kept: kept))
  }
}

extension GitError {
  /// Whether the remote did not answer, so that the same may succeed later.
  var isUnreachable: Bool { code == .network || code == .cancelled }
}
