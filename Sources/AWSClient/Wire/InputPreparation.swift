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
  /// Where in the input the work is. It is put in words only for a violation.
  private var path: [Step] = []

  private enum Step {
    case member(String)
    case element(Int)
    case entry(String)
    case key(String)
  }

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
      operation.input.map { preparation.walk(input, $0) }
      ?? preparation.reveal(input)
    return (prepared, preparation.violations)
  }

  /// Does something one step further down.
  private mutating func at<Result>(_ step: Step, _ work: (inout Self) -> Result) -> Result {
    path.append(step)
    defer { path.removeLast() }
    return work(&self)
  }

  private mutating func walk(_ value: Value, _ member: Member) -> Value {
    let shape = description.shape(of: member)
    if member.isJSONValue, member.location == .header { return reveal(value) }
    switch (shape.kind, value) {
    case (.structure(let structure), .map(let members)): return walk(members, structure)
    case (.list(let element), .list(let elements)):
      check(elements.count, shape, "elements")
      return .list(
        elements.enumerated().map { index, value in
          value.isNull ? .null : at(.element(index)) { $0.walk(value, element) }
        })
    case (.map(let key, let element), .map(let members)):
      check(members.count, shape, "entries")
      checkKeys(members.keys, description.shape(of: key))
      var walked = members
      for (key, value) in members.sorted(by: { $0.key < $1.key }) where !value.isNull {
        walked[key] = at(.entry(key)) { $0.walk(value, element) }
      }
      return .map(walked)
    default: return scalar(reveal(value), shape)
    }
  }

  private mutating func walk(
    _ members: [String: Value], _ structure: Shape.Structure
  ) -> Value {
    var walked = members
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      if let member = structure[name] {
        walked[name] = value.isNull ? nil : at(.member(name)) { $0.walk(value, member) }
      } else {
        walked[name] = at(.member(name)) { $0.reveal(value) }
      }
    }
    // A token says that the whole request is the same: one deeper inside is the caller's.
    if path.isEmpty {
      for member in structure.members
      where member.isIdempotencyToken && walked[member.name] == nil {
        walked[member.name] = .string(makeToken())
      }
    }
    for name in structure.required where walked[name] == nil {
      at(.member(name)) { $0.violate("is required") }
    }
    if structure.isUnion, walked.count != 1 { violate("must have exactly one member") }
    return .map(walked)
  }

  private mutating func scalar(_ value: Value, _ shape: Shape) -> Value {
    switch (shape.kind, value) {
    case (.string, .string(let text)):
      check(text.unicodeScalars.count, shape, "characters")
      check(text, in: shape)
    case (.blob, .bytes(let data)): check(data.count, shape, "bytes")
    case (.blob, .string(let text)): check(text.utf8.count, shape, "bytes")
    case (.boolean, .bool), (.document, _): break
    case (.integer, .number(let number)):
      let digits = number.description
      if digits.contains(".") {
        violate("must be a whole number")
      } else {
        check(number, shape, "")
        // Shorter ones fit any type.
        if digits.utf8.count > 9 { checkWidth(digits, shape) }
      }
    case (.float, .number(let number)): check(number, shape, "")
    case (.float, .string(let text)):
      if !Self.isFloat(text) { violate("must be a number") }
    case (.timestamp, .number(let seconds)): check(seconds)
    case (.timestamp, .string(let text)): check(Timestamp.read(text))
    default: violate("must be \(shape.kind.noun)")
    }
    return value
  }

  /// The value with its secrets in the clear; a digest cannot be revealed.
  private mutating func reveal(_ value: Value) -> Value {
    switch value {
    case .sensitive(.clear(let text)): return .string(text)
    case .sensitive(.digest):
      violate("is only the digest of a secret, not the secret")
      return .null
    case .list(let elements):
      return .list(
        elements.enumerated().map { index, value in at(.element(index)) { $0.reveal(value) } })
    case .map(let members):
      var revealed: [String: Value] = [:]
      for (name, value) in members { revealed[name] = at(.member(name)) { $0.reveal(value) } }
      return .map(revealed)
    case .null, .bool, .number, .string, .bytes: return value
    }
  }

  private mutating func check(_ count: @autoclosure () -> Int, _ shape: Shape, _ unit: String) {
    guard shape.minimum != nil || shape.maximum != nil, case let count = count(),
      shape.allowedCounts?.contains(count) != true
    else { return }
    check(Decimal(count), shape, " \(unit)")
  }

  private mutating func check(_ size: Decimal, _ shape: Shape, _ unit: String) {
    if let minimum = shape.minimum, size < minimum {
      violate("must be at least \(minimum)\(unit), is \(size)")
    }
    if let maximum = shape.maximum, size > maximum {
      violate("must be at most \(maximum)\(unit), is \(size)")
    }
  }

  private mutating func checkKeys(_ keys: some Sequence<String>, _ shape: Shape) {
    guard shape.minimum != nil || shape.maximum != nil else { return }
    for key in keys.sorted() {
      at(.key(key)) { $0.check(key.unicodeScalars.count, shape, "characters") }
    }
  }

  private mutating func check(_ time: Decimal?) {
    guard let time, Timestamp.isWritable(time) else {
      return violate("must be a point in time")
    }
  }

  private mutating func checkWidth(_ digits: String, _ shape: Shape) {
    let fits = shape.bits == 32 ? Int32(digits) != nil : Int64(digits) != nil
    if !fits { violate("must be a whole number of \(shape.bits) bits") }
  }

  /// Whether a text is a special float, or a number that travels as its text because `Decimal`
  /// cannot hold it.
  private static func isFloat(_ text: String) -> Bool {
    if ["NaN", "Infinity", "-Infinity"].contains(text) { return true }
    guard Decimal(numeral: text[...].utf8) == nil, let number = Double(text) else { return false }
    return number.isFinite && !text.contains { $0 == "x" || $0 == "X" }
  }

  private mutating func check(_ text: String, in shape: Shape) {
    guard let known = shape.enumeration, !known.contains(text),
      !description.seenValues.contains(text, of: shape)
    else { return }
    let listed = known.sorted().prefix(12).joined(separator: ", ")
    violate("must be one of \(listed)\(known.count > 12 ? ", ..." : "")")
  }

  private mutating func violate(_ message: String) {
    var place = ""
    for step in path {
      switch step {
      case .member(let name): place += place.isEmpty ? name : ".\(name)"
      case .element(let index): place += "[\(index)]"
      case .entry(let key): place += "[\"\(key)\"]"
      case .key(let key): place += "[\"\(key)\"] as a key"
      }
    }
    violations.append(Violation(path: place, message: message))
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
