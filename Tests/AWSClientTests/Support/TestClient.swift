import CurlTransport
import Foundation
import Model
import Testing

@testable import AWSClient

/// A client on a fake transport, with a clock that stands still and pauses that are noted, not made.
struct TestClient {
  let client: AWSClient
  let transport: FakeTransport
  let pauses: Locked<[Double]>
  let traces: Locked<[CallTrace]>

  static let keys = Credentials(
    accessKeyID: "AKIDEXAMPLEAKID", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    sessionToken: "token-that-nobody-may-see")
  /// 2015-08-30T12:36:00Z.
  static let now = Date(timeIntervalSince1970: 1_440_938_160)

  init(
    _ answers: [FakeTransport.Answer],
    credentials: any CredentialProvider = StaticCredentials(keys),
    endpoints: EndpointSettings = EndpointSettings(), region: String = "us-east-1",
    adjust: (inout AWSConfiguration) -> Void = { _ in }
  ) {
    let pauses = Locked<[Double]>([])
    let traces = Locked<[CallTrace]>([])
    var configuration = AWSConfiguration(
      region: region, credentials: credentials, endpoints: endpoints)
    configuration.now = { Self.now }
    configuration.sleep = { seconds in pauses.withLock { $0.append(seconds) } }
    configuration.random = { 0.5 }
    configuration.makeToken = { "00000000-0000-4000-8000-000000000000" }
    configuration.onCall = { call in traces.withLock { $0.append(call) } }
    adjust(&configuration)
    transport = FakeTransport(answers)
    client = AWSClient(configuration: configuration, transport: transport)
    self.pauses = pauses
    self.traces = traces
  }

  /// The error of a call that must fail.
  func failure(
    _ service: String, _ operation: String, _ input: Value = [:]
  ) async -> AWSError? {
    do {
      _ = try await client.call(service, operation, input)
      return nil
    } catch {
      return error as? AWSError
    }
  }
}

/// A description with one operation `Do`, and the protocol's halves applied to it.
struct OneOperation {
  let description: APIDescription
  let language: WireProtocol
  let operation: APIOperation

  /// `shapes` is JSON with the shapes `In` and `Out` at least.
  init(
    _ language: WireProtocol, shapes: String, output: String = #"{"shape":"Out"}"#,
    http: String = #"{"method":"POST","requestUri":"/"}"#, endpoint: String = "{}"
  ) throws {
    let text = """
      {"metadata":{"protocol":"\(language.rawValue)","apiVersion":"2020-01-08","targetPrefix":"Target",
      "endpointPrefix":"svc","serviceId":"Svc","jsonVersion":"1.1"},
      "operations":{"Do":{"name":"Do","http":\(http),"endpoint":\(endpoint),"input":{"shape":"In"},"output":\(output)}},
      "shapes":{"S":{"type":"string"},"I":{"type":"integer"},"B":{"type":"boolean"},
      "D":{"type":"double"},"T":{"type":"timestamp"},"Blob":{"type":"blob"},
      "L":{"type":"list","member":{"shape":"S"}},"M":{"type":"map","key":{"shape":"S"},"value":{"shape":"S"}},
      \(shapes)}}
      """
    description = try APIDescription(text: text.utf8)
    self.language = language
    self.operation = try #require(description.operations["Do"])
  }

  /// The request of an input.
  func request(_ input: Value) throws -> WireRequest {
    let (prepared, violations) = InputPreparation.prepare(
      input, for: operation, in: description,
      makeToken: { "00000000-0000-4000-8000-000000000000" })
    guard violations.isEmpty else {
      throw WireFault(message: violations.map(\.description).joined(separator: "; "))
    }
    return try language.request(operation, prepared, in: description)
  }

  /// The output of a response.
  func output(
    _ body: String, status: Int = 200, headers: [String: String] = [:], keepsUnknown: Bool = true
  ) throws -> Value {
    let response = HTTPResponse(
      status: status, headers: headers.map { HTTPHeader(name: $0, value: $1) },
      body: Data(body.utf8))
    return try language.output(response, operation, in: description, keepsUnknown: keepsUnknown)
  }
}
