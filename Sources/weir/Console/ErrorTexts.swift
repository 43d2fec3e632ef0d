internal import AWSClient
internal import Foundation
internal import GitStorage
internal import Model
internal import Rendering

/// The words for a failure of Git.
func facts(of error: GitError) -> ErrorFacts {
  switch error.code {
  case .notARepository:
    ErrorFacts(
      "not a Git repository", detail: "\(error.message).",
      hint: "Weir reads policy from Git and records state in it: run `git init`, or name the "
        + "repository's directory with --dir.")
  case .modified:
    ErrorFacts(
      "somebody else was first",
      detail: "The state branch moved while this command ran, so nothing was written to it.",
      hint: "Run `weir status`, then plan again.")
  default:
    ErrorFacts("Git failed", detail: "Could not \(error.operation): \(error.message).")
  }
}

/// The words for a state branch that cannot be read.
func facts(of error: StateError) -> ErrorFacts {
  let place = "\(error.path) on the branch \(error.branch): \(error.message)."
  return switch error.code {
  case .newerFormat:
    ErrorFacts(
      "the state is of a newer format", detail: place, hint: "Use a newer version of Weir.")
  case .corrupt:
    ErrorFacts(
      "the state cannot be read", detail: place,
      hint: "`git log \(error.branch)` shows its commits; the one before the damage can be "
        + "read again.")
  case .otherEnvironment: ErrorFacts("the state is of another environment", detail: place)
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
    ErrorFacts(
      "no AWS credentials", detail: error.message,
      hint: "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.")
  case .expiredCredentials:
    ErrorFacts(
      "the AWS credentials have expired", detail: answer,
      hint: "Get new ones, for instance with `aws sso login`, and try again.")
  case .accessDenied:
    ErrorFacts(
      "AWS denies access", detail: answer,
      hint: "The credentials need the permission for \(error.service):\(error.operation).")
  case .unreachable:
    ErrorFacts(
      "AWS cannot be reached", detail: "\(call): \(error.message)",
      hint: "Check the network, the region, and AWS_ENDPOINT_URL if it is set.")
  case .throttled:
    ErrorFacts(
      "AWS throttles", detail: answer, hint: "Try again later, or lower --parallelism.")
  default: ErrorFacts("AWS refused", detail: answer)
  }
}
