internal import Foundation
internal import Model

/// Turns a service's JSON into data; members that the description lacks come along as they are.
struct JSONDecoding {
  let description: APIDescription
  let keepsUnknown: Bool

  /// The JSON value that a body is.
  static func document(_ body: Data) throws(WireFault) -> Value {
    do {
      return try JSONReader.read(body)
    } catch {
      throw WireFault(message: "the body is no JSON: \(error.message) at byte \(error.offset)")
    }
  }

  /// The data of a JSON value in one use of a type; what does not fit the type stays as it is.
  func decode(_ value: Value, as member: Member) -> Value {
    switch (description.shape(of: member).kind, value) {
    case (.structure(let structure), .map(let members)):
      var decoded: [String: Value] = [:]
      for (name, value) in members {
        if let index = structure.indexInJSON[name] {
          let member = structure.members[index]
          if !value.isNull { decoded[member.name] = decode(value, as: member) }
        } else if keepsUnknown, name != "__type" {
          decoded[name] = value
        }
      }
      return .map(decoded)
    case (.list(let element), .list(let elements)):
      return .list(elements.map { $0.isNull ? .null : decode($0, as: element) })
    case (.map(_, let element), .map(let members)):
      return .map(members.mapValues { $0.isNull ? .null : decode($0, as: element) })
    case (.timestamp, .string(let text)):
      return Timestamp.read(text).map(Value.number) ?? value
    case (.blob, .string(let text)): return Data(base64Encoded: text).map(Value.bytes) ?? value
    default: return value
    }
  }
}
