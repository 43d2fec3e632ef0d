public import Model

/// Calls operations of AWS. Resource types know AWS only through this.
public protocol AWSCaller: Sendable {
  /// Calls an operation once.
  ///
  /// - Throws: an `AWSFailure` where AWS refuses; what the transport throws; `CancellationError`.
  func call(_ service: String, _ operation: String, _ input: Value) async throws -> Value

  /// Calls an operation once in a region; nil is the caller's own.
  ///
  /// - Throws: as `call`.
  func call(_ service: String, _ operation: String, _ input: Value, region: String?) async throws
    -> Value

  /// Calls a listing operation until its last page, and gives the elements of all pages.
  ///
  /// - Throws: as `call`.
  func all(_ service: String, _ operation: String, _ input: Value, items: String) async throws
    -> [Value]
}

/// A refusal by AWS.
public protocol AWSFailure: Error {
  /// AWS's own name for what is wrong: `ClusterNotFoundException`.
  var code: String { get }
}

extension AWSCaller {
  /// Calls a listing operation until its last page; nothing where AWS says `code`.
  func all(
    _ service: String, _ operation: String, _ input: Value, items: String,
    noneIf code: String
  ) async throws -> [Value] {
    do {
      return try await all(service, operation, input, items: items)
    } catch let failure as any AWSFailure where failure.code == code {
      return []
    }
  }

  /// Calls an operation; nil where AWS says `code`.
  func call(
    _ service: String, _ operation: String, _ input: Value, nilIf code: String
  ) async throws -> Value? {
    do {
      return try await call(service, operation, input)
    } catch let failure as any AWSFailure where failure.code == code {
      return nil
    }
  }
}

extension AWSCaller {
  /// Calls an operation once, in the only region that there is.
  ///
  /// - Throws: as `call`.
  public func call(_ service: String, _ operation: String, _ input: Value, region: String?)
    async throws -> Value
  {
    try await call(service, operation, input)
  }
}
