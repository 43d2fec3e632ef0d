internal import Foundation
internal import Model

/// Checks an input against the description and makes it ready for the wire.
///
/// Required members, types, ranges, enums and unions are checked, with every violation reported.
/// Nulls go, tokens come, secrets are revealed. What the description lacks but AWS has said passes,
/// because it goes back there: any member, and the new values of enums that a response held.
struct InputPreparation {
  /// A rule of the description that the input breaks. It never shows the input's texts.
  struct Violation: Hashable, Sendable, CustomStringConvertible {
    let path: String
    let message: String

    var description: String { path.isEmpty ? message : "\(path): \(message)" }
  }

  private let description: APIDescription
  private let makeToken: () -> String
  private var violations: [Violation] = []

  private init(description: APIDescription, makeToken: @escaping () -> String) {
    self.description = description
    self.makeToken = makeToken
  }

  /// The input ready for the wire, and what is wrong with it.
  static func prepare(
    _ input: Value, for operation: APIOperation, in description: APIDescription,
    makeToken: @escaping () -> String
  ) -> (input: Value, violations: [Violation]) {
    var preparation = InputPreparation(description: description, makeToken: makeToken)
    let prepared =
      operation.input.map { preparation.walk(input, $0, path: "") }
      ?? preparation.reveal(input, path: "")
    return (prepared, preparation.violations)
  }

  private mutating func walk(_ value: Value, _ member: Member, path: String) -> Value {
    let shape = description.shape(of: member)
    if member.isJSONValue { return reveal(value, path: path) }
    switch (shape.kind, value) {
    case (.structure(let structure), .map(let members)):
      return walk(members, structure, path: path)
    case (.list(let element), .list(let elements)):
      check(elements.count, shape, "elements", path)
      return .list(
        elements.enumerated().map { index, value in
          value.isNull ? .null : walk(value, element, path: "\(path)[\(index)]")
        })
    case (.map(_, let element), .map(let members)):
      check(members.count, shape, "entries", path)
      var walked: [String: Value] = [:]
      for (key, value) in members.sorted(by: { $0.key < $1.key }) {
        walked[key] = value.isNull ? .null : walk(value, element, path: "\(path)[\"\(key)\"]")
      }
      return .map(walked)
    default: return scalar(reveal(value, path: path), shape, path: path)
    }
  }

  private mutating func walk(
    _ members: [String: Value], _ structure: Shape.Structure, path: String
  ) -> Value {
    var walked: [String: Value] = [:]
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      let place = path.isEmpty ? name : "\(path).\(name)"
      if let member = structure[name] {
        if !value.isNull { walked[name] = walk(value, member, path: place) }
      } else {
        walked[name] = reveal(value, path: place)
      }
    }
    for member in structure.members where member.isIdempotencyToken && walked[member.name] == nil {
      walked[member.name] = .string(makeToken())
    }
    for name in structure.required where walked[name] == nil {
      violate(path.isEmpty ? name : "\(path).\(name)", "is required")
    }
    if structure.isUnion, walked.count != 1 { violate(path, "must have exactly one member") }
    return .map(walked)
  }

  private mutating func scalar(_ value: Value, _ shape: Shape, path: String) -> Value {
    switch (shape.kind, value) {
    case (.string, .string(let text)):
      check(text.unicodeScalars.count, shape, "characters", path)
      check(text, in: shape, path)
    case (.blob, .bytes(let data)): check(data.count, shape, "bytes", path)
    case (.blob, .string), (.boolean, .bool), (.document, _): break
    case (.integer, .number(let number)):
      if number.description.contains(".") {
        violate(path, "must be a whole number")
      } else {
        check(number, shape, "", path)
      }
    case (.float, .number(let number)): check(number, shape, "", path)
    case (.float, .string(let text)):
      // Besides the special floats, a number that `Decimal` cannot hold travels as its text.
      if Double(text) == nil { violate(path, "must be a number") }
    case (.timestamp, .number): break
    case (.timestamp, .string(let text)):
      if Timestamp.read(text) == nil { violate(path, "must be a point in time") }
    default: violate(path, "must be \(shape.kind.noun)")
    }
    return value
  }

  /// The value with its secrets in the clear; a digest cannot be revealed.
  private mutating func reveal(_ value: Value, path: String) -> Value {
    switch value {
    case .sensitive(.clear(let text)): return .string(text)
    case .sensitive(.digest):
      violate(path, "is only the digest of a secret, not the secret")
      return .null
    case .list(let elements):
      return .list(elements.enumerated().map { reveal($1, path: "\(path)[\($0)]") })
    case .map(let members):
      var revealed: [String: Value] = [:]
      for (name, value) in members { revealed[name] = reveal(value, path: "\(path).\(name)") }
      return .map(revealed)
    case .null, .bool, .number, .string, .bytes: return value
    }
  }

  private mutating func check(_ count: Int, _ shape: Shape, _ unit: String, _ path: String) {
    check(Decimal(count), shape, unit, path)
  }

  private mutating func check(_ size: Decimal, _ shape: Shape, _ unit: String, _ path: String) {
    let unit = unit.isEmpty ? "" : " \(unit)"
    if let minimum = shape.minimum, size < minimum {
      violate(path, "must be at least \(minimum)\(unit), is \(size)")
    }
    if let maximum = shape.maximum, size > maximum {
      violate(path, "must be at most \(maximum)\(unit), is \(size)")
    }
  }

  private mutating func check(_ text: String, in shape: Shape, _ path: String) {
    guard let known = shape.enumeration, !known.contains(text),
      !description.seenValues.contains(text, of: shape)
    else { return }
    let listed = known.sorted().prefix(12).joined(separator: ", ")
    violate(path, "must be one of \(listed)\(known.count > 12 ? ", ..." : "")")
  }

  private mutating func violate(_ path: String, _ message: String) {
    violations.append(Violation(path: path, message: message))
  }
}

extension Shape.Kind {
  /// The type in words, with its article.
  fileprivate var noun: String {
    switch self {
    case .structure, .map: "a map"
    case .list: "a list"
    case .string: "a string"
    case .blob: "bytes"
    case .boolean: "true or false"
    case .integer: "a whole number"
    case .float: "a number"
    case .timestamp: "a point in time"
    case .document: "anything"
    }
  }
}
