internal import CGit2
internal import Foundation

extension Repository {
  /// The commits that lead to a commit, itself first, the latest first.
  ///
  /// Walks here and not in libgit2, which (before 1.7) fails where a shallow clone ends. The walk does
  /// not go through `end`: on a linear branch that leaves the commits after it.
  func log(
    from start: CommitID, limit: Int, skip: Int, until end: CommitID?
  ) throws(GitError) -> [CommitInfo] {
    var listed: [CommitInfo] = []
    guard limit > 0 else { return [] }
    var skipped = 0
    try walk(from: start) { commit in
      if commit.id == end { return .around }
      if skipped < skip {
        skipped += 1
        return .on
      }
      listed.append(commit)
      return listed.count < limit ? .on : .home
    }
    return listed
  }

  /// Whether a commit is another one or leads to it.
  func isAncestor(_ ancestor: CommitID, of commit: CommitID) throws(GitError) -> Bool {
    if ancestor == commit { return true }
    guard shallowBoundary().isEmpty else {
      var isFound = false
      try walk(from: commit) {
        isFound = isFound || $0.id == ancestor
        return isFound ? .home : .on
      }
      return isFound
    }
    var one = commit.oid
    var other = ancestor.oid
    return try git(
      "compare \(ancestor.short) and \(commit.short)",
      unsafe git_graph_descendant_of(pointer, &one, &other)) == 1
  }

  /// The best commit that leads to both; nil when the histories have nothing in common.
  func commonAncestor(_ left: CommitID, _ right: CommitID) throws(GitError) -> CommitID? {
    var one = left.oid
    var other = right.oid
    var base = git_oid()
    let operation = "find where \(left.short) and \(right.short) part"
    for id in [left, right] { _ = try commit(id) }
    let status = unsafe git_merge_base(&base, pointer, &one, &other)
    guard status == 0 || shallowBoundary().isEmpty else {
      throw GitError(
        .unsupported, operation: operation,
        message: "this is a shallow clone; fetch the rest with: git fetch --unshallow")
    }
    return try found(operation, status) ? CommitID(base) : nil
  }

  /// Where a walk through history goes from a commit.
  enum Step {
    /// To the parents.
    case on
    /// Not to the parents, but on elsewhere.
    case around
    /// Nowhere: the walk ends.
    case home
  }

  /// Visits a commit and all that lead to it, once each, the latest first.
  func walk(from start: CommitID, _ visit: (CommitInfo) throws(GitError) -> Step) throws(GitError) {
    let boundary = shallowBoundary()
    var seen: Set<CommitID> = [start]
    var frontier = [try info(of: start)]  // sorted by time, the latest last
    while let commit = frontier.popLast() {
      switch try visit(commit) {
      case .home: return
      case .around: continue
      case .on: break
      }
      guard !boundary.contains(commit.id) else { continue }
      for parent in commit.parents where seen.insert(parent).inserted {
        let info = try info(of: parent)
        let place = frontier.firstIndex { $0.time > info.time } ?? frontier.endIndex
        frontier.insert(info, at: place)
      }
    }
  }
}
