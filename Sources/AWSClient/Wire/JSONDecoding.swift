internal import Foundation
internal import Model

/// Turns a service's JSON into data; members that the description lacks come along as they are.
struct JSONDecoding {
  let description: APIDescription
  let keepsUnknown: Bool

  private var types: TypeTable { description.types }

  /// The data of a JSON text that is a value of one use of a type; what does not fit the type stays
  /// as it is.
  func read(_ body: Data, as member: Member) throws(WireFault) -> Value {
    do {
      return try JSONReader.read(body) { reader throws(JSONFault) in
        try value(&reader, member.shape, depth: 0)
      }
    } catch {
      throw WireFault(message: "the body is no JSON: \(error.message) at byte \(error.offset)")
    }
  }

  private func value(
    _ reader: inout JSONReader, _ type: Int, depth: Int
  ) throws(JSONFault) -> Value {
    let row = types[type]
    let first = reader.next()
    switch row.form {
    case .structure where first == UInt8(ascii: "{"):
      return try structure(&reader, type, row, depth: depth)
    case .list where first == UInt8(ascii: "["):
      let element = types.use(row.first).type
      var elements: [Value] = []
      try reader.array(depth: depth) { reader throws(JSONFault) in
        elements.append(try value(&reader, element, depth: depth + 1))
      }
      return .list(elements)
    case .map where first == UInt8(ascii: "{"):
      let element = types.use(row.first + 1).type
      var members: [String: Value] = [:]
      try reader.object(depth: depth) { reader, name throws(JSONFault) in
        members[reader.text(name)] = try value(&reader, element, depth: depth + 1)
      }
      return .map(members)
    default: return scalar(try reader.value(depth: depth), type, row.form)
    }
  }

  private func structure(
    _ reader: inout JSONReader, _ type: Int, _ row: TypeTable.Row, depth: Int
  ) throws(JSONFault) -> Value {
    var members: [String: Value] = [:]
    members.reserveCapacity(min(row.count, 8))
    var choice: String?
    try reader.object(depth: depth) { reader, name throws(JSONFault) in
      guard let member = reader.member(name, of: type, in: types) else {
        let text = reader.text(name)
        let value: Value = try reader.value(depth: depth + 1)
        if keepsUnknown, text != "__type" {
          members[text] = value
        } else if row.isUnion, text != "__type", !value.isNull {
          choice = choice ?? text
        }
        return
      }
      let value = try value(&reader, types.use(member).type, depth: depth + 1)
      if !value.isNull { members[types.name(of: member)] = value }
    }
    if members.isEmpty, let choice { return .unknownChoice(choice) }
    return .map(members)
  }

  private func scalar(_ value: Value, _ type: Int, _ form: Shape.Form) -> Value {
    switch (form, value) {
    case (.string, .string(let text)):
      if types.isNew(text, to: type) { description.noteSeen(text, of: type) }
      return value
    case (.timestamp, .string(let text)):
      return Timestamp.read(text).map(Value.number) ?? value
    case (.blob, .string(let text)): return Data(base64Encoded: text).map(Value.bytes) ?? value
    default: return value
    }
  }
}

extension Value {
  /// What stands for the member of a union that the description does not know.
  static func unknownChoice(_ name: String) -> Value {
    ["SDK_UNKNOWN_MEMBER": ["name": .string(name)]]
  }
}
