internal import CGit2
internal import Foundation

/// The one place where a status of libgit2 becomes an error.
///
/// libgit2 keeps its message per thread and until the next one, so it is copied here, at once, and
/// taken away: some failures of the disk leave none, and must not be told with that of an earlier call.
@discardableResult
func git(_ operation: @autoclosure () -> String, _ status: Int32) throws(GitError) -> Int32 {
  guard status < 0 else { return status }
  let cause = errno
  var message =
    cause == 0 ? "libgit2 status \(status)" : unsafe String(cString: strerror(cause))
  var origin = GIT_ERROR_NONE
  if let last = unsafe git_error_last() {
    origin = unsafe git_error_t(rawValue: UInt32(max(0, last.pointee.klass)))
    if origin != GIT_ERROR_NONE, let text = unsafe last.pointee.message {
      message = unsafe String(cString: text)
    }
  }
  git_error_clear()
  throw GitError(code(of: status, from: origin, message), operation: operation(), message: message)
}

/// Whether libgit2 found what was looked for; other failures are thrown.
func found(_ operation: @autoclosure () -> String, _ status: Int32) throws(GitError) -> Bool {
  if status == GIT_ENOTFOUND.rawValue {
    git_error_clear()
    return false
  }
  try git(operation(), status)
  return true
}

private func code(of status: Int32, from origin: git_error_t, _ message: String) -> GitError.Code {
  switch git_error_code(rawValue: status) {
  case GIT_EOWNER: .notOwned
  case GIT_ENOTFOUND, GIT_EUNBORNBRANCH:
    origin == GIT_ERROR_REPOSITORY && message.contains("repository") ? .notARepository : .notFound
  case GIT_EMODIFIED, GIT_EEXISTS: .modified
  case GIT_ELOCKED: .locked
  case GIT_EAMBIGUOUS, GIT_EINVALIDSPEC, GIT_EPEEL, GIT_EINVALID: .invalid
  case GIT_EAUTH: .auth
  case GIT_ECERTIFICATE: .certificate
  case GIT_ENONFASTFORWARD: .rejected
  case GIT_EMISMATCH: .unreadable
  default:
    switch origin {
    case GIT_ERROR_NET, GIT_ERROR_SSH, GIT_ERROR_SSL, GIT_ERROR_HTTP: .network
    case GIT_ERROR_ODB, GIT_ERROR_ZLIB, GIT_ERROR_OBJECT, GIT_ERROR_TREE: .unreadable
    case GIT_ERROR_REPOSITORY where message.hasPrefix("unsupported"): .unsupported
    default: .other(Int(status))
    }
  }
}
