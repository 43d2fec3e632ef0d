internal import Crypto
internal import Foundation

/// The keys that signatures are made with. One serves a day, a region and a service, so that they
/// are kept: making one costs as much as the signature itself.
final class SigningKeys: Sendable {
  /// What a key depends on.
  struct Scope: Hashable {
    let secretAccessKey: String
    let day: String
    let region: String
    let service: String
  }

  /// More are not kept; then all are made anew.
  private static let capacity = 64

  private let known = Locked<[Scope: SymmetricKey]>([:])

  /// The key of a scope.
  func key(_ scope: Scope) -> SymmetricKey {
    if let key = known.withLock({ $0[scope] }) { return key }
    var key = SymmetricKey(data: Data("AWS4\(scope.secretAccessKey)".utf8))
    for step in [scope.day, scope.region, scope.service, "aws4_request"] {
      key = SymmetricKey(data: Self.authenticate(step, with: key))
    }
    let made = key
    known.withLock { known in
      if known.count >= Self.capacity { known = [:] }
      known[scope] = made
    }
    return made
  }

  /// The code that shows that a text comes from who has the key.
  static func authenticate(_ text: String, with key: SymmetricKey) -> HMAC<SHA256>.MAC {
    HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)
  }
}
