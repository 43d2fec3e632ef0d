internal import CurlTransport
internal import Model

/// Errors of the JSON protocols.
struct JSONFailure {
  let description: APIDescription
  let keepsUnknown: Bool
  let isREST: Bool

  /// What the response says: the code in a header or in the body, with or without a namespace.
  func read(_ response: HTTPResponse, _ operation: APIOperation) -> WireFailure {
    let body = (try? JSONReader.read(response.body)) ?? Value.null
    func text(_ names: String...) -> String? { names.lazy.compactMap { body[$0]?.string }.first }
    var failure = WireFailure()
    let codes = [
      response.header("x-amzn-errortype"), text("__type"), text("code"), text("Code"),
    ]
    failure.code = codes.lazy.compactMap { $0.map(Self.shortened) }.first { !$0.isEmpty }
    let shape = description.error(failure.code, of: operation)
    // Services that once spoke Query keep the code of those days here: "Code;Sender".
    if let parts = response.header("x-amzn-query-error")?.split(separator: ";"), parts.count == 2 {
      failure.code = String(parts[0])
    }
    failure.message = text("message", "Message", "errorMessage") ?? ""
    failure.requestID = response.requestID
    failure.members = members(
      body, response, shape ?? description.error(failure.code, of: operation))
    return failure
  }

  private func members(_ body: Value, _ response: HTTPResponse, _ shape: Member?) -> Value {
    guard let shape else { return keepsUnknown ? body.withoutEnvelope(nil) : [:] }
    let structure = description.structure(of: shape)
    let decoding = JSONDecoding(description: description, keepsUnknown: keepsUnknown)
    let members = (try? decoding.read(response.body, as: shape))?.withoutEnvelope(structure) ?? [:]
    guard isREST, let structure else { return members }
    let binding = ResponseBinding(
      description: description, isXML: false, keepsUnknown: keepsUnknown)
    return .map(binding.located(response, structure, into: members.map ?? [:]))
  }

  /// `com.amazonaws.sns#NotFound:http://internal/` is `NotFound`.
  private static func shortened(_ code: String) -> String {
    let withoutLink = code.split(separator: ":", maxSplits: 1).first ?? ""
    return String(withoutLink.split(separator: "#").last ?? "")
  }
}

extension Value {
  /// The members of an error but those that say what every error says, unless its type has them;
  /// what is no map has none.
  func withoutEnvelope(_ structure: Shape.Structure?) -> Value {
    let envelope: Set = [
      "__type", "code", "message", "Code", "Message", "Type", "RequestId", "HostId",
    ]
    return .map((map ?? [:]).filter { structure?[$0.key] != nil || !envelope.contains($0.key) })
  }
}

extension APIDescription {
  /// The error of that code: one that the operation names, or else any that the service has.
  func error(_ code: String?, of operation: APIOperation) -> Member? {
    guard let code else { return nil }
    return operation.errors.first {
      shape(of: $0).error?.code == code || shape(of: $0).name == code
    } ?? errorsByCode[code]
  }
}

extension HTTPResponse {
  /// The ID that the service gave the request, from its headers.
  var requestID: String? {
    header("x-amzn-requestid") ?? header("x-amz-request-id") ?? header("x-amzn-request-id")
  }
}
