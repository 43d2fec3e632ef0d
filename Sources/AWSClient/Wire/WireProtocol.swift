internal import CurlTransport
internal import Foundation
internal import Model

/// How a service wants its requests and writes its responses.
enum WireProtocol: String, Sendable {
  case json
  case restJSON = "rest-json"
  case restXML = "rest-xml"
  case query
  case ec2

  /// The first of a service's protocols that is spoken here.
  init?(_ metadata: APIDescription.Metadata) {
    guard let found = metadata.protocols.lazy.compactMap(WireProtocol.init(rawValue:)).first else {
      return nil
    }
    self = found
  }

  /// The request that asks for an operation.
  func request(
    _ operation: APIOperation, _ input: Value, in description: APIDescription,
    order: MapOrder = .alphabetical
  ) throws(WireFault) -> WireRequest {
    var request =
      switch self {
      case .json: try JSONRPC.request(operation, input, in: description)
      case .restJSON, .restXML:
        try RequestBinding(description: description, isXML: self == .restXML, order: order)
          .request(operation, input)
      case .query, .ec2:
        try FormEncoding(description: description, isEC2: self == .ec2, order: order)
          .request(operation, input)
      }
    request.hostPrefix = try hostPrefix(operation, input)
    return request
  }

  /// What a response that reports success holds.
  func output(
    _ response: HTTPResponse, _ operation: APIOperation, in description: APIDescription,
    keepsUnknown: Bool = true
  ) throws(WireFault) -> Value {
    guard let member = operation.output else { return [:] }
    switch self {
    case .json:
      return try JSONRPC.output(
        response, member, in: description, keepsUnknown: keepsUnknown,
        mayBeEmpty: !operation.isReadOnly)
    case .restJSON, .restXML:
      return try ResponseBinding(
        description: description, isXML: self == .restXML, keepsUnknown: keepsUnknown
      ).output(response, member)
    case .query, .ec2:
      let decoding = XMLDecoding(description: description, keepsUnknown: keepsUnknown)
      if let wrapper = operation.resultWrapper {
        return try decoding.read(response.body, as: member, wrapper: wrapper)
      }
      var output = try decoding.read(response.body, as: member).map ?? [:]
      for name in ["ResponseMetadata", "requestId", "RequestId"]
      where description.structure(of: member)?[name] == nil { output[name] = nil }
      return .map(output)
    }
  }

  /// Whether a response reports failure. S3 may fail after it has begun to say 200.
  func isFailure(_ response: HTTPResponse) -> Bool {
    guard (200..<300).contains(response.status) else { return true }
    return self == .restXML && XMLFailure.isFailure(response.body)
  }

  /// What a response that reports failure says; members that the error's description lacks are
  /// kept where that is asked for.
  func failure(
    _ response: HTTPResponse, _ operation: APIOperation, in description: APIDescription,
    keepsUnknown: Bool = true
  ) -> WireFailure {
    switch self {
    case .json, .restJSON:
      JSONFailure(description: description, keepsUnknown: keepsUnknown, isREST: self == .restJSON)
        .read(response, operation)
    case .restXML, .query, .ec2:
      XMLFailure(description: description, keepsUnknown: keepsUnknown, isREST: self == .restXML)
        .read(response, operation)
    }
  }

  /// What stands before the host's name: letters, digits, `-` and `.` only, so that no value of an
  /// input can name another host.
  private func hostPrefix(_ operation: APIOperation, _ input: Value) throws(WireFault) -> String {
    guard var prefix = operation.hostPrefix else { return "" }
    for (name, value) in input.map ?? [:] {
      guard prefix.contains("{\(name)}") else { continue }
      guard let text = value.string, text.wholeMatch(of: /[A-Za-z0-9.\-]+/) != nil else {
        throw WireFault(message: "\(name): cannot stand in a host's name")
      }
      prefix = prefix.replacingOccurrences(of: "{\(name)}", with: text)
    }
    guard !prefix.contains("{") else { throw WireFault(message: "a host label is missing") }
    return prefix
  }
}
