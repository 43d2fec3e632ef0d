internal import CurlTransport
internal import Foundation
internal import Model

/// The body of a request of the REST protocols.
struct RequestBody {
  let description: APIDescription
  let isXML: Bool
  let order: MapOrder

  /// Writes the members that belong there into the body.
  func fill(
    _ request: inout WireRequest, _ members: [String: Value], _ structure: Shape.Structure,
    _ input: Member
  ) throws(WireFault) {
    let unknown = members.keys.filter { structure[$0] == nil }.sorted()
    if let payload = input.payload.flatMap({ structure[$0] }) {
      guard unknown.isEmpty else {
        throw WireFault(
          message: "\(unknown.joined(separator: ", ")): unknown, and has no place in the request")
      }
      try fill(&request, payload: payload, members[payload.name] ?? .null)
      return
    }
    let located = Set(structure.members.filter { !$0.isInBody }.map(\.name))
    let body = members.filter { !located.contains($0.key) }
    let hasBody = !body.isEmpty || (!isXML && structure.members.contains { $0.isInBody })
    guard hasBody else { return }
    try write(.map(body), as: input, name: input.locationName, into: &request)
  }

  private func fill(
    _ request: inout WireRequest, payload: Member, _ value: Value
  ) throws(WireFault) {
    if description.shape(of: payload).kind.isRawPayload {
      switch value {
      case .string(let text): request.body = Data(text.utf8)
      case .bytes(let data): request.body = data
      default: return
      }
      let isText = if case .string = description.shape(of: payload).kind { true } else { false }
      setContentType(isText ? "text/plain" : "application/octet-stream", of: &request)
    } else if !value.isNull {
      try write(value, as: payload, name: payload.locationName, into: &request)
    } else if !isXML, description.structure(of: payload)?.isUnion != true {
      try write([:], as: payload, name: nil, into: &request)
    }
  }

  private func write(
    _ value: Value, as member: Member, name: String?, into request: inout WireRequest
  ) throws(WireFault) {
    if isXML {
      let rootName = name ?? description.shape(of: member).name
      let root = XMLEncoding(description: description, order: order).encode(
        value, as: member, name: rootName)
      request.body = Data((root.first?.document ?? "").utf8)
      // Those that XML can say are written as references.
      guard request.body.allSatisfy({ $0 >= 0x20 }) else {
        throw WireFault(message: "a text holds a control character, which XML cannot say")
      }
    } else {
      let json = JSONEncoding(description: description).encode(value, as: member)
      request.body = JSONWriter.write(json)
    }
    setContentType(isXML ? "application/xml" : "application/json", of: &request)
  }

  private func setContentType(_ type: String, of request: inout WireRequest) {
    if !request.headers.contains(where: { $0.isNamed("Content-Type") }) {
      request.headers.append(HTTPHeader(name: "Content-Type", value: type))
    }
  }
}
