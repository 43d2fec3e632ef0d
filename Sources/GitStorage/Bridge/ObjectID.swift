internal import CGit2

extension CommitID {
  /// The name that libgit2 calls by this value.
  init(_ oid: git_oid) {
    self.init(bytes: unsafe withUnsafeBytes(of: oid.id) { unsafe Array($0.prefix(20)) })
  }

  /// The value by which libgit2 calls this name.
  var oid: git_oid {
    var oid = git_oid()
    let status = unsafe git_oid_fromstr(&oid, hex)
    precondition(status == 0, "a commit's name has forty hexadecimal digits")
    return oid
  }
}
