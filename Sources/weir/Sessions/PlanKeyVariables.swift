internal import Engine
internal import Rendering

/// The keys for saved plans, as the process's variables hold them. What a variable says is never
/// shown.
struct PlanKeyVariables {
  static let signing = "WEIR_PLAN_SIGNING_KEY"
  static let checking = "WEIR_PLAN_PUBLIC_KEY"

  private let variables: [String: String]

  init(_ variables: [String: String]) { self.variables = variables }

  /// The key to sign with; nil where none is set.
  ///
  /// - Throws: `ErrorFacts` where it is malformed.
  func signingKey() throws -> PlanSigningKey? {
    try read(Self.signing) { text throws(PlanKeyError) in try PlanSigningKey(base64: text) }
  }

  /// The key to check with: the public one, or the one that belongs to the signing key.
  ///
  /// - Throws: `ErrorFacts` where there is none or it is malformed.
  func requiredPublicKey() throws -> PlanPublicKey {
    let key = try read(Self.checking) { text throws(PlanKeyError) in
      try PlanPublicKey(base64: text)
    }
    if let key = try key ?? signingKey()?.publicKey { return key }
    throw ErrorFacts(
      "no key to check the plan with", detail: "--require-signed needs \(Self.checking).",
      hint: "docs/guardrails.md says how to make a pair of keys.")
  }

  private func read<Key>(_ name: String, _ make: (String) throws(PlanKeyError) -> Key) throws
    -> Key?
  {
    guard let text = variables[name], !text.isEmpty else { return nil }
    do {
      return try make(text)
    } catch {
      let found =
        switch error {
        case .notBase64: "is not base64"
        case .wrongLength(let count): "is base64 of \(count) bytes"
        case .notAKey: "is not a key"
        }
      throw ErrorFacts(
        "malformed key", detail: "\(name) \(found); it takes the 32 bytes of an Ed25519 key.",
        hint: "docs/guardrails.md says how to make a pair of keys.")
    }
  }
}
