internal import GitStorage

/// The words for what a person should know about the state besides the result of a command.
func text(of notice: StateNotice) -> String {
  switch notice {
  case .waiting(let branch, let remote, let reason):
    "warning: \(branch) is not pushed to \(remote) yet: \(reason). The next command tries again."
  case .caughtUp(let branch, let remote):
    "\(branch) has been pushed to \(remote); it had waited on this machine."
  case .unreachable(let branch, let remote, let reason):
    "warning: \(remote) cannot be reached: \(reason). This is \(branch) as it was known last."
  case .overtaken(let branch, let remote, let kept):
    "warning: \(branch) at \(remote) was recovered by somebody else; what waited on this machine "
      + "is kept as \(kept)."
  }
}
