internal import CurlTransport
internal import Foundation
internal import Model

/// The REST protocols: an output gathered from status, headers and body.
struct ResponseBinding {
  let description: APIDescription
  let isXML: Bool
  let keepsUnknown: Bool

  /// What the response holds.
  func output(_ response: HTTPResponse, _ member: Member) throws(WireFault) -> Value {
    guard let structure = description.structure(of: member) else { return [:] }
    return .map(located(response, structure, into: try body(response, structure, member)))
  }

  /// The members that travel outside the body, added to those in it.
  func located(
    _ response: HTTPResponse, _ structure: Shape.Structure, into body: [String: Value]
  ) -> [String: Value] {
    var output = body
    for member in structure.members {
      switch member.location {
      case .statusCode: output[member.name] = Value(response.status)
      case .header:
        if let value = header(response, member) { output[member.name] = value }
      case .headers: output[member.name] = prefixed(response, member.locationName ?? "")
      case .querystring, .uri, nil: continue
      }
    }
    return output
  }

  private func body(
    _ response: HTTPResponse, _ structure: Shape.Structure, _ member: Member
  ) throws(WireFault) -> [String: Value] {
    if let payload = member.payload.flatMap({ structure[$0] }) {
      let shape = description.shape(of: payload)
      if shape.kind.isRawPayload {
        if response.body.isEmpty, !payload.isStreaming { return [:] }
        let isText = if case .string = shape.kind { true } else { false }
        let text = String(decoding: response.body, as: UTF8.self)
        return [payload.name: isText ? .string(text) : .bytes(response.body)]
      }
      guard !response.body.isEmpty else { return [:] }
      return [payload.name: try document(response.body, payload)]
    }
    guard !response.body.isEmpty,
      keepsUnknown || structure.members.contains(where: \.isInResponseBody)
    else { return [:] }
    switch try document(response.body, member) {
    case .map(let members): return members
    // Where nothing is expected in the body, whatever stands there is no loss.
    case let value where value.isNull || !structure.members.contains(where: \.isInResponseBody):
      return [:]
    default: throw WireFault(message: "the body is no JSON object")
    }
  }

  private func document(_ body: Data, _ member: Member) throws(WireFault) -> Value {
    if isXML {
      return try XMLDecoding(description: description, keepsUnknown: keepsUnknown)
        .read(body, as: member)
    }
    return try JSONDecoding(description: description, keepsUnknown: keepsUnknown)
      .read(body, as: member)
  }

  private func header(_ response: HTTPResponse, _ member: Member) -> Value? {
    guard let text = response.header(member.wireName) else { return nil }
    if member.isJSONValue, let data = Data(base64Encoded: text),
      let value: Value = try? JSONReader.read(data)
    {
      return value
    }
    guard case .list(let element) = description.shape(of: member).kind else {
      return ScalarText.read(text, description.types[member.shape].form)
    }
    let form = description.types[element.shape].form
    // RFC 9110, 5.3: a field that comes again goes on with its list.
    let fields = response.headers.filter { $0.isNamed(member.wireName) }.map(\.value)
    return .list(
      HeaderList.split(fields.joined(separator: ","), isDates: form == .timestamp).map {
        ScalarText.read($0, form)
      })
  }

  private func prefixed(_ response: HTTPResponse, _ prefix: String) -> Value {
    var members: [String: Value] = [:]
    for header in response.headers where header.name.lowercased().hasPrefix(prefix.lowercased()) {
      members[String(header.name.dropFirst(prefix.count))] = .string(header.value)
    }
    return .map(members)
  }
}

/// A list in one header.
enum HeaderList {
  /// The elements between commas, quotes taken off; a date has a comma of its own.
  static func split(_ text: String, isDates: Bool) -> [String] {
    var elements = [""]
    var isQuoted = false
    var isEscaped = false
    /// Whether the element is as yet a day of the week: then the comma is the date's own.
    func isDay(_ element: String) -> Bool {
      element.trimmingCharacters(in: .whitespaces).wholeMatch(of: /[A-Z][a-z]{2}/) != nil
    }
    for character in text {
      switch character {
      case _ where isEscaped:
        elements[elements.count - 1].append(character)
        isEscaped = false
      case "\\" where isQuoted: isEscaped = true
      // Inside an unquoted element a quote is a character like any other.
      case "\"" where isQuoted || elements[elements.count - 1].allSatisfy(\.isWhitespace):
        isQuoted.toggle()
      case "," where !isQuoted:
        if isDates, isDay(elements[elements.count - 1]) {
          elements[elements.count - 1].append(character)
        } else {
          elements.append("")
        }
      default: elements[elements.count - 1].append(character)
      }
    }
    return elements.map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
