internal import Crypto
internal import Foundation

/// The keys that signatures are made with, ready to authenticate. One serves a day, a region and a
/// service, so that they are kept: making one costs more than the signature itself.
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

  private let known = Locked<[Scope: HMAC<SHA256>]>([:])

  /// The key of a scope.
  func key(_ scope: Scope) -> HMAC<SHA256> {
    if let key = known.withLock({ $0[scope] }) { return key }
    var key = HMAC<SHA256>(key: SymmetricKey(data: Data("AWS4\(scope.secretAccessKey)".utf8)))
    for step in [scope.day, scope.region, scope.service, "aws4_request"] {
      key = HMAC(key: SymmetricKey(data: Self.authenticate(Array(step.utf8), with: key)))
    }
    let made = key
    known.withLock { known in
      if known.count >= Self.capacity { known = [:] }
      known[scope] = made
    }
    return made
  }

  /// The code that shows that a text comes from who has the key.
  static func authenticate(_ text: [UInt8], with key: HMAC<SHA256>) -> HMAC<SHA256>.MAC {
    var authenticator = key
    authenticator.update(data: text)
    return authenticator.finalize()
  }
}
