internal import CurlTransport
package import Foundation
package import Model

/// A service that somebody else describes: drives the wire layer from outside, byte by byte, through
/// the same code that a client's calls take.
package struct DescribedService {
  /// A request as it would be signed and sent.
  package struct Request {
    /// The method.
    package let method: String
    /// Path and query, percent-encoded.
    package let uri: String
    /// The host, with what the operation puts before it.
    package let host: String
    /// The header fields in order.
    package let headers: [(name: String, value: String)]
    /// The body.
    package let body: Data
  }

  /// What a response says.
  package enum Answer {
    /// The output of an operation that succeeded.
    case output(Value)
    /// The error of one that failed.
    case failure(code: String, message: String, members: Value)
  }

  private let description: APIDescription
  private let language: WireProtocol

  /// Reads an API description in botocore's format; `language` is one of its protocols' names.
  package init(model: OrderedJSON, language: String) throws(WireFault) {
    do {
      description = try APIDescription(json: model)
    } catch {
      throw WireFault(message: error.message)
    }
    // Suites name versions of a protocol too: "json_1_0".
    let name = language.hasPrefix("json") ? "json" : language.replacing("_", with: "-")
    guard let language = WireProtocol(rawValue: name) else {
      throw WireFault(message: "\"\(language)\" is no protocol that is spoken here")
    }
    self.language = language
  }

  /// The request that asks for an operation at an endpoint; without one, where AWS has the service.
  /// Maps keep the order that they have in `params`, because suites compare bytes.
  ///
  /// - Throws: `WireFault` where the input breaks the description's rules.
  package func request(
    _ operation: String, _ params: OrderedJSON, endpoint: String?
  ) throws(WireFault) -> Request {
    let call: PreparedCall
    do {
      call = try PreparedCall(
        service: description.metadata.endpointPrefix, operation: operation, input: params.value,
        region: "us-east-1", description: description,
        catalog: ServiceCatalog(), language: language, order: MapOrder(of: params),
        endpoints: EndpointSettings(url: endpoint),
        makeToken: { "00000000-0000-4000-8000-000000000000" })
    } catch {
      throw WireFault(message: "\(error.code): \(error.message)")
    }
    let query = call.request.encodedQuery
    var headers = call.headers.map { (name: $0.name, value: $0.value) }
    let length = call.request.body.count
    // The transport says it otherwise.
    if length > 0, !call.headers.contains(where: { $0.isNamed("Content-Length") }) {
      headers.append((name: "Content-Length", value: "\(length)"))
    }
    return Request(
      method: call.request.method, uri: call.path + (query.isEmpty ? "" : "?\(query)"),
      host: call.host, headers: headers, body: call.request.body)
  }

  /// What the response to an operation says, as far as the description knows it.
  ///
  /// - Throws: `WireFault` where the response makes no sense.
  package func answer(
    _ operation: String, status: Int, headers: [(name: String, value: String)], body: Data
  ) throws(WireFault) -> Answer {
    guard let operation = description.operations[operation] else {
      throw WireFault(message: "the model has no operation \(operation)")
    }
    let response = HTTPResponse(
      status: status, headers: headers.map { HTTPHeader(name: $0.name, value: $0.value) },
      body: body)
    guard !language.isFailure(response) else {
      let failure = language.failure(response, operation, in: description, keepsUnknown: false)
      return .failure(
        code: failure.code ?? "\(status)", message: failure.message, members: failure.members)
    }
    return .output(
      try language.output(response, operation, in: description, keepsUnknown: false))
  }
}
