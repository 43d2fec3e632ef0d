/// What is told of a call when it has ended: nothing that was sent or received.
public struct CallTrace: Hashable, Sendable {
  /// The service, by botocore's name.
  public let service: String
  /// The operation that was called.
  public let operation: String
  /// The region that was called.
  public let region: String
  /// Whether that is another region than the client's own.
  public let isElsewhere: Bool
  /// The status of the last response; nil where there was none.
  public let status: Int?
  /// The code of the error that the call ended with.
  public let errorCode: String?
  /// The service's ID of the last request.
  public let requestID: String?
  /// How many requests were sent.
  public let tries: Int
  /// How many of them were throttled.
  public let throttles: Int
  /// Bytes of bodies, sent and received.
  public let bytes: Int
  /// How long the call waited for its turn, in seconds, so that the service's rate is kept to.
  public let waited: Double
  /// From the call to its end, pauses and turns included.
  public let seconds: Double
}
