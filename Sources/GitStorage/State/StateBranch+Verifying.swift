internal import Foundation
public import Model

extension StateBranch {
  /// Checks every commit of the branch, and whether the remote has the same. Nothing is moved.
  ///
  /// - Throws: `GitError` where the repository itself cannot be read.
  public func verify() async throws -> StateVerification {
    let ours = try await repository.tip(of: branch)
    var result = StateVerification(branch: branch)
    var start = ours
    (result.remote, start) = try await standing(of: ours)
    result.version = start?.hex
    if let start {
      var check = StateCheck(result)
      let log = try await repository.log(of: start)
      for commit in log.reversed() {
        let serial = StateCommitTrailers(commit)?.serial
        let files = try await repository.files(at: commit.id) { path in
          StatePaths.isCurrent(path) || path == StatePaths.pending
            || serial.map { StatePaths.isRecord(path, of: $0) } == true
        }
        let reader = StateReader(
          repository: repository, branch: branch, commit: commit.id, files: files)
        await check.add(commit, reader)
      }
      result = await check.ended(at: reader(at: start))
    }
    result.problems += remoteProblems(result.remote)
    return result
  }

  /// How the branch stands to the remote, and the tip that is to be checked.
  private func standing(of ours: CommitID?) async throws -> (
    StateVerification.RemoteStanding, CommitID?
  ) {
    guard let remote else { return (.none, ours) }
    let theirs: CommitID?
    do {
      theirs = try await repository.fetch(branch, from: remote)
    } catch {
      guard error.isUnreachable else { throw error }
      return (.unreachable, ours)
    }
    if ours == theirs { return (.same, ours) }
    guard let ours else { return (.behind, theirs) }
    guard let theirs else { return (.ahead, ours) }
    if try await repository.isAncestor(ours, of: theirs) { return (.behind, theirs) }
    let isAhead = try await repository.isAncestor(theirs, of: ours)
    return (isAhead ? .ahead : .diverged, ours)
  }

  private func remoteProblems(_ standing: StateVerification.RemoteStanding)
    -> [StateVerification.Problem]
  {
    let place = remote ?? ""
    return switch standing {
    case .none, .same, .behind: []
    case .ahead:
      [.init(at: place, "it lacks commits of \(branch) that wait on this machine", remedy: .push)]
    case .diverged:
      [
        .init(
          at: place, "\(branch) there and here have commits that the other lacks", remedy: .compare)
      ]
    case .unreachable:
      [
        .init(
          at: place, "it did not answer, so that only what is on this machine was checked",
          remedy: .push)
      ]
    }
  }
}
