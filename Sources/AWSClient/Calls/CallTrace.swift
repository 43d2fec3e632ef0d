/// What is told of a call when it has ended: nothing that was sent or received.
public struct CallTrace: Hashable, Sendable {
  /// The service, by botocore's name.
  public let service: String
  /// The operation that was called.
  public let operation: String
  /// The region that was called.
  public let region: String
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
  /// From the call to its end, pauses included.
  public let seconds: Double
}
