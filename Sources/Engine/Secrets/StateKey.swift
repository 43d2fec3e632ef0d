internal import Crypto
internal import Foundation
internal import Model

/// A key that seals secrets of the state: AES-256-GCM. Its description never shows it.
public struct StateKey: Sendable, CustomStringConvertible, CustomReflectable {
  /// How many bytes a key has.
  static let size = 32

  private let key: SymmetricKey
  /// Which key it is, in eight hex digits that tell nothing of it.
  public let id: String

  /// The key of these bytes; nil where they are not 32.
  init?(_ bytes: Data) {
    guard bytes.count == Self.size else { return nil }
    key = SymmetricKey(data: bytes)
    let code = HMAC<SHA256>.authenticationCode(for: Data("weir state key".utf8), using: key)
    id = code.prefix(4).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }

  /// The keys of a text: each in base64, with commas between them.
  ///
  /// - Throws: `StateKeyError`, which holds nothing of the text.
  public static func list(base64 text: String) throws(StateKeyError) -> [StateKey] {
    var keys: [StateKey] = []
    for (index, part) in text.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
      let base64 = part.trimmingCharacters(in: .whitespacesAndNewlines)
      guard let bytes = Data(base64Encoded: base64) else {
        throw StateKeyError(position: index + 1, byteCount: nil)
      }
      guard let key = StateKey(bytes) else {
        throw StateKeyError(position: index + 1, byteCount: bytes.count)
      }
      keys.append(key)
    }
    return keys
  }

  /// The secret sealed, for `place` and nowhere else.
  ///
  /// - Throws: what the library throws where it cannot encrypt.
  func seal(_ text: String, for place: SealPlace, digest: String) throws -> SealedSecrets.Entry {
    let box = try AES.GCM.seal(
      Data(text.utf8), using: key, authenticating: try place.data(with: digest))
    // There always is a combined form with the nonce of twelve bytes that the library chooses.
    guard let sealed = box.combined else { throw CryptoKitError.incorrectParameterSize }
    return SealedSecrets.Entry(key: id, sealed: sealed)
  }

  /// The secret of an entry; nil where it was not sealed with this key for this place, or altered.
  func open(_ entry: SealedSecrets.Entry, of place: SealPlace, digest: String) -> String? {
    guard let box = try? AES.GCM.SealedBox(combined: entry.sealed),
      let data = try? place.data(with: digest),
      let opened = try? AES.GCM.open(box, using: key, authenticating: data)
    else { return nil }
    return String(data: opened, encoding: .utf8)
  }

  /// The identifier, and nothing of the key.
  public var description: String { "StateKey(\(id))" }
  /// Nothing of the key: `dump` does not show it either.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a text is no list of state keys.
public struct StateKeyError: Error, Hashable, Sendable {
  /// Which of its parts is none, from 1.
  public let position: Int
  /// How many bytes it is base64 of; nil where it is not base64.
  public let byteCount: Int?
}

/// The state that a secret is sealed for: an entry opens nowhere else.
public struct SealPlace: Hashable, Sendable {
  /// The line of states.
  public let lineage: String
  /// The environment's name.
  public let environment: String

  /// A place.
  public init(lineage: String, environment: String) {
    self.lineage = lineage
    self.environment = environment
  }

  /// The place as a key service takes it; AWS writes it into its log of who opened what.
  var context: [String: String] { ["weir:lineage": lineage, "weir:environment": environment] }

  /// What is authenticated with the secret of a digest.
  fileprivate func data(with digest: String) throws -> Data {
    try CanonicalJSON.encodeLine(["weir sealed secret", lineage, environment, digest])
  }
}
