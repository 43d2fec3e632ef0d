/// The rule of a composite alarm: `ALARM("a") AND NOT OK(b)` (API description of cloudwatch, AlarmRule).
struct AlarmRule {
  /// The names of the alarms that it looks at.
  let alarms: Set<String>

  /// Reads a rule: what stands in the parentheses behind the name of a state, in quotes or without.
  init(_ rule: String) {
    var alarms: Set<String> = []
    var rest = rule[...]
    while let open = rest.firstIndex(of: "(") {
      let word = rest[..<open].reversed().drop(while: \.isWhitespace)
        .prefix { $0.isLetter || $0 == "_" }
      rest = rest[rest.index(after: open)...].drop(while: \.isWhitespace)
      guard ["ALARM", "OK", "INSUFFICIENT_DATA"].contains(String(word.reversed()).uppercased())
      else { continue }
      let quote = rest.first.flatMap { "\"'".contains($0) ? $0 : nil }
      var name = ""
      if quote != nil { rest.removeFirst() }
      while let character = rest.popFirst(), character != quote ?? ")" {
        name.append(character == "\\" ? rest.popFirst() ?? character : character)
      }
      if quote == nil { name = name.trimmed }
      alarms.insert(Self.name(of: name))
    }
    self.alarms = alarms
  }

  /// The name of the alarm that is called by its name or its ARN.
  static func name(of text: String) -> String {
    guard text.hasPrefix("arn:") else { return text }
    let part = resourcePart(ofARN: text)
    return part.hasPrefix("alarm:") ? String(part.dropFirst("alarm:".count)) : text
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
