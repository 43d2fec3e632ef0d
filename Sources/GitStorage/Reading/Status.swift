internal import CGit2

extension Repository {
  /// The files below a directory of the work tree that differ from the commit that is checked out:
  /// modified, staged, removed, in conflict, or new and not ignored. Empty in a bare repository.
  func changedPaths(under prefix: String) throws(GitError) -> [String] {
    guard workTree != nil else { return [] }
    let directory = prefix.split(separator: "/").joined(separator: "/")
    let status = try Handle<StatusKind>("compare the work tree with HEAD") { made in
      unsafe withStringArray(directory.isEmpty ? [] : [directory]) { paths in
        var options = unsafe git_status_options()
        let prepared = unsafe git_status_options_init(
          &options, UInt32(GIT_STATUS_OPTIONS_VERSION))
        guard prepared == 0 else { return prepared }
        unsafe options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR
        unsafe options.flags =
          GIT_STATUS_OPT_INCLUDE_UNTRACKED.rawValue
          | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS.rawValue
          | GIT_STATUS_OPT_EXCLUDE_SUBMODULES.rawValue
          | GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH.rawValue
        unsafe options.pathspec = paths
        return unsafe git_status_list_new(&made, pointer, &options)
      }
    }
    var paths: Set<String> = []
    let count = unsafe git_status_list_entrycount(status.pointer)
    for index in 0..<count {
      guard let entry = unsafe git_status_byindex(status.pointer, index) else { continue }
      guard let delta = unsafe entry.pointee.head_to_index ?? entry.pointee.index_to_workdir
      else { continue }
      // Renames are not looked for, so both sides of a delta have the same path.
      unsafe paths.insert(copy(delta.pointee.new_file.path))
    }
    return paths.sorted()
  }
}
