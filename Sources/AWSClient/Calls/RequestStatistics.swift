/// How many requests a client has sent, by operation.
public struct RequestStatistics: Hashable, Sendable {
  /// The figures of one operation, or of all.
  public struct Figures: Hashable, Sendable {
    /// Calls that have ended.
    public var calls = 0
    /// Calls that ended with an error.
    public var failures = 0
    /// Requests sent.
    public var tries = 0
    /// Requests that were throttled.
    public var throttles = 0
    /// Bytes of bodies, sent and received.
    public var bytes = 0
    /// Time from call to end, summed over calls.
    public var seconds = 0.0

    static func + (left: Figures, right: Figures) -> Figures {
      Figures(
        calls: left.calls + right.calls, failures: left.failures + right.failures,
        tries: left.tries + right.tries, throttles: left.throttles + right.throttles,
        bytes: left.bytes + right.bytes, seconds: left.seconds + right.seconds)
    }
  }

  /// An operation of a service.
  public struct Key: Hashable, Sendable, Comparable {
    /// The service, by botocore's name.
    public let service: String
    /// The operation.
    public let operation: String

    /// By service, then by operation.
    public static func < (left: Key, right: Key) -> Bool {
      (left.service, left.operation) < (right.service, right.operation)
    }
  }

  /// The figures of each operation that was called.
  public private(set) var byOperation: [Key: Figures] = [:]

  /// The figures of all operations together.
  public var total: Figures { byOperation.values.reduce(Figures(), +) }

  /// Counts a call that has ended.
  mutating func count(_ call: CallTrace) {
    let figures = Figures(
      calls: 1, failures: call.errorCode == nil ? 0 : 1, tries: call.tries,
      throttles: call.throttles, bytes: call.bytes, seconds: call.seconds)
    let key = Key(service: call.service, operation: call.operation)
    byOperation[key] = (byOperation[key] ?? Figures()) + figures
  }
}
