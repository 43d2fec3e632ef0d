import Model

extension Composer {
  /// Refuses a collection, or an alias to one, that lies too deep.
  func checkDepth(_ depth: Int, _ range: SourceRange) throws(Diagnostic) {
    guard depth > limits.depth else { return }
    throw error(
      "nested too deeply", "Collections may nest \(limits.depth) deep, aliases included.", at: range
    )
  }

  /// Gives up on a file with too many errors.
  func checkDiagnostics() throws(Diagnostic) {
    guard diagnostics.all.count >= limits.diagnostics else { return }
    throw Diagnostic(
      .error, "too many errors in one file", detail: "The rest of \(file.path) has not been read.")
  }

  /// The error for aliases that stand for too much.
  func tooManyAliases(_ range: SourceRange) -> Diagnostic {
    error(
      "aliases expand to too much",
      "The aliases of a file may stand for \(limits.aliasedNodes) nodes, together.", at: range)
  }

  /// The error for a file that holds too much.
  func tooManyNodes(_ range: SourceRange) -> Diagnostic {
    error("too much in one file", "A file may hold \(limits.nodes) keys and values.", at: range)
  }

  /// The error for a scalar over the limit.
  func tooLong(_ range: SourceRange) -> Diagnostic {
    error("a scalar is too long", "The limit is \(limits.scalarBytes) bytes.", at: range)
  }
}
