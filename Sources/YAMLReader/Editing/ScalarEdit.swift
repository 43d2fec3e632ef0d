public import Model

extension SourceFile {
  /// The edit that gives a scalar another text, in the quotes that it has.
  ///
  /// - Parameters:
  ///   - range: where the scalar stands.
  ///   - isString: whether the text must read as a string, whatever it looks like.
  /// - Throws: where the scalar is an alias, carries an anchor or a tag, or takes several lines.
  public func replacingScalar(at range: SourceRange, with text: String, isString: Bool)
    throws(EditObstacle) -> SourceEdit
  {
    let stretch = stretch(range)
    guard range.start.line == range.end.line else { throw EditObstacle("it takes several lines") }
    let written: String
    switch bytes[stretch].first {
    case nil: throw EditObstacle("nothing is written there")
    case UInt8(ascii: "*"): throw EditObstacle("it is an alias")
    case UInt8(ascii: "&"): throw EditObstacle("it carries an anchor, which others may use")
    case UInt8(ascii: "!"): throw EditObstacle("it carries a tag")
    case UInt8(ascii: "|"), UInt8(ascii: ">"): throw EditObstacle("it takes several lines")
    case UInt8(ascii: "\""): written = doubleQuoted(text)
    case UInt8(ascii: "'"):
      written = isPrintable(text) ? "'\(text.replacing("'", with: "''"))'" : doubleQuoted(text)
    default: written = scalarText(text, isString: isString)
    }
    return SourceEdit(stretch: stretch, text: written)
  }
}

/// A text as a scalar: plain where it reads so everywhere, else in double quotes.
func scalarText(_ text: String, isString: Bool) -> String {
  guard isPlainEverywhere(text) else { return doubleQuoted(text) }
  return isString && resolvePlain(text) != .string ? doubleQuoted(text) : text
}

/// Whether a text is a plain scalar in block and flow context; says no where it is in doubt.
private func isPlainEverywhere(_ text: String) -> Bool {
  guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else {
    return false
  }
  func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
  }
  return (isWord(first) || first == "/") && last != " "
    && text.unicodeScalars.allSatisfy { isWord($0) || " _./%+-".unicodeScalars.contains($0) }
}

private func isPrintable(_ text: String) -> Bool {
  text.unicodeScalars.allSatisfy {
    $0.value >= 0x20 && $0.value != 0x7F && !(0x80...0x9F).contains($0.value)
  }
}

/// A text in double quotes, with YAML's escapes (YAML 1.2, section 5.7).
private func doubleQuoted(_ text: String) -> String {
  var quoted = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": quoted += "\\\(scalar)"
    case "\n": quoted += "\\n"
    case "\t": quoted += "\\t"
    case "\r": quoted += "\\r"
    case _ where isPrintable(String(scalar)) && ![0x2028, 0x2029, 0xFEFF].contains(scalar.value):
      quoted.unicodeScalars.append(scalar)
    default:
      let digits = String(scalar.value, radix: 16)
      quoted += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    }
  }
  return quoted + "\""
}
