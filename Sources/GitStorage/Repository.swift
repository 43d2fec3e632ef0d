internal import CGit2
internal import Foundation

/// The synchronous core: one open repository, used by one task at a time.
///
/// Its verbs stand beside what they are about: `Reading`, `Writing`, `Remotes`. It opens nothing by
/// itself and keeps no cache that another process could make stale.
struct Repository: ~Copyable {
  let handle: Handle<RepositoryKind>
  /// The directory with objects and branches, which linked worktrees share.
  let gitDirectory: String
  /// The directory with the checked-out files; nil in a bare repository.
  let workTree: String?

  /// Opens the repository at a directory or above it, as `git` finds it.
  init(discovering directory: String) throws(GitError) {
    try self.init(directory, walkingUp: true)
  }

  /// Opens the repository at exactly this directory.
  init(at directory: String) throws(GitError) { try self.init(directory, walkingUp: false) }

  private init(_ directory: String, walkingUp: Bool) throws(GitError) {
    try Library.start()
    let flags = walkingUp ? 0 : GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue
    do {
      handle = try Handle("open the repository at \(directory)") {
        unsafe git_repository_open_ext(&$0, directory, flags, nil)
      }
    } catch {
      throw Self.explain(error, directory: directory)
    }
    gitDirectory = Self.directory(unsafe copy(git_repository_commondir(handle.pointer)))
    workTree = unsafe git_repository_workdir(handle.pointer).map {
      unsafe Self.directory(copy($0))
    }
  }

  var pointer: OpaquePointer { unsafe handle.pointer }

  /// The commits at which a shallow clone ends: their parents are named, and are not there.
  func shallowBoundary() -> Set<CommitID> {
    let text = try? String(contentsOfFile: gitDirectory + "/shallow", encoding: .utf8)
    return Set((text ?? "").split(separator: "\n").compactMap { CommitID(String($0)) })
  }

  /// Says what to do about the refusals that people meet.
  private static func explain(_ error: GitError, directory: String) -> GitError {
    let (code, message): (GitError.Code, String)
    // libgit2 1.5 misses the setting, when it is not there, before it says whose the repository is.
    if error.code == .notOwned || error.message.contains("safe.directory") {
      let root = root(of: directory)
      code = .notOwned
      message =
        "the repository at \(root) belongs to another user. If you trust it, run: "
        + "git config --global --add safe.directory \(root)"
    } else if error.code == .unsupported {
      code = .unsupported
      message =
        "\(error.message). Weir reads repositories with SHA-1 objects and the 'files' "
        + "reference format, cloned with all files"
    } else if error.code == .notARepository || error.code == .notFound {
      code = .notARepository
      message = "there is no Git repository at or above \(directory)"
    } else {
      return error
    }
    return GitError(code, operation: error.operation, message: message)
  }

  /// The directory that `safe.directory` would name: the work tree's, or a bare repository's own.
  private static func root(of start: String) -> String {
    var found = unsafe git_buf()
    defer { unsafe git_buf_dispose(&found) }
    guard unsafe git_repository_discover(&found, start, 0, nil) == 0 else { return start }
    let path = directory(unsafe copy(found.ptr))
    return path.hasSuffix("/.git") ? String(path.dropLast(5)) : path
  }

  private static func directory(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }
}
