import CurlTransport

/// A real transport for a machine of any speed: requests get this long, whatever limits they carry.
struct PatientTransport: HTTPTransport {
  private let transport: CurlTransport
  private let limit: Duration

  init(_ limit: Duration = .seconds(300)) {
    var configuration = CurlConfiguration()
    configuration.firstByteTimeout = limit
    configuration.stallTimeout = limit
    transport = CurlTransport(configuration: configuration)
    self.limit = limit
  }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    var request = request
    request.connectTimeout = limit
    request.totalTimeout = limit
    return try await transport.send(request)
  }
}
