public import CurlTransport
public import Model

/// Calls AWS's services: an operation is data from API descriptions, an input and an output a `Value`.
///
/// Numbers are exact, times are seconds since 1970, bytes are `.bytes`. Members that a description
/// does not know are kept in outputs and sent in inputs, so that what is read can be changed and
/// written back whole. Every failure is an `AWSError`, or `CancellationError`.
public final class AWSClient: Sendable {
  let configuration: AWSConfiguration
  let transport: any HTTPTransport
  private let catalog = ServiceCatalog()
  let credentials: CredentialCache
  let quota = RetryQuota()
  let rates: RateLines
  let deadlines: DeadlineWatch
  let signingKeys = SigningKeys()
  /// How far the server's clock is ahead of ours, in seconds.
  let clockSkew = Locked(0.0)
  private let counted: Locked<RequestStatistics>
  /// What providers of credentials may use. What they call is counted and told of like all calls.
  let credentialContext: CredentialContext

  /// A client; nothing is read or sent before the first call.
  public init(configuration: AWSConfiguration, transport: any HTTPTransport) {
    self.configuration = configuration
    self.transport = transport
    credentials = CredentialCache(configuration.credentials)
    rates = RateLines(configuration)
    deadlines = DeadlineWatch(now: configuration.now, sleep: configuration.watch)
    let counted = Locked(RequestStatistics())
    self.counted = counted
    var settings = configuration
    settings.onCall = { trace in
      counted.withLock { $0.count(trace) }
      configuration.onCall?(trace)
    }
    credentialContext = CredentialContext(configuration: settings, transport: transport)
  }

  /// What has been sent so far, calls for credentials among it.
  public var statistics: RequestStatistics { counted.withLock { $0 } }

  /// Calls an operation of a service; `service` is botocore's name, such as `ecs`.
  public func call(
    _ service: String, _ operation: String, _ input: Value = [:], region: String? = nil
  ) async throws -> Value {
    try Task.checkCancellation()
    let call = try PreparedCall(
      service: service, operation: operation, input: input,
      region: region ?? configuration.region, catalog: catalog, configuration: configuration)
    let ended = await end(of: call)
    finish(ended)
    return try ended.result.get()
  }

  /// Calls an operation for every page, and gives the elements of the output's `items` of all pages;
  /// `items` may be a path: `DistributionList.Items`.
  public func all(
    _ service: String, _ operation: String, _ input: Value = [:], items: String,
    region: String? = nil
  ) async throws -> [Value] {
    var walk = PageWalk(
      service: service, operation: operation, in: catalog.description(of: service))
    var found: [Value] = []
    var next: Value? = input
    while let page = next {
      let output = try await call(service, operation, page, region: region)
      found += OutputPath(items).value(in: output)?.list ?? []
      next = try walk.input(after: output, of: page)
    }
    return found
  }

  /// Who AWS says is calling.
  public func callerIdentity() async throws -> (account: String, arn: String) {
    let identity = try await call("sts", "GetCallerIdentity")
    guard let account = identity["Account"]?.string, let arn = identity["Arn"]?.string else {
      throw AWSError(
        service: "sts", operation: "GetCallerIdentity", code: "GarbledResponse",
        message: "the response names no account", kind: .garbledResponse)
    }
    return (account, arn)
  }

  private func finish(_ call: EndedCall) {
    let trace = call.record.trace(
      errorCode: call.error.map { ($0 as? AWSError)?.code ?? "Cancelled" },
      end: configuration.now())
    credentialContext.configuration.onCall?(trace)
  }
}
