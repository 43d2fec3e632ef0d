/// A piece of a text that may take values of the environment.
enum TemplatePiece: Hashable {
  case text(String)
  /// `${name}`, and how often the same stands before it, escaped ones included.
  case reference(String, occurrence: Int)
  /// A `${` that begins no reference, with what follows it, and how often it stands before.
  case malformed(String, occurrence: Int)
}

/// Takes a text apart; `$${` stands for `${` itself.
func templatePieces(_ text: String) -> [TemplatePiece] {
  var pieces: [TemplatePiece] = []
  var literal = ""
  var occurrences: [String: Int] = [:]
  var rest = text[...]
  while let dollar = rest.firstIndex(of: "$") {
    literal += rest[..<dollar]
    rest = rest[dollar...]
    let isEscaped = rest.hasPrefix("$${")
    let body = rest.dropFirst(isEscaped ? 3 : 2)
    guard isEscaped || rest.hasPrefix("${") else {
      literal += "$"
      rest = rest.dropFirst()
      continue
    }
    let name = body.prefix { $0 != "}" && $0 != "$" }
    let isClosed = body.dropFirst(name.count).first == "}"
    let written = "${\(name)\(isClosed ? "}" : "")"
    let occurrence = occurrences[written, default: 0]
    occurrences[written] = occurrence + 1
    if isEscaped {
      literal += "${"
      rest = body
      continue
    }
    if !literal.isEmpty { pieces.append(.text(literal)) }
    literal = ""
    pieces.append(
      isClosed && isValueName(name)
        ? .reference(String(name), occurrence: occurrence)
        : .malformed(written, occurrence: occurrence))
    rest = body.dropFirst(name.count + (isClosed ? 1 : 0))
  }
  literal += rest
  return literal.isEmpty ? pieces : pieces + [.text(literal)]
}

/// Whether a text may name a value: a letter, then letters, digits, `_`, `-` and `.`.
func isValueName(_ name: some StringProtocol) -> Bool {
  guard let first = name.unicodeScalars.first, first.isASCII, first.properties.isAlphabetic else {
    return false
  }
  return name.unicodeScalars.allSatisfy {
    $0.isASCII
      && ($0.properties.isAlphabetic || ("0"..."9").contains($0)
        || "_-.".unicodeScalars.contains($0))
  }
}
