internal import Foundation
internal import Model

/// Turns data into the JSON that a service wants; members that the description lacks pass as they are.
struct JSONEncoding {
  let description: APIDescription

  /// The JSON of a value in one use of a type.
  func encode(_ value: Value, as member: Member) -> Value {
    let shape = description.shape(of: member)
    switch (shape.kind, value) {
    case (.structure(let structure), .map(let members)):
      var encoded: [String: Value] = [:]
      for (name, value) in members {
        if let member = structure[name] {
          encoded[member.wireName] = encode(value, as: member)
        } else {
          encoded[name] = value
        }
      }
      return .map(encoded)
    case (.list(let element), .list(let elements)):
      return .list(elements.map { $0.isNull ? .null : encode($0, as: element) })
    case (.map(_, let element), .map(let members)):
      return .map(members.mapValues { $0.isNull ? .null : encode($0, as: element) })
    case (.timestamp, .number), (.timestamp, .string):
      let format = member.timestampFormat ?? .unixTimestamp
      if format == .unixTimestamp, value.number != nil { return value }
      let text = ScalarText.write(value, shape, timestampFormat: format) ?? ""
      return format == .unixTimestamp ? .numeral(text[...].utf8) : .string(text)
    case (.blob, .string), (.blob, .bytes): return .string(ScalarText.write(value, shape) ?? "")
    default: return value
    }
  }
}
