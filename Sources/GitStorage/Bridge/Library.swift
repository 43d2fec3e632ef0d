internal import CGit2

/// libgit2 as a whole: started once in a process, never stopped.
enum Library {
  /// Starts libgit2 if it has not been started; every way into a repository calls it first.
  static func start() throws(GitError) { try git("start libgit2", status) }

  /// The status of the start, which Swift runs once and before anybody can read it.
  private static let status: Int32 = {
    let started = git_libgit2_init()
    guard started > 0 else { return started }
    // State must survive a crash: objects, references and their directories are flushed to disk.
    let flushed = weir_git_opts_int(Int32(GIT_OPT_ENABLE_FSYNC_GITDIR.rawValue), 1)
    guard flushed >= 0 else { return flushed }
    return acceptExtensions(["worktreeconfig", "preciousobjects"])
  }()

  /// Opens repositories that declare these extensions: neither changes how refs or objects are kept,
  /// and `git sparse-checkout` (used by CI) sets the first.
  private static func acceptExtensions(_ names: [StaticString]) -> Int32 {
    var pointers: [UnsafePointer<CChar>?] = unsafe names.map { name in
      unsafe UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
    }
    return unsafe weir_git_opts_strings(
      Int32(GIT_OPT_SET_EXTENSIONS.rawValue), &pointers, pointers.count)
  }
}
