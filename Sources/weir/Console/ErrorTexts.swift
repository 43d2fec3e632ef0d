internal import AWSClient
internal import Engine
internal import Foundation
internal import GitStorage
internal import Model
internal import Rendering

/// The words for a failure of Git.
func facts(of error: GitError) -> ErrorFacts {
  switch error.code {
  case .notARepository:
    ErrorFacts(
      "not a Git repository", detail: sentence(error.message),
      hint: "Weir reads policy from Git and records state in it: run `git init`, or name the "
        + "repository's directory with --dir.")
  case .modified:
    ErrorFacts(
      "somebody else was first",
      detail: "The state branch moved while this command ran, so nothing was written to it.",
      hint: "Run `weir status`, then plan again.")
  case .locked:
    ErrorFacts(
      "locked", detail: sentence(error),
      hint: "Wait for it to end; `weir status` tells who it is.")
  case .unreadable:
    ErrorFacts("a file cannot be read or written", detail: sentence(error))
  case .noProgram:
    ErrorFacts(
      "git is missing", detail: error.message,
      hint: "Weir shares its state with a remote through the git program: install it.")
  case .auth:
    ErrorFacts(
      "the Git remote wants other credentials",
      detail: sentence(error),
      hint: "Weir may do what `git push` may do here: see that a push to the remote works.")
  case .certificate:
    ErrorFacts(
      "the certificate of the Git remote is not trusted", detail: sentence(error),
      hint:
        "Name the authority that signed it with `git config http.sslCAInfo FILE`, or GIT_SSL_CAINFO."
    )
  case .network:
    ErrorFacts(
      "the Git remote cannot be reached",
      detail: sentence(error),
      hint: "Try again later, or keep the state on this machine with `state: {remote: none}` in "
        + "weir.yaml.")
  case .noRepository:
    ErrorFacts(
      "the Git remote has no repository", detail: sentence(error),
      hint: "`git remote -v` shows where it leads, and `git remote set-url` mends it.")
  case .rejected:
    ErrorFacts(
      "the Git remote refused", detail: sentence(error),
      hint: "Allow pushes to the branches weir/* at the remote.")
  case .notFound:
    ErrorFacts(
      "not found in Git", detail: sentence(error),
      hint: "Name a commit, branch or tag that this repository has; a shallow clone lacks the "
        + "older ones.")
  default:
    ErrorFacts("Git failed", detail: sentence(error))
  }
}

/// The words for sealed secrets that cannot be opened.
func facts(of error: SealError) -> ErrorFacts {
  switch error {
  case .otherKey(let needed, let given):
    ErrorFacts(
      "another state key is needed",
      detail: "A value to give back is sealed with the state key \(needed); "
        + "\(StateKeyVariable.name) holds \(given.joined(separator: ", ")). Nothing was applied.",
      hint: "Put that key into \(StateKeyVariable.name), after a comma where another is to seal. "
        + "Where it is lost, --without-state-key goes on and leaves the value as it is.")
  case .altered(let digest, let key):
    ErrorFacts(
      "a sealed value was altered",
      detail: "The value \(digest) in sealed.json is not as the state key \(key) has sealed it for "
        + "this environment: it was edited, damaged, or copied from elsewhere. Nothing was applied.",
      hint: "`git log -p weir/ENV -- sealed.json` shows who changed it.")
  case .notAKey(let name):
    ErrorFacts(
      "not the state key",
      detail: "What KMS made or opened with \(name) is not the state key that sealed.json says.",
      hint: "`git log -p weir/ENV -- sealed.json` shows who changed it.")
  }
}
/// The words for an apply that has begun and not ended.
func lockedFacts(_ pending: PendingApply) -> ErrorFacts {
  ErrorFacts(
    "locked",
    detail: "\(pending.lease.holder) began apply \(pending.serial) at "
      + "\(pending.lease.since.formatted(.iso8601)) and it has not ended. Its lease lasts until "
      + "\(pending.lease.until.formatted(.iso8601)).",
    hint: "Wait for it, or, if it was interrupted, run `weir recover`.")
}

/// The words for a failure of AWS.
func facts(of error: AWSError) -> ErrorFacts {
  let call = "\(error.service) \(error.operation)"
  let answer = "\(call) answered \(error.code): \(error.message)"
  return switch error.kind {
  case .noCredentials:
    ErrorFacts("no AWS credentials", detail: sentence(error.message))
  case .expiredCredentials:
    ErrorFacts(
      "the AWS credentials have expired", detail: answer,
      hint: "Get new ones, for instance with `aws sso login`, and try again.")
  case .accessDenied where badKeyCodes.contains(error.code):
    ErrorFacts(
      "AWS does not know these credentials", detail: answer,
      hint: "Check the access key, its secret and the session token; AWS_PROFILE chooses others.")
  case .invalidInput where error.status == nil:
    ErrorFacts(
      "nothing was asked of AWS",
      detail: error.service.isEmpty ? sentence(error.message) : "\(call): \(error.message)",
      hint: error.code == "InvalidEndpoint" ? "Check AWS_ENDPOINT_URL." : nil)
  case .accessDenied:
    ErrorFacts(
      "AWS denies access", detail: answer,
      hint: "The credentials need the permission for \(error.service):\(error.operation).")
  case .unreachable where error.code == "DeadlineExceeded":
    ErrorFacts(
      "AWS did not answer in time", detail: "\(call): \(error.message)",
      hint: "Try again later; --timeout says how long a command may ask AWS.")
  case .unreachable where error.code == "DeadlinePassed":
    ErrorFacts(
      "the time for asking AWS was over", detail: "\(call): \(error.message).",
      hint: "Give --timeout more seconds.")
  case .unreachable:
    ErrorFacts(
      "AWS cannot be reached", detail: "\(call): \(error.message)",
      hint: "Check the network, the region, and AWS_ENDPOINT_URL if it is set.")
  case .throttled:
    ErrorFacts(
      "AWS throttles", detail: answer, hint: "Try again later, or lower --parallelism.")
  case .serverFault:
    ErrorFacts(
      "AWS failed", detail: answer,
      hint: "It is not your doing: try again later. `weir plan` shows what is left to do.")
  default: ErrorFacts("AWS refused", detail: answer)
  }
}

/// Codes that say that the keys themselves are wrong, not what they may do.
private let badKeyCodes: Set = [
  "AuthFailure", "IncompleteSignature", "InvalidAccessKeyId", "InvalidClientTokenId",
  "InvalidSignatureException", "InvalidToken", "MissingAuthenticationToken",
  "SignatureDoesNotMatch", "UnrecognizedClientException",
]

/// A message as a sentence of its own.
private func sentence(_ message: String) -> String {
  message.prefix(1).uppercased() + message.dropFirst() + (message.hasSuffix(".") ? "" : ".")
}

/// A failure of Git as a sentence.
private func sentence(_ error: GitError) -> String {
  let message = error.message.hasSuffix(".") ? String(error.message.dropLast()) : error.message
  return "Could not \(error.operation): \(message)."
}
