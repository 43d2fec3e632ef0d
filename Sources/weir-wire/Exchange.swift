internal import AWSClient
internal import Foundation
internal import Model

/// One line in, one line out.
enum Exchange {
  /// The answer to a line, as JSON.
  static func answer(_ line: String) -> Data {
    do {
      return JSONWriter.write(try answer(OrderedJSON.read(line.utf8)))
    } catch {
      return JSONWriter.write(["exception": .string(error.message)])
    }
  }

  private static func answer(_ question: OrderedJSON) throws(WireFault) -> Value {
    switch question["kind"]?.string {
    case "serialize": try serialize(question)
    case "parse": try parse(question)
    case "sign": try sign(question)
    case "endpoint": try endpoint(question)
    case let kind?:
      throw WireFault(message: "\"\(kind)\" is no kind: serialize, parse, sign, endpoint")
    case nil: throw WireFault(message: "kind is missing")
    }
  }

  private static func serialize(_ question: OrderedJSON) throws(WireFault) -> Value {
    let request = try service(question).request(
      try text("operation", question), question["params"] ?? .map([]),
      endpoint: try optionalText("endpoint", question))
    var headers: [String: Value] = [:]
    for (name, value) in request.headers {
      headers[name] = .string((headers[name]?.string).map { "\($0), \(value)" } ?? value)
    }
    return [
      "method": .string(request.method), "uri": .string(request.uri),
      "host": .string(request.host), "headers": .map(headers), "body": .bytes(request.body),
    ]
  }

  private static func parse(_ question: OrderedJSON) throws(WireFault) -> Value {
    let response = question["response"] ?? .null
    guard let status = response["status"]?.value.int else {
      throw WireFault(message: "response.status is missing")
    }
    guard let body = Data(base64Encoded: response["body"]?.string ?? "") else {
      throw WireFault(message: "response.body is no Base64")
    }
    let headers = response["headers"]?.members.flatMap { header in
      header.value.texts.map { (name: header.name, value: $0) }
    }
    let answer = try service(question).answer(
      try text("operation", question), status: status, headers: headers ?? [], body: body)
    switch answer {
    case .output(let output): return ["output": output.plain]
    case .failure(let code, let message, let members):
      return [
        "error": [
          "code": .string(code), "message": .string(message), "members": members.plain,
        ]
      ]
    }
  }

  private static func sign(_ question: OrderedJSON) throws(WireFault) -> Value {
    let signing = try RawSigning(
      accessKey: try text("access_key", question), secretKey: try text("secret_key", question),
      token: try optionalText("token", question), region: try text("region", question),
      service: try text("service", question), timestamp: try text("timestamp", question))
    let steps = try signing.sign(try text("request", question))
    return [
      "canonical": .string(steps.canonicalRequest),
      "string_to_sign": .string(steps.stringToSign),
      "authorization": .string(steps.authorization),
    ]
  }

  private static func endpoint(_ question: OrderedJSON) throws(WireFault) -> Value {
    let variables = (question["environment"]?.members ?? []).compactMap { variable in
      variable.value.string.map { (variable.name, $0) }
    }
    let endpoint = try EndpointLookup(
      service: try text("service", question), region: try text("region", question),
      usesFIPS: question["fips"]?.value.bool, usesDualStack: question["dualstack"]?.value.bool,
      environment: Dictionary(variables, uniquingKeysWith: { _, last in last }))
    return [
      "url": .string(endpoint.url), "signing_region": .string(endpoint.signingRegion),
      "signing_name": .string(endpoint.signingName),
    ]
  }

  private static func service(_ question: OrderedJSON) throws(WireFault) -> DescribedService {
    guard let model = question["model"] else { throw WireFault(message: "model is missing") }
    return try DescribedService(model: model, language: try text("protocol", question))
  }

  private static func text(
    _ name: String, _ question: OrderedJSON
  ) throws(WireFault) -> String {
    guard let text = try optionalText(name, question) else {
      throw WireFault(message: "\(name) is missing")
    }
    return text
  }

  private static func optionalText(
    _ name: String, _ question: OrderedJSON
  ) throws(WireFault) -> String? {
    switch question[name] {
    case .string(let text): return text
    case nil, .null: return nil
    default: throw WireFault(message: "\(name) must be a text")
    }
  }
}
