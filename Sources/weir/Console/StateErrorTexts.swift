internal import GitStorage
internal import Model
internal import Rendering

/// The words for a state branch that cannot be read.
func facts(of error: StateError) -> ErrorFacts {
  let commit = error.commit.map { " (commit \($0.short))" } ?? ""
  let place = "\(error.path) on the branch \(error.branch)\(commit): \(error.message)."
  return switch error.code {
  case .newerFormat:
    ErrorFacts(
      "the state is of a newer format", detail: place,
      hint: "Use a newer version of Weir; this one does not write over it.")
  case .corrupt:
    ErrorFacts(
      "the state cannot be read", detail: place,
      hint: "`weir state verify` tells all that is wrong with the branch; `weir state restore` "
        + "brings back a state that can be read, from the backup or from an exported file.")
  }
}

/// The words for a document that no state can be restored from.
func facts(of error: StateExportError) -> ErrorFacts {
  switch error {
  case .notAnExport:
    ErrorFacts(
      "not a state", detail: "This is not a whole document that `weir state export` wrote.")
  case .otherFormat(let found, let supported):
    ErrorFacts(
      "the document is of another format",
      detail: "It has format \(found); this version of Weir reads \(supported).",
      hint: "Use a newer version of Weir.")
  case .edited:
    ErrorFacts(
      "the document was changed",
      detail: "Its digest is not that of its content: it was edited, or is damaged.",
      hint: "Take it from the backup again, or export another serial.")
  }
}

/// The words for what stands against restoring a state.
func facts(of error: StateRestoreError) -> ErrorFacts {
  switch error {
  case .otherEnvironment(let found):
    ErrorFacts(
      "the document is of another environment", detail: "It is the state of \(found).",
      hint: "Name its environment with --env.")
  case .otherLineage(let found, let expected):
    ErrorFacts(
      "the document belongs to another line of states",
      detail: "It is of the lineage \(found), and the branch of \(expected): they began with "
        + "different first applies.")
  case .unfinished(let pending):
    lockedFacts(pending)
  }
}

extension StateRestoreError {
  /// The code that a command ends with.
  var status: ExitStatus { if case .unfinished = self { .locked } else { .failed } }
}
