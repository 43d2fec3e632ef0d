internal import CurlTransport
internal import Foundation
internal import Model

/// The protocols JSON 1.0 and 1.1: one path, the operation in a header, JSON both ways.
enum JSONRPC {
  /// The request that asks for an operation.
  static func request(
    _ operation: APIOperation, _ input: Value, in description: APIDescription
  ) throws(WireFault) -> WireRequest {
    let metadata = description.metadata
    var request = WireRequest(method: operation.method)
    request.headers = [
      HTTPHeader(name: "Content-Type", value: "application/x-amz-json-\(metadata.jsonVersion)"),
      HTTPHeader(name: "X-Amz-Target", value: "\(metadata.targetPrefix).\(operation.name)"),
    ]
    if metadata.isQueryCompatible {
      request.headers.append(HTTPHeader(name: "x-amzn-query-mode", value: "true"))
    }
    let body = operation.input.map { JSONEncoding(description: description).encode(input, as: $0) }
    request.body = JSONWriter.write(body ?? [:])
    return request
  }

  /// What a response holds. An empty body is an empty result only where nothing was asked for.
  static func output(
    _ response: HTTPResponse, _ member: Member, in description: APIDescription,
    keepsUnknown: Bool, mayBeEmpty: Bool
  ) throws(WireFault) -> Value {
    if response.body.isEmpty {
      let isExpected = description.structure(of: member)?.members.isEmpty ?? true
      guard mayBeEmpty || isExpected else { throw WireFault(message: "the body is empty") }
      return [:]
    }
    let output = try JSONDecoding(description: description, keepsUnknown: keepsUnknown)
      .read(response.body, as: member)
    guard case .map = output else { throw WireFault(message: "the body is no JSON object") }
    return output
  }
}
