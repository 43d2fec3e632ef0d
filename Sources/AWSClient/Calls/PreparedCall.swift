internal import Crypto
internal import CurlTransport
internal import Foundation
internal import Model

/// A call that is checked, serialized and addressed: all that does not change from try to try.
struct PreparedCall {
  let service: String
  let region: String
  let operation: APIOperation
  let description: APIDescription
  let language: WireProtocol
  let endpoint: Endpoint
  let request: WireRequest
  /// The host that the request goes to.
  let host: String
  /// The path that the request goes to, percent-encoded.
  let path: String
  /// Whether doing it twice is doing it once.
  let isIdempotent: Bool

  /// Checks an input, writes the request and finds where it goes.
  ///
  /// - Throws: `AWSError`, without anything sent.
  init(
    service: String, operation name: String, input: Value, region: String,
    catalog: ServiceCatalog, configuration: AWSConfiguration
  ) throws(AWSError) {
    func refusal(_ code: String, _ message: String) -> AWSError {
      AWSError(
        service: service, operation: name, code: code, message: message, kind: .invalidInput,
        region: region)
    }
    guard let description = catalog.description(of: service),
      let operation = description.operations[name]
    else { throw refusal("UnknownOperation", "Weir has no description of \(service) \(name)") }
    guard let language = WireProtocol(description.metadata) else {
      throw refusal("UnknownProtocol", "Weir speaks no protocol of \(service)")
    }
    let (prepared, violations) = InputPreparation.prepare(
      input, for: operation, in: description, makeToken: configuration.makeToken)
    guard violations.isEmpty else {
      let listed = violations.map(\.description).joined(separator: "; ")
      throw refusal("InvalidInput", listed)
    }
    do {
      request = try language.request(operation, prepared, in: description)
    } catch {
      throw refusal("InvalidInput", error.message)
    }
    do {
      endpoint = try EndpointResolver.resolve(
        description.metadata, region: region, settings: configuration.endpoints)
    } catch {
      throw refusal("InvalidEndpoint", error.message)
    }
    let isS3 = description.metadata.signsAsS3
    let place =
      isS3
      ? S3Addressing.place(
        path: request.path, bucket: prepared["Bucket"]?.string, endpoint: endpoint)
      : (host: endpoint.host, path: request.path)
    // An address has no names below it, so a host prefix cannot go there.
    host = (endpoint.isAddress ? "" : request.hostPrefix) + place.host
    path = endpoint.basePath + place.path
    isIdempotent = operation.isIdempotent(in: description, service: service)
    self.service = service
    self.region = region
    self.operation = operation
    self.description = description
    self.language = language
  }

  /// The request, signed.
  func signed(by credentials: Credentials, at date: Date) -> HTTPRequest {
    var headers = request.headers
    headers.append(HTTPHeader(name: "Host", value: host))
    if operation.needsChecksum {
      let digest = Insecure.MD5.hash(data: request.body)
      headers.append(HTTPHeader(name: "Content-MD5", value: Data(digest).base64EncodedString()))
    }
    let query = request.encodedQuery
    let signer = SigV4(
      credentials: credentials, region: endpoint.signingRegion, service: endpoint.signingName,
      date: date, isS3: description.metadata.signsAsS3)
    let signature = signer.sign(
      SigV4.Message(
        method: request.method, path: path, query: query, headers: headers, body: request.body))
    return HTTPRequest(
      method: request.method,
      url: "\(endpoint.scheme)://\(host)\(path)\(query.isEmpty ? "" : "?\(query)")",
      headers: signature.headers, body: request.body)
  }
}
