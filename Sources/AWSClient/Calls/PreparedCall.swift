internal import Crypto
internal import CurlTransport
internal import Foundation
internal import Model

/// A call that is checked, serialized and addressed: all that does not change from try to try.
///
/// A class, because its tries, its record and the reading of its responses share it.
final class PreparedCall: Sendable {
  let service: String
  let region: String
  let operation: APIOperation
  let description: APIDescription
  let language: WireProtocol
  let endpoint: Endpoint
  let request: WireRequest
  /// All header fields but `Host` and those of the signature.
  let headers: [HTTPHeader]
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
    description: APIDescription?, catalog: ServiceCatalog, language: WireProtocol? = nil,
    order: MapOrder = .alphabetical,
    endpoints: EndpointSettings, makeToken: @escaping () -> String
  ) throws(AWSError) {
    func refusal(_ code: String, _ message: String) -> AWSError {
      AWSError(
        service: service, operation: name, code: code, message: message, kind: .invalidInput,
        region: region)
    }
    guard let description, let operation = description.operations[name] else {
      throw refusal("UnknownOperation", "Weir has no description of \(service) \(name)")
    }
    guard let language = language ?? WireProtocol(description.metadata) else {
      throw refusal("UnknownProtocol", "Weir speaks no protocol of \(service)")
    }
    let (prepared, violations) = InputPreparation.prepare(
      input, for: operation, in: description, makeToken: makeToken)
    guard violations.isEmpty else {
      let listed = violations.map(\.description).joined(separator: "; ")
      throw refusal("InvalidInput", listed)
    }
    do {
      request = try language.request(operation, prepared, in: description, order: order)
    } catch {
      throw refusal("InvalidInput", error.message)
    }
    do {
      endpoint = try catalog.endpoint(
        of: service, description.metadata, region: region, settings: endpoints)
    } catch {
      throw refusal("InvalidEndpoint", error.message)
    }
    let isS3 = description.metadata.signsAsS3
    let place =
      isS3
      ? S3Addressing.place(
        path: request.path, bucket: prepared["Bucket"]?.string, endpoint: endpoint,
        usesPathStyle: endpoints.usesPathStyle)
      : (host: endpoint.host, path: request.path)
    // An address has no names below it, so a host prefix cannot go there.
    let hasPrefix =
      !request.hostPrefix.isEmpty && !endpoint.isAddress && !endpoints.omitsHostPrefix
    host = hasPrefix ? request.hostPrefix + place.host : place.host
    path = endpoint.basePath + place.path
    headers = request.headers + Self.checksum(of: request, for: operation)
    isIdempotent = operation.isIdempotent(in: description, service: service)
    self.service = service
    self.region = region
    self.operation = operation
    self.description = description
    self.language = language
  }

  /// The header of the body's checksum, where the operation wants one and the caller gave none.
  private static func checksum(
    of request: WireRequest, for operation: APIOperation
  ) -> [HTTPHeader] {
    guard operation.needsChecksum,
      !request.headers.contains(where: { $0.isNamed("Content-MD5") })
    else { return [] }
    let digest = Insecure.MD5.hash(data: request.body)
    return [HTTPHeader(name: "Content-MD5", value: Data(digest).base64EncodedString())]
  }

  /// The request, signed; `keys` are those of earlier signatures.
  func signed(by credentials: Credentials, at date: Date, keys: SigningKeys) -> HTTPRequest {
    let headers = headers + [HTTPHeader(name: "Host", value: host)]
    let query = request.encodedQuery
    let signer = SigV4(
      credentials: credentials, region: endpoint.signingRegion, service: endpoint.signingName,
      date: date, isS3: description.metadata.signsAsS3, keys: keys)
    let signature = signer.sign(
      SigV4.Message(
        method: request.method, path: path, query: query, headers: headers, body: request.body))
    return HTTPRequest(
      method: request.method,
      url: "\(endpoint.scheme)://\(host)\(path)\(query.isEmpty ? "" : "?\(query)")",
      headers: signature.headers, body: request.body)
  }
}

extension PreparedCall {
  /// A call of a service of the catalog, with a client's settings.
  ///
  /// - Throws: `AWSError`, without anything sent.
  convenience init(
    service: String, operation: String, input: Value, region: String, catalog: ServiceCatalog,
    configuration: AWSConfiguration
  ) throws(AWSError) {
    try self.init(
      service: service, operation: operation, input: input, region: region,
      description: catalog.description(of: service), catalog: catalog,
      endpoints: configuration.endpoints,
      makeToken: configuration.makeToken)
  }
}
