public import Model

/// The state keys that are at hand: one seals, all open.
public struct StateKeys: Sendable {
  private let keys: [StateKey]
  private let service: (any KeyService)?

  /// Keys at hand, the one that seals first, and a key service. Where the project names a key of the
  /// service, that one seals.
  public init(_ keys: [StateKey] = [], service: (any KeyService)? = nil) {
    self.keys = keys
    self.service = service
  }

  /// Whether secrets can be sealed.
  public var canSeal: Bool { service?.keyName != nil || !keys.isEmpty }

  /// The secrets that no key at hand opens, by digest. Where keys are at hand and are others this is
  /// none: it is then an error to need them.
  public func locked(in sealed: SealedSecrets) -> [String: MissingKey] {
    guard keys.isEmpty else { return [:] }
    return sealed.entries.filter { !isWrapped($0.value.key, in: sealed) }.mapValues {
      MissingKey(id: $0.key, service: sealed.wrappedKeys[$0.key]?.name)
    }
  }

  /// Refuses digests whose key is not at hand. Asks no service.
  ///
  /// - Throws: `SealError`.
  public func check(_ digests: Set<String>, in sealed: SealedSecrets) throws(SealError) {
    for digest in digests.sorted() {
      guard let entry = sealed.entries[digest], !isWrapped(entry.key, in: sealed) else { continue }
      if !keys.contains(where: { $0.id == entry.key }) {
        throw SealError.otherKey(needed: entry.key, given: keys.map(\.id))
      }
    }
  }

  /// The secrets of these digests, as far as they are sealed.
  ///
  /// - Throws: `SealError`; what the key service throws.
  func open(_ digests: Set<String>, in sealed: SealedSecrets, of place: SealPlace) async throws
    -> [String: String]
  {
    try check(digests, in: sealed)
    var texts: [String: String] = [:]
    var known = Dictionary(keys.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for digest in digests.sorted() {
      guard let entry = sealed.entries[digest] else { continue }
      if known[entry.key] == nil {
        known[entry.key] = try await unwrap(entry.key, in: sealed, of: place)
      }
      guard let text = known[entry.key]?.open(entry, of: place, digest: digest) else {
        throw SealError.altered(digest: digest, key: entry.key)
      }
      texts[digest] = text
    }
    return texts
  }

  /// The sealed secrets with these texts among them; nil where nothing has to be added. What is
  /// sealed with the present key stays as it is; what another key at hand sealed is sealed anew.
  ///
  /// - Throws: what the key service or the cipher throws.
  func seal(_ texts: [String: String], into sealed: SealedSecrets, of place: SealPlace) async throws
    -> SealedSecrets?
  {
    guard canSeal else { return nil }
    var open = texts
    for key in keys {
      for (digest, entry) in sealed.entries where entry.key == key.id && open[digest] == nil {
        // What was altered stays as it is; it is told where it is needed.
        open[digest] = key.open(entry, of: place, digest: digest)
      }
    }
    open = open.filter { digest, _ in
      sealed.entries[digest].map { !isPresent($0.key, in: sealed) } ?? true
    }
    if open.isEmpty { return nil }
    var result = sealed
    let key = try await presentKey(&result, of: place)
    for (digest, text) in open {
      result.entries[digest] = try key.seal(text, for: place, digest: digest)
    }
    return result
  }

  private func isWrapped(_ id: String, in sealed: SealedSecrets) -> Bool {
    service != nil && sealed.wrappedKeys[id] != nil
  }

  /// Whether the key of this identifier is the one that seals.
  private func isPresent(_ id: String, in sealed: SealedSecrets) -> Bool {
    guard let name = service?.keyName else { return id == keys.first?.id }
    return sealed.wrappedKeys[id]?.name == name
  }

  /// The key that seals; one that has to be made is put beside the secrets.
  private func presentKey(_ sealed: inout SealedSecrets, of place: SealPlace) async throws
    -> StateKey
  {
    guard let service, service.keyName != nil else {
      guard let key = keys.first else { preconditionFailure("nothing is sealed without a key") }
      return key
    }
    let present = sealed.wrappedKeys.keys.sorted().first { isPresent($0, in: sealed) }
    if let present { return try await unwrap(present, in: sealed, of: place) }
    let made = try await service.makeKey(context: place.context)
    guard let key = StateKey(made.key) else { throw SealError.notAKey(made.wrapped.name) }
    sealed.wrappedKeys[key.id] = made.wrapped
    return key
  }

  private func unwrap(_ id: String, in sealed: SealedSecrets, of place: SealPlace) async throws
    -> StateKey
  {
    guard let service, let wrapped = sealed.wrappedKeys[id] else {
      throw SealError.otherKey(needed: id, given: keys.map(\.id))
    }
    let key = StateKey(try await service.open(wrapped, context: place.context))
    guard let key, key.id == id else { throw SealError.notAKey(wrapped.name) }
    return key
  }
}

/// A state key that sealed a secret and is not at hand.
public struct MissingKey: Hashable, Sendable, Comparable {
  /// Which key it is.
  public let id: String
  /// The key of the key service that encrypted it; nil where it is kept by people.
  public let service: String?

  /// A key, and the one of the service that encrypted it.
  public init(id: String, service: String? = nil) {
    self.id = id
    self.service = service
  }

  /// By identifier.
  public static func < (one: MissingKey, other: MissingKey) -> Bool { one.id < other.id }
}

/// Why sealed secrets cannot be opened.
public enum SealError: Error, Hashable, Sendable {
  /// They were sealed with a key that is not at hand.
  case otherKey(needed: String, given: [String])
  /// The entry is not as the key has sealed it, or was sealed for another place.
  case altered(digest: String, key: String)
  /// What the key service gave for its key of this name is not the state key that it was.
  case notAKey(String)
}
