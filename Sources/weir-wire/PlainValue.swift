internal import AWSClient
internal import Foundation
internal import Model

extension Value {
  /// The same data with bytes as text, or as Base64 where they are no text.
  var plain: Value {
    switch self {
    case .bytes(let data):
      .string(String(validating: data, as: UTF8.self) ?? data.base64EncodedString())
    case .list(let elements): .list(elements.map(\.plain))
    case .map(let members): .map(members.mapValues(\.plain))
    case .null, .bool, .number, .string, .sensitive: self
    }
  }
}

extension OrderedJSON {
  /// A string, a number as its digits, or the texts of a list of them.
  var texts: [String] {
    switch self {
    case .string(let text): [text]
    case .number(let number): [number.description]
    case .list(let elements): elements.flatMap(\.texts)
    case .map, .bool, .null: []
    }
  }
}
