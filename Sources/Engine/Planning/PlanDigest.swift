internal import Crypto
internal import Foundation
public import Model

extension Plan {
  /// What identifies the plan: equal for plans that do the same to the same live values from the
  /// same policy and state, whenever they were made.
  ///
  /// - Throws: `EncodingError`.
  public func digest() throws -> String {
    let timeless = Plan(
      goal: goal, environment: environment, policy: policy, state: state,
      selection: selection, time: Date(timeIntervalSince1970: 0), changes: changes, drift: drift,
      refreshed: refreshed,
      resourceCount: resourceCount, problems: problems)
    let hash = SHA256.hash(data: try CanonicalJSON.encode(timeless))
    return "sha256:"
      + hash.map { byte in
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
  }
}
