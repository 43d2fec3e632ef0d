import Foundation
import YAMLReader

extension SchemaCheck {
  /// A scalar that is no quantity.
  mutating func plain(
    _ scalar: Scalar, _ type: FieldType, at node: Node, path: String, doc: String
  ) -> FieldValue? {
    switch (type, scalar.content) {
    case (.string(let rule), .string):
      if rule?.allows(scalar.text) != false { return .string(scalar.text) }
    case (.boolean, .bool(let truth)): return .boolean(truth)
    case (.number, .integer), (.number, .number):
      if let number = scalar.number { return .number(number) }
    case (.integer(let range), .integer(let number)):
      if range?.contains(number) != false { return .integer(number) }
    case (.integer(let range), .number(let number)):
      if let whole = Int(number.description), range?.contains(whole) != false {
        return .integer(whole)
      }
    case (.enumeration(let words), _):
      return word(scalar, of: words, at: node, path: path, doc: doc)
    case (.timeOfDay, .string):
      if let time = TimeOfDay(scalar.text) { return .timeOfDay(time) }
    case (.timeZone, .string):
      return timeZone(scalar.text, at: node, path: path)
    case (.accountID, _):
      return account(scalar, at: node, path: path)
    default: break
    }
    return mismatch(
      node, type.phrase, path: path, doc, isOfType: type.isSort(of: scalar.content))
  }

  /// Days as one scalar or as a list of them.
  mutating func weekdays(_ node: Node, path: String, doc: String) -> FieldValue? {
    var days = Set<Weekday>()
    for element in node.elements ?? [node] {
      guard let named = element.scalar.flatMap({ Weekday.days($0.text) }) else {
        let text = element.scalar?.text ?? ""
        return mismatch(
          element, FieldType.weekdays.phrase, path: path, doc,
          isOfType: element.scalar?.content == .string,
          hint: spellingHint(text, among: Weekday.allCases.map(\.rawValue)))
      }
      days.formUnion(named)
    }
    return .weekdays(days.sorted())
  }

  private mutating func word(
    _ scalar: Scalar, of words: [String], at node: Node, path: String, doc: String
  ) -> FieldValue? {
    if words.contains(scalar.text) { return .string(scalar.text) }
    return mismatch(
      node, FieldType.enumeration(words).phrase, path: path, doc, isOfType: !node.isNull,
      hint: spellingHint(scalar.text, among: words))
  }

  private mutating func timeZone(_ name: String, at node: Node, path: String) -> FieldValue? {
    if zones.contains(name) { return .string(name) }
    diagnostics.add(
      error: "unknown time zone", at: node.range,
      detail: sentences(
        "`\(name)`, given for `\(path)`, is no name of the IANA time zone database, such as"
          + " Europe/Berlin or UTC.", origin(node)),
      hint: spellingHint(name, among: zones.known))
    return nil
  }

  private mutating func account(_ scalar: Scalar, at node: Node, path: String) -> FieldValue? {
    let digits = scalar.text.utf8
    if digits.count == 12, digits.allSatisfy({ (0x30...0x39).contains($0) }) {
      return .string(scalar.text)
    }
    let isNumber = scalar.number != nil
    return mismatch(
      node, FieldType.accountID.phrase, path: path,
      "It has \(digits.count) characters."
        + (isNumber ? " A number without quotes can lose its leading zeros." : ""),
      isOfType: isNumber || scalar.content == .string,
      hint: "Write all 12 digits, in quotes.")
  }
}

extension FieldType {
  /// Whether a scalar of this content is of the type, so that only its form or range can be wrong.
  fileprivate func isSort(of content: Scalar.Content) -> Bool {
    switch (self, content) {
    case (.string, .string), (.timeOfDay, .string): true
    case (.integer, .integer), (.integer, .number), (.integer, .nonFinite), (.number, .nonFinite):
      true
    default: false
    }
  }
}
