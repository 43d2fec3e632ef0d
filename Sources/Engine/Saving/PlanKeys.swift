internal import Crypto
internal import Foundation

/// The key that signs saved plans: Ed25519. Its description never shows it.
public struct PlanSigningKey: Sendable, CustomStringConvertible, CustomReflectable {
  private let key: Curve25519.Signing.PrivateKey

  /// The key whose seed of 32 bytes is written in base64.
  ///
  /// - Throws: `PlanKeyError`, which holds nothing of the text.
  public init(base64: String) throws(PlanKeyError) {
    let seed = try keyBytes(base64)
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
      throw PlanKeyError.notAKey
    }
    self.key = key
  }

  /// The key that checks what this one signs.
  public var publicKey: PlanPublicKey { PlanPublicKey(key: key.publicKey) }

  /// The signature of a text, in base64; nil where the key cannot sign.
  func signature(of text: String) -> String? {
    try? key.signature(for: Data(text.utf8)).base64EncodedString()
  }

  /// Nothing of the key.
  public var description: String { "PlanSigningKey" }
  /// Nothing of the key: `dump` does not show it either.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The key that checks the signatures of saved plans.
public struct PlanPublicKey: Sendable {
  fileprivate let key: Curve25519.Signing.PublicKey

  fileprivate init(key: Curve25519.Signing.PublicKey) { self.key = key }

  /// The key whose 32 bytes are written in base64.
  ///
  /// - Throws: `PlanKeyError`, which holds nothing of the text.
  public init(base64: String) throws(PlanKeyError) {
    let bytes = try keyBytes(base64)
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
      throw PlanKeyError.notAKey
    }
    self.key = key
  }

  /// Whether `signature`, in base64, is one of `text`.
  func accepts(_ signature: String, of text: String) -> Bool {
    guard let bytes = Data(base64Encoded: signature) else { return false }
    return key.isValidSignature(bytes, for: Data(text.utf8))
  }
}

/// Why a text is no key.
public enum PlanKeyError: Error, Hashable, Sendable {
  /// It is not base64.
  case notBase64
  /// It is base64 of another number of bytes than 32.
  case wrongLength(Int)
  /// Its 32 bytes are none.
  case notAKey
}

private func keyBytes(_ base64: String) throws(PlanKeyError) -> Data {
  let text = base64.trimmingCharacters(in: .whitespacesAndNewlines)
  guard let bytes = Data(base64Encoded: text) else { throw PlanKeyError.notBase64 }
  guard bytes.count == 32 else { throw PlanKeyError.wrongLength(bytes.count) }
  return bytes
}
