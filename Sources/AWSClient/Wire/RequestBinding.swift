internal import CurlTransport
internal import Foundation
internal import Model

/// The REST protocols: an input spread over path, query, headers and body.
struct RequestBinding {
  let description: APIDescription
  let isXML: Bool
  var order = MapOrder.alphabetical

  /// The request that asks for an operation.
  func request(_ operation: APIOperation, _ input: Value) throws(WireFault) -> WireRequest {
    var request = WireRequest(method: operation.method)
    let parts = operation.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    request.query = parts.count > 1 ? fixedQuery(parts[1]) : []
    let members = input.map ?? [:]
    let structure = description.structure(of: operation.input)
    request.path = try path(String(parts[0]), structure, members)
    guard let structure, let inputMember = operation.input else { return request }
    // What a map of the query names too was said by a member of its own first.
    let byName = structure.members.filter { !isMap($0) } + structure.members.filter(isMap)
    for member in byName {
      guard let value = members[member.name], !value.isNull else { continue }
      switch member.location {
      case .querystring:
        let said = isMap(member) ? Set(request.query.map(\.name)) : []
        request.query += query(member, value).filter { !said.contains($0.name) }
      case .header: request.headers += header(member, value)
      case .headers:
        for (name, value) in order.sorted(value.map ?? [:]) {
          request.headers.append(
            HTTPHeader(name: (member.locationName ?? "") + name, value: value.string ?? ""))
        }
      case .uri, .statusCode, nil: continue
      }
    }
    try refuseControlCharacters(request.headers)
    try RequestBody(description: description, isXML: isXML, order: order)
      .fill(&request, members, structure, inputMember)
    return request
  }

  /// A line end in a header would begin another one.
  private func refuseControlCharacters(_ headers: [HTTPHeader]) throws(WireFault) {
    for header in headers {
      let bytes = [header.name, header.value].joined().utf8
      guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
        throw WireFault(message: "\(header.name.prefix(40)): a header holds no control characters")
      }
    }
  }

  private func isMap(_ member: Member) -> Bool {
    if case .map = description.shape(of: member).kind { true } else { false }
  }

  private func fixedQuery(_ text: Substring) -> [WireRequest.QueryItem] {
    text.split(separator: "&").map { part in
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return WireRequest.QueryItem(
        name: PercentEncoding.decode(pair[0]),
        value: pair.count > 1 ? PercentEncoding.decode(pair[1]) : nil)
    }
  }

  /// The path, its labels filled in; `{x+}` keeps the slashes of its value.
  private func path(
    _ template: String, _ structure: Shape.Structure?, _ members: [String: Value]
  ) throws(WireFault) -> String {
    var path = ""
    var rest = template[...]
    while let start = rest.firstIndex(of: "{"), let end = rest[start...].firstIndex(of: "}") {
      path += rest[..<start]
      var name = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      let keepsSlashes = name.last == "+"
      if keepsSlashes { name.removeLast() }
      let member = structure?.members.first { $0.location == .uri && $0.wireName == name }
      let label = member.flatMap { member in
        members[member.name].flatMap { text($0, member, .iso8601) }
      }
      guard let label, !label.isEmpty else {
        throw WireFault(
          message: "\(member?.name ?? String(name)): stands in the path and cannot be empty")
      }
      path += PercentEncoding.encode(label, keepingSlashes: keepsSlashes)
    }
    return path + rest
  }

  private func query(_ member: Member, _ value: Value) -> [WireRequest.QueryItem] {
    func item(_ name: String, _ value: Value, _ member: Member) -> [WireRequest.QueryItem] {
      text(value, member, .iso8601).map { [WireRequest.QueryItem(name: name, value: $0)] } ?? []
    }
    switch (description.shape(of: member).kind, value) {
    case (.list(let element), .list(let elements)):
      return elements.flatMap { item(member.wireName, $0, element) }
    case (.map(_, let element), .map(let members)):
      return order.sorted(members).flatMap { name, value in
        if case .list(let inner) = description.shape(of: element).kind {
          return (value.list ?? []).flatMap { item(name, $0, inner) }
        }
        return item(name, value, element)
      }
    default: return item(member.wireName, value, member)
    }
  }

  private func header(_ member: Member, _ value: Value) -> [HTTPHeader] {
    if member.isJSONValue {
      let text = JSONWriter.write(value).base64EncodedString()
      return [HTTPHeader(name: member.wireName, value: text)]
    }
    guard case .list(let element) = description.shape(of: member).kind else {
      return text(value, member, .rfc822).map { [HTTPHeader(name: member.wireName, value: $0)] }
        ?? []
    }
    let texts = (value.list ?? []).compactMap { value in
      text(value, element, .rfc822).map { text in
        guard case .string = description.shape(of: element).kind,
          text.contains(where: { $0 == "," || $0 == "\"" })
        else { return text }
        return "\"\(text.replacingOccurrences(of: "\"", with: "\\\""))\""
      }
    }
    let separator = description.shape(of: element).kind.isTimestamp ? ", " : ","
    return texts.isEmpty
      ? [] : [HTTPHeader(name: member.wireName, value: texts.joined(separator: separator))]
  }

  private func text(
    _ value: Value, _ member: Member, _ format: Member.TimestampFormat
  ) -> String? {
    ScalarText.write(
      value, description.shape(of: member), timestampFormat: member.timestampFormat ?? format)
  }
}

extension Shape.Kind {
  /// Whether this is a point in time.
  var isTimestamp: Bool { if case .timestamp = self { true } else { false } }

  /// Whether a payload of this type is the body itself, not a document in it.
  var isRawPayload: Bool {
    switch self {
    case .string, .blob: true
    default: false
    }
  }
}
