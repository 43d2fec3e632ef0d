/// How an apply ended for one resource.
public struct ChangeOutcome: Hashable, Sendable, Codable {
  /// What became of the change.
  public enum Result: Hashable, Sendable, Codable {
    /// It was made and read back.
    case applied
    /// AWS refused it, or it did not show when it was read back.
    case failed(String)
    /// It was not tried, because this failed before it or the apply was interrupted.
    case skipped(String)
  }

  /// Which resource.
  public let address: Address
  /// What was to be done.
  public let action: Change.Action
  /// What became of it.
  public let result: Result

  /// The outcome of one change.
  public init(address: Address, action: Change.Action, result: Result) {
    self.address = address
    self.action = action
    self.result = result
  }
}

extension ChangeOutcome.Result {
  private enum Key: String, CodingKey { case status, message }

  /// Reads `{"status": "applied" | "failed" | "skipped", "message": …}`.
  ///
  /// - Throws: `DecodingError`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let message = try container.decodeIfPresent(String.self, forKey: .message) ?? ""
    switch try container.decode(String.self, forKey: .status) {
    case "applied": self = .applied
    case "failed": self = .failed(message)
    case "skipped": self = .skipped(message)
    case let other:
      throw DecodingError.dataCorruptedError(
        forKey: .status, in: container, debugDescription: "unknown status \(other)")
    }
  }

  /// Writes the result flat.
  ///
  /// - Throws: `EncodingError`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .applied: try container.encode("applied", forKey: .status)
    case .failed(let message):
      try container.encode("failed", forKey: .status)
      try container.encode(message, forKey: .message)
    case .skipped(let message):
      try container.encode("skipped", forKey: .status)
      try container.encode(message, forKey: .message)
    }
  }
}
