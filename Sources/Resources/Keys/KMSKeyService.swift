public import AWSClient
public import Foundation
public import Model

/// AWS KMS as the service that keeps the key of the state to itself. Asked only when a key has to be
/// made or opened, and once for each.
public actor KMSKeyService: KeyService {
  /// The key that the project names.
  public nonisolated let keyName: String?
  private let client: AWSClient
  private var opened: [SealedSecrets.WrappedKey: Data] = [:]

  /// KMS with the key of this alias or ARN; nil where none is named.
  public init(client: AWSClient, keyName: String?) {
    self.client = client
    self.keyName = keyName
  }

  /// Makes a key: GenerateDataKey.
  ///
  /// - Throws: `AWSError`, `CancellationError`.
  public func makeKey(context: [String: String]) async throws -> (
    key: Data, wrapped: SealedSecrets.WrappedKey
  ) {
    guard let keyName else { preconditionFailure("no key is made where the project names none") }
    let answer = try await call(
      "GenerateDataKey", key: keyName, context: context, ["KeySpec": "AES_256"])
    guard case .bytes(let key)? = answer["Plaintext"],
      case .bytes(let wrapped)? = answer["CiphertextBlob"], let arn = answer["KeyId"]?.string
    else { throw garbled("GenerateDataKey") }
    let result = SealedSecrets.WrappedKey(name: keyName, arn: arn, wrapped: wrapped)
    opened[result] = key
    return (key, result)
  }

  /// Opens a key: Decrypt, with the key that encrypted it and no other.
  ///
  /// - Throws: `AWSError`, `CancellationError`.
  public func open(_ wrapped: SealedSecrets.WrappedKey, context: [String: String]) async throws
    -> Data
  {
    if let key = opened[wrapped] { return key }
    let answer = try await call(
      "Decrypt", key: wrapped.arn, context: context, ["CiphertextBlob": .bytes(wrapped.wrapped)])
    guard case .bytes(let key)? = answer["Plaintext"] else { throw garbled("Decrypt") }
    opened[wrapped] = key
    return key
  }

  private func call(
    _ operation: String, key: String, context: [String: String], _ members: [String: Value]
  ) async throws -> Value {
    let input: [String: Value] = [
      "KeyId": .string(key), "EncryptionContext": .map(context.mapValues(Value.string)),
    ]
    return try await client.call(
      "kms", operation, .map(input.merging(members) { $1 }), region: region(of: key))
  }

  /// The region that an ARN names: `arn:aws:kms:REGION:ACCOUNT:key/ID`; nil for an alias.
  private func region(of key: String) -> String? {
    let parts = key.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count > 3 && parts[0] == "arn" ? String(parts[3]) : nil
  }

  private func garbled(_ operation: String) -> AWSError {
    AWSError(
      service: "kms", operation: operation, code: "GarbledResponse",
      message: "the response holds no key", kind: .garbledResponse)
  }
}
