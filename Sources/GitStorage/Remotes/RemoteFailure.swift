internal import Foundation

/// What kind of failure a run of `git` reports. Its messages are read in the C locale; the first kind
/// that has a mark in them counts.
func remoteFailure(_ output: GitOutput, _ operation: String) -> GitError {
  let complaint = output.complaint
  let text = (output.standardError + "\n" + output.standardOutput).lowercased()
  let code = marks.first { $0.marks.contains(where: text.contains) }?.code
  guard let code else {
    let status = if case .exited(let status) = output.status { status } else { 1 }
    let message = complaint.isEmpty ? "git ended with \(output.status)" : complaint
    return GitError(.other(status), operation: operation, message: message)
  }
  return GitError(code, operation: operation, message: complaint)
}

private let marks: [(code: GitError.Code, marks: [String])] = [
  (.notOwned, ["dubious ownership"]),
  (
    .auth,
    [
      "authentication failed", "permission denied", "could not read username",
      "could not read password", "terminal prompts disabled", "returned error: 401",
      "returned error: 403", "returned error: 407", "host key verification failed",
      "access denied", "service not enabled", "authentication required",
    ]
  ),
  (
    .certificate,
    [
      "certificate verification failed", "ssl certificate problem", "no alternative certificate",
      "certificate subject name", "error setting certificate",
    ]
  ),
  (
    .noRepository,
    [
      "does not appear to be a git repository", "repository not found", "' not found",
      "returned error: 404", "no such remote",
    ]
  ),
  (.locked, [".lock': file exists", "cannot lock ref"]),
  (
    .network,
    [
      "unable to access", "unable to connect", "unable to look up", "could not resolve",
      "connection refused", "connection reset", "connection timed out", "connection closed",
      "network is unreachable", "no route to host", "could not read from remote repository",
      "the remote end hung up", "early eof", "rpc failed", "unexpected disconnect",
      "protocol error", "returned error: 5", "bad line length",
    ]
  ),
]
