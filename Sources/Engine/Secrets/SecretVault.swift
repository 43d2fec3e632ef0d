internal import Crypto
internal import Foundation
public import Model

/// Secrets of one run: digests go out into plans and state, clear text stays in here.
///
/// Its description never shows them.
public struct SecretVault: Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let lineage: String
  private let salt: SymmetricKey
  private var clearTexts: [String: String] = [:]

  /// A vault whose digests are salted with the lineage of the state.
  public init(lineage: String) {
    self.lineage = lineage
    salt = SymmetricKey(data: Data(lineage.utf8))
  }

  /// How many secrets it holds.
  public var description: String { "SecretVault(\(clearTexts.count) secrets)" }
  /// How many secrets it holds.
  public var debugDescription: String { description }
  /// Nothing: `dump` shows no secret either.
  public var customMirror: Mirror { Mirror(self, children: []) }

  /// The digests whose clear text is at hand.
  public var knownDigests: Set<String> { Set(clearTexts.keys) }

  /// The value with its secrets replaced by digests; the vault remembers their clear text.
  public mutating func conceal(_ value: Value) -> Value {
    value.mappingSecrets { secret in
      guard case .clear(let text) = secret else { return secret }
      let digest = digest(of: text)
      clearTexts[digest] = text
      return .digest(digest)
    }
  }

  /// The resource with its secrets replaced by digests.
  public mutating func conceal(_ resource: LiveResource) -> LiveResource {
    LiveResource(
      attributes: resource.attributes.mapValues { conceal($0) },
      context: resource.context.mapValues { conceal($0) })
  }

  /// The resource with its secrets replaced by digests.
  public mutating func conceal(_ resource: DesiredResource) -> DesiredResource {
    var concealed = resource
    for (name, value) in resource.attributes {
      if case .exactly(let value) = value { concealed.attributes[name] = .exactly(conceal(value)) }
    }
    return concealed
  }

  /// The value with clear text in place of digests.
  ///
  /// - Throws: `UnknownSecret` where the vault has never seen the text.
  public func reveal(_ value: Value) throws(UnknownSecret) -> Value {
    try value.mappingSecrets { (secret) throws(UnknownSecret) in
      guard case .digest(let digest) = secret else { return secret }
      guard let text = clearTexts[digest] else { throw UnknownSecret() }
      return .clear(text)
    }
  }

  /// Opens those of `digests` that it does not know and that are sealed.
  ///
  /// - Throws: `SealError`; what the key service throws.
  public mutating func open(
    _ digests: Set<String>, in sealed: SealedSecrets, environment: String, with keys: StateKeys
  ) async throws {
    let unknown = digests.subtracting(knownDigests)
    let place = SealPlace(lineage: lineage, environment: environment)
    for (digest, text) in try await keys.open(unknown, in: sealed, of: place) {
      guard self.digest(of: text) == digest else {
        throw SealError.altered(digest: digest, key: sealed.entries[digest]?.key ?? "")
      }
      clearTexts[digest] = text
    }
  }

  /// The sealed secrets with those of `digests` among them that it knows; nil where nothing has to be
  /// added.
  ///
  /// - Throws: what the key service or the cipher throws.
  func seal(
    _ digests: Set<String>, into sealed: SealedSecrets, environment: String, with keys: StateKeys
  ) async throws -> SealedSecrets? {
    try await keys.seal(
      clearTexts.filter { digests.contains($0.key) }, into: sealed,
      of: SealPlace(lineage: lineage, environment: environment))
  }

  private func digest(of text: String) -> String {
    let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: salt)
    return "hmac-sha256:" + Data(code.prefix(16)).base64EncodedString()
  }
}

/// A secret of which only the digest is known.
public struct UnknownSecret: Error, Hashable, Sendable {}
