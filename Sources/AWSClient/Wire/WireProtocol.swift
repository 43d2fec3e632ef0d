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
    _ operation: APIOperation, _ input: Value, in description: APIDescription
  ) throws(WireFault) -> WireRequest {
    var request =
      switch self {
      case .json: try JSONRPC.request(operation, input, in: description)
      case .restJSON, .restXML:
        try RequestBinding(description: description, isXML: self == .restXML)
          .request(operation, input)
      case .query, .ec2:
        try FormEncoding(description: description, isEC2: self == .ec2).request(operation, input)
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
      let root = try XMLDecoding.document(response.body)
      let decoding = XMLDecoding(description: description, keepsUnknown: keepsUnknown)
      guard let wrapper = operation.resultWrapper else {
        var output = decoding.decode([root], as: member).map ?? [:]
        for name in ["ResponseMetadata", "requestId", "RequestId"]
        where description.structure(of: member)?[name] == nil { output[name] = nil }
        return .map(output)
      }
      guard let result = root.child(wrapper) else {
        throw WireFault(message: "<\(wrapper)> is missing")
      }
      return decoding.decode([result], as: member)
    }
  }

  /// What a response that reports failure says.
  func failure(_ response: HTTPResponse) -> WireFailure {
    switch self {
    case .json, .restJSON: JSONFailure.read(response)
    case .restXML, .query, .ec2: XMLFailure.read(response)
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
