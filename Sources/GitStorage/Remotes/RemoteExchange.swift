internal import CGit2

/// One conversation with a remote: what its callbacks heard, and the error that comes of it.
///
/// libgit2 gets the exchange unretained as its payload: `run` keeps it alive until the call is over, and
/// no callback comes later.
final class RemoteExchange {
  /// For a push: where the branch has to stand at the remote; nil is nowhere. Not checked when unset.
  var expectation: CommitID??
  /// Where the branch stood instead.
  private var stood: CommitID??
  /// What the remote said when it refused.
  private var refusal: String?
  private var wasAskedForCredentials = false

  /// Makes a call with callbacks that report to this exchange, and explains its failure.
  @safe func run(
    _ operation: String, _ call: (inout git_remote_callbacks) -> Int32
  ) throws(GitError) {
    var callbacks = unsafe git_remote_callbacks()
    try git(
      operation,
      unsafe git_remote_init_callbacks(&callbacks, UInt32(GIT_REMOTE_CALLBACKS_VERSION)))
    unsafe callbacks.payload = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe callbacks.credentials = refuseCredentials
    unsafe callbacks.push_negotiation = hearUpdates
    unsafe callbacks.push_update_reference = hearVerdict
    do {
      try git(operation, withExtendedLifetime(self) { unsafe call(&callbacks) })
    } catch {
      throw explain(error)
    }
    if let refusal { throw GitError(.rejected, operation: operation, message: refusal) }
  }

  private func explain(_ error: GitError) -> GitError {
    if wasAskedForCredentials {
      return GitError(
        .auth, operation: error.operation,
        message: "the remote asks for credentials, and Weir has none to give")
    }
    if let expectation, let stood {
      return GitError(
        .rejected, operation: error.operation,
        message: "the branch is at \(stood?.short ?? "no commit") there, "
          + "not at \(expectation?.short ?? "no commit")")
    }
    switch error.code {
    // libgit2 reports a connection that is refused as a plain failure of the operating system.
    case .notFound, .notARepository,
      .other where error.message.hasPrefix("failed to connect"):
      return GitError(.network, operation: error.operation, message: error.message)
    default: return error
    }
  }

  fileprivate func hear(askedForCredentials: Bool) { wasAskedForCredentials = askedForCredentials }

  fileprivate func hear(branchAt tip: CommitID?) -> Bool {
    guard let expectation, expectation != tip else { return true }
    stood = .some(tip)
    return false
  }

  fileprivate func hear(refusal text: String) { refusal = text }

  fileprivate static func of(_ payload: UnsafeMutableRawPointer) -> RemoteExchange {
    unsafe Unmanaged.fromOpaque(payload).takeUnretainedValue()
  }
}

// There are no credentials yet: the callback says so instead of letting libgit2 try none.
private let refuseCredentials: git_credential_acquire_cb = { _, _, _, _, payload in
  if let payload = unsafe payload {
    unsafe RemoteExchange.of(payload).hear(askedForCredentials: true)
  }
  return GIT_EAUTH.rawValue
}

// Before anything is sent: where the branch stands at the remote. The server compares once more when it
// moves the branch, with the value that was seen here.
private let hearUpdates: git_push_negotiation = { updates, count, payload in
  guard let updates = unsafe updates, let payload = unsafe payload else { return 0 }
  for index in 0..<count {
    guard let update = unsafe updates[index]?.pointee else { continue }
    var source = unsafe update.src
    let tip = unsafe git_oid_is_zero(&source) == 1 ? nil : CommitID(source)
    guard unsafe RemoteExchange.of(payload).hear(branchAt: tip) else { return GIT_EUSER.rawValue }
  }
  return 0
}

// After it was sent: why the remote refused a branch, or nothing.
private let hearVerdict: git_push_update_reference_cb = { name, status, payload in
  if let status = unsafe status, let payload = unsafe payload {
    unsafe RemoteExchange.of(payload).hear(refusal: "\(copy(name)): \(copy(status))")
  }
  return 0
}
