internal import Manifests
internal import Model

extension Manifest {
  /// Reports where a manifest means nothing, names that stand twice, and those in `except` that leave nothing out:
  /// it holds for what selectors mean, never for what a manifest names.
  ///
  /// - Parameters:
  ///   - noun: what a manifest means: `table`.
  ///   - names: the field that names them.
  ///   - selectors: the fields that mean resources without naming them.
  ///   - prefixes: the one of them that holds beginnings of names.
  func checkNames(
    of noun: String, in names: String, selectors: [String], prefixes: String? = nil,
    into diagnostics: inout Diagnostics
  ) {
    let words = selectors.map { "`\($0)`" }
    if !([names] + selectors).contains(where: fields.has) {
      let others =
        prefixes == nil
        ? "those with \(alternatives(words))" : "those with one of \(alternatives(words))"
      diagnostics.add(
        error: "no \(noun) is meant", at: range,
        detail: "It holds for those in `\(names)` and for \(others).", hint: "Set one of them.")
    }
    var places: [String: SourceRange] = [:]
    for name in fields.strings(names) {
      if let first = places[name.value] {
        diagnostics.add(
          error: "the same name twice", at: name.range,
          detail: "`\(name.value)` also stands at \(first.start.line):\(first.start.column).",
          hint: "Leave out one of them.")
      } else {
        places[name.value] = name.range
      }
    }
    if fields.strings("except").isEmpty { return }
    guard selectors.contains(where: fields.has) else {
      // Where nothing is meant at all, that is said already.
      if fields.has(names) {
        diagnostics.add(
          error: "`except` leaves nothing out", at: fields.keyRange(of: "except"),
          detail:
            "It is for what \(alternatives(words)) means beside it, and here `\(names)` names all.",
          hint: "Take it away, or set \(alternatives(words)).")
      }
      return
    }
    let beginnings = prefixes.map { fields.strings($0).map { $0.value } } ?? []
    let areKnown = prefixes.map(fields.isWhole) ?? false
    for name in fields.strings("except") {
      if places[name.value] != nil {
        diagnostics.add(
          error: "named and left out", at: name.range,
          detail:
            "`\(name.value)` also stands in `\(names)`, and what is named there is meant in any case.",
          hint: "Leave out one of them.")
      } else if areKnown, !beginnings.contains(where: name.value.hasPrefix) {
        diagnostics.add(
          error: "`except` leaves nothing out", at: name.range,
          detail:
            "`\(name.value)` does not begin with \(alternatives(beginnings.map { "`\($0)`" })).",
          hint: "Take it away, or correct it.")
      }
    }
  }
}
