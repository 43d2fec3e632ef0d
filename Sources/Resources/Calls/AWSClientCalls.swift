public import AWSClient
public import Model

extension AWSClient: AWSCaller {
  /// Calls an operation once in the client's region.
  ///
  /// - Throws: `AWSError`, `CancellationError`.
  public func call(_ service: String, _ operation: String, _ input: Value) async throws -> Value {
    try await call(service, operation, input, region: nil)
  }

  /// Calls a listing operation in the client's region until its last page.
  ///
  /// - Throws: `AWSError`, `CancellationError`.
  public func all(_ service: String, _ operation: String, _ input: Value, items: String)
    async throws -> [Value]
  {
    try await all(service, operation, input, items: items, region: nil)
  }
}

extension AWSError: AWSFailure {}
