internal import Crypto
internal import Foundation
public import Model

extension Plan {
  /// What identifies the plan: equal for plans that do the same to the same live values from the
  /// same policy and state, whenever they were made, and whether or not what they replace can be
  /// sealed there.
  ///
  /// - Throws: `EncodingError`.
  public func digest() throws -> String {
    var timeless = self
    timeless.time = Date(timeIntervalSince1970: 0)
    timeless.problems.removeAll { $0.code == .unsealedSecret }
    return sha256(try CanonicalJSON.encode(timeless))
  }
}

/// The digest of data, as Weir writes it.
func sha256(_ data: Data) -> String {
  "sha256:"
    + SHA256.hash(data: data).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
}
