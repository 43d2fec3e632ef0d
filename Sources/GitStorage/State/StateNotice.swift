/// What a person should know about the state besides the result of a command.
public enum StateNotice: Hashable, Sendable {
  /// Commits stand on this machine only, because the remote could not be reached.
  case waiting(branch: String, remote: String, reason: String)
  /// Commits that waited on this machine have been pushed.
  case caughtUp(branch: String, remote: String)
  /// The remote could not be reached, so that this is the state as it was known last.
  case unreachable(branch: String, remote: String, reason: String)
  /// Commits of this machine were overtaken by a recovery elsewhere; they are kept under `kept`.
  case overtaken(branch: String, remote: String, kept: String)
}
