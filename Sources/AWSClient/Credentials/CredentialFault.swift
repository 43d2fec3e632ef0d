/// Why credentials that are there cannot be used.
struct CredentialFault: Error, Hashable {
  /// Where they are.
  let provider: String
  /// What is wrong and what mends it; never a key, a token or anything else that proves who asks.
  let message: String
}

/// No provider has credentials.
struct NoCredentials: Error, Hashable {
  /// A place that was tried, and why there is nothing.
  struct Attempt: Hashable {
    let provider: String
    let reason: String
  }

  let attempts: [Attempt]

  /// What was tried and how to mend it.
  var message: String {
    let tried = attempts.map { "\($0.provider): \($0.reason)" }.joined(separator: "; ")
    return "no AWS credentials were found (\(tried)). Set AWS_PROFILE to a profile of your AWS "
      + "files, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run \"aws configure sso\" or "
      + "\"aws configure\"; give a job in CI a role by web identity"
  }
}
