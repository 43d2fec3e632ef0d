public import Foundation

/// What a commit changes in its parent's tree. Paths are relative to the root, separated by `/`.
///
/// Removals come first, then writes: a prefix can be removed and filled anew in one change.
public struct TreeChange: Sendable, Hashable {
  /// The files to create or replace, with their whole contents.
  public var writes: [String: Data]
  /// The files to remove; one that is not there is no error.
  public var removals: Set<String>
  /// The directories to remove with everything below them.
  public var removedPrefixes: Set<String>

  /// A change.
  public init(
    writes: [String: Data] = [:], removals: Set<String> = [], removedPrefixes: Set<String> = []
  ) {
    self.writes = writes
    self.removals = removals
    self.removedPrefixes = removedPrefixes
  }

  /// Whether the tree stays as it is.
  public var isEmpty: Bool { writes.isEmpty && removals.isEmpty && removedPrefixes.isEmpty }

  /// Throws if a path is one that Git does not allow, or is written both as a file and as a directory.
  func validate() throws(GitError) {
    for path in [writes.keys.sorted(), removals.sorted(), removedPrefixes.sorted()].joined() {
      guard Self.isAllowed(path) else {
        throw GitError(.invalid, operation: "change a tree", message: "'\(path)' is not a path")
      }
    }
    for path in writes.keys.sorted() {
      for parent in path.ancestors where writes[parent] != nil {
        throw GitError(
          .invalid, operation: "change a tree",
          message: "'\(parent)' would be both a file and the directory of '\(path)'")
      }
    }
  }

  private static func isAllowed(_ path: String) -> Bool {
    guard !path.utf8.contains(0) else { return false }
    return path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
      !["", ".", ".."].contains($0) && $0.lowercased() != ".git"
    }
  }
}

extension String {
  /// The directories above a path: `a` and `a/b` for `a/b/c`.
  var ancestors: [String] {
    indices.filter { self[$0] == "/" }.map { String(self[..<$0]) }
  }
}
