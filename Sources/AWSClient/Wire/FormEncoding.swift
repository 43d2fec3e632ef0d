internal import CurlTransport
internal import Foundation
internal import Model

/// The protocols Query and EC2: an input as a form, with numbered names for lists and maps.
struct FormEncoding {
  let description: APIDescription
  /// EC2 has its own names and writes every list flat.
  let isEC2: Bool
  var order = MapOrder.alphabetical

  /// The request that asks for an operation.
  func request(_ operation: APIOperation, _ input: Value) throws(WireFault) -> WireRequest {
    var request = WireRequest(method: operation.method)
    request.headers = [
      HTTPHeader(name: "Content-Type", value: "application/x-www-form-urlencoded; charset=utf-8")
    ]
    var fields = [("Action", operation.name), ("Version", description.metadata.apiVersion)]
    if let member = operation.input { append(input, as: member, prefix: "", to: &fields) }
    let form = fields.map { "\(PercentEncoding.encode($0))=\(PercentEncoding.encode($1))" }
    request.body = Data(form.joined(separator: "&").utf8)
    return request
  }

  private func append(
    _ value: Value, as member: Member, prefix: String, to fields: inout [(String, String)]
  ) {
    let shape = description.shape(of: member)
    switch (shape.kind, value) {
    case (.structure(let structure), .map(let members)):
      for member in structure.members {
        guard let value = members[member.name], !value.isNull else { continue }
        append(value, as: member, prefix: joined(prefix, name(member)), to: &fields)
      }
      for (name, value) in members.sorted(by: { $0.key < $1.key }) where structure[name] == nil {
        appendUnknown(value, prefix: joined(prefix, name), to: &fields)
      }
    case (.list(let element), .list(let elements)):
      if elements.isEmpty, !isEC2 { fields.append((prefix, "")) }
      let base = listPrefix(member, element, prefix)
      for (index, value) in elements.enumerated() {
        append(value, as: element, prefix: "\(base).\(index + 1)", to: &fields)
      }
    case (.map(let key, let element), .map(let members)):
      let base = member.isFlattened ? prefix : "\(prefix).entry"
      for (index, entry) in order.sorted(members).enumerated() {
        let number = "\(base).\(index + 1)"
        fields.append(("\(number).\(key.locationName ?? "key")", entry.key))
        append(
          entry.value, as: element, prefix: "\(number).\(element.locationName ?? "value")",
          to: &fields)
      }
    default:
      let format = member.timestampFormat ?? .iso8601
      if let text = ScalarText.write(value, shape, timestampFormat: format) {
        fields.append((prefix, text))
      }
    }
  }

  /// What the description does not know goes out by the protocol's general rules.
  private func appendUnknown(_ value: Value, prefix: String, to fields: inout [(String, String)]) {
    switch value {
    case .map(let members):
      for (name, value) in members.sorted(by: { $0.key < $1.key }) {
        appendUnknown(value, prefix: joined(prefix, name), to: &fields)
      }
    case .list(let elements):
      for (index, value) in elements.enumerated() {
        let base = isEC2 ? prefix : "\(prefix).member"
        appendUnknown(value, prefix: "\(base).\(index + 1)", to: &fields)
      }
    default: if let text = ScalarText.write(value, nil) { fields.append((prefix, text)) }
    }
  }

  private func listPrefix(_ list: Member, _ element: Member, _ prefix: String) -> String {
    if isEC2 { return prefix }
    guard list.isFlattened else { return "\(prefix).\(element.locationName ?? "member")" }
    guard let name = element.locationName else { return prefix }
    return joined(prefix.split(separator: ".").dropLast().joined(separator: "."), name)
  }

  private func name(_ member: Member) -> String {
    guard isEC2 else { return member.wireName }
    return member.queryName ?? member.wireName.prefix(1).uppercased() + member.wireName.dropFirst()
  }

  private func joined(_ prefix: String, _ name: String) -> String {
    prefix.isEmpty ? name : "\(prefix).\(name)"
  }
}
