internal import ArgumentParser

/// The exit codes, all of them.
enum ExitStatus: Int32 {
  case done = 0
  case failed = 1
  case changesPlanned = 2
  case guardrail = 3
  case stale = 4
  case locked = 5
  case appliedInPart = 6
  case usage = 64

  /// Ends the command with this code.
  var exit: ExitCode { ExitCode(rawValue) }
}
