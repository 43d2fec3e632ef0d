internal import Engine

/// The keys that seal secrets of the state, as the process's variables hold them. What the variable
/// says is never shown.
enum StateKeyVariable {
  static let name = "WEIR_STATE_KEY"

  /// The keys, the one that seals first; none where the variable is not set.
  ///
  /// - Throws: `Refusal` where one is malformed.
  static func keys(_ variables: [String: String]) throws -> [StateKey] {
    guard let text = variables[name], !text.isEmpty else { return [] }
    do {
      return try StateKey.list(base64: text)
    } catch {
      let found = error.byteCount.map { "is base64 of \($0) bytes" } ?? "is not base64"
      let part = text.contains(",") ? ", part \(error.position) between the commas," : ""
      throw Refusal(
        .failed, "malformed key",
        detail: "\(name)\(part) \(found); a state key is 32 bytes in base64.",
        hint: "Make one with `openssl rand -base64 32`; docs/secrets.md says more.")
    }
  }
}
