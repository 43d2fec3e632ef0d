internal import GitStorage

/// The words for what a person should know about the state besides the result of a command.
func text(of notice: StateNotice) -> String {
  switch notice {
  case .waiting(let branch, let remote, let reason):
    "warning: \(branch) is not pushed to \(remote) yet: \(clause(reason)). The next command tries again."
  case .caughtUp(let branch, let remote):
    "\(branch) has been pushed to \(remote); it had waited on this machine."
  case .unreachable(let branch, let remote, let reason):
    "warning: \(remote) cannot be reached: \(clause(reason)). This is \(branch) as it was known last."
  case .overtaken(let branch, let remote, let kept):
    "warning: \(branch) at \(remote) was recovered by somebody else, or rewritten; what waited "
      + "on this machine is kept as \(kept)."
  }
}

/// What another program said, as part of a sentence.
private func clause(_ reason: String) -> String {
  reason.hasSuffix(".") ? String(reason.dropLast()) : reason
}
