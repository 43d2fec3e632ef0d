public import Model

/// A write that cannot be made because of what it asks for, not because AWS refuses it.
public struct ResourceError: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Code: String, Hashable, Sendable {
    /// The resource is not there any more.
    case missing
    /// The name has not the form that its type defines.
    case badName
    /// The type cannot do this: create a service, delete a bucket's lifecycle.
    case unsupported
    /// Only the digest of a secret is known, so that it cannot be sent.
    case unknownSecret
    /// AWS answered with something that its API description does not allow.
    case badAnswer
    /// Deleting it would delete what others made with it.
    case notEmpty
    /// Deleting it would take it from somebody who uses it.
    case inUse
    /// It did not come to rest in time.
    case unsettled
    /// An attribute has a value that cannot be sent.
    case badValue
  }

  /// What is wrong.
  public let code: Code
  /// Which resource.
  public let address: Address
  /// The cause, without secrets.
  public let message: String

  /// An error about `address`.
  public init(_ code: Code, _ address: Address, _ message: String) {
    self.code = code
    self.address = address
    self.message = message
  }
}
