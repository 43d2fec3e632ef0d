public import Foundation

/// A service that keeps a key to itself and encrypts other keys with it, such as AWS KMS.
public protocol KeyService: Sendable {
  /// The key that the project names, an alias or an ARN; nil where it names none, and the service
  /// only opens what lies there.
  var keyName: String? { get }

  /// Makes a key of 32 bytes.
  ///
  /// - Parameter context: what must be said again to open it.
  /// - Throws: what the service throws.
  /// - Returns: the key, and the same encrypted.
  func makeKey(context: [String: String]) async throws -> (
    key: Data, wrapped: SealedSecrets.WrappedKey
  )

  /// Opens a key that was made before.
  ///
  /// - Throws: what the service throws, also where the context is another one.
  func open(_ wrapped: SealedSecrets.WrappedKey, context: [String: String]) async throws -> Data
}
