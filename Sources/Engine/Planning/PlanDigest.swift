internal import Crypto
internal import Foundation
public import Model

extension Plan {
  /// What identifies the plan: equal for plans that do the same to the same live values from the
  /// same policy and state, whenever they were made, and whether or not what they replace can be
  /// sealed there. What else AWS tells of a resource, such as its status or a revision, may move.
  ///
  /// - Throws: `EncodingError`.
  public func digest() throws -> String {
    var timeless = self
    timeless.time = Date(timeIntervalSince1970: 0)
    for index in timeless.changes.indices { timeless.changes[index].firings = nil }
    timeless.problems.removeAll { $0.code == .unsealedSecret }
    timeless.changes = timeless.changes.map(\.decisive)
    return sha256(try CanonicalJSON.encode(timeless))
  }
}

extension Change {
  /// The change without what AWS tells of the resource beside its attributes: that may move, and is
  /// read anew when the change is made.
  var decisive: Change {
    let before = before.map { LiveResource(attributes: $0.attributes) }
    var outcome = outcome
    outcome?.foundContext = [:]
    return Change(
      address: address, action: action, reason: reason, before: before, set: set,
      accepted: accepted, unset: unset, recorded: recorded, fields: fields, cost: cost,
      after: after, outcome: outcome, notes: notes, irreversible: irreversible)
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
