public import Foundation

/// How a client reaches AWS: where, as whom, and how patiently.
///
/// Time, chance and waiting are in here, so that tests need none of them.
public struct AWSConfiguration: Sendable {
  /// The region of calls that name none.
  public var region: String
  /// Where credentials come from.
  public var credentials: any CredentialProvider
  /// Where services are.
  public var endpoints: EndpointSettings
  /// How often and how patiently calls are tried.
  public var retry: RetrySettings
  /// How many requests are sent in what time.
  public var rates = RateSettings()
  /// How long a call may take in all its tries, in seconds, from when its first request may be sent.
  public var callTimeout: Double? = 120
  /// A PEM file of trusted certificates in place of the system's, which whoever makes the transport
  /// gives to it.
  public var caBundle: String?
  /// When every call ends, whatever it is doing: the deadline of a command.
  public var deadline: Date?
  /// The clock.
  public var now: @Sendable () -> Date = { Date() }
  /// Waits for a number of seconds, or ends with `CancellationError`.
  public var sleep: @Sendable (Double) async throws -> Void = {
    try await Task.sleep(for: .seconds($0))
  }
  /// Waits likewise beside calls, to end them at their deadlines.
  public var watch: @Sendable (Double) async throws -> Void = {
    try await Task.sleep(for: .seconds($0))
  }
  /// A number from 0 up to 1.
  public var random: @Sendable () -> Double = { Double.random(in: 0..<1) }
  /// A new idempotency token.
  public var makeToken: @Sendable () -> String = { UUID().uuidString.lowercased() }
  /// Is told of each call that has ended.
  public var onCall: (@Sendable (CallTrace) -> Void)?

  /// Settings without any file or variable.
  public init(
    region: String, credentials: any CredentialProvider,
    endpoints: EndpointSettings = EndpointSettings(), retry: RetrySettings = RetrySettings(),
    onCall: (@Sendable (CallTrace) -> Void)? = nil
  ) {
    self.region = region
    self.credentials = credentials
    self.endpoints = endpoints
    self.retry = retry
    self.onCall = onCall
  }
}
