internal import Foundation

/// Reads the text of an AWS file, in the INI dialect of the AWS tools.
///
/// Keys are in lower case. A line that is indented deeper than the key before it continues the
/// key's value, or is a setting nested below a key without a value. `#` and `;` begin a comment at
/// the beginning of a line or after a space, but not between quotes: commands have them there.
struct ProfileText {
  private var sections: [String: ProfileFiles.Section] = [:]
  private var section: String?
  /// The key of the last line that was not indented deeper, and how far it is indented.
  private var key: (name: String, indent: Int)?

  /// The sections of a text by name: `profile prod`, with quotes and needless spaces taken away.
  static func sections(_ text: String) -> [String: ProfileFiles.Section] {
    var reader = ProfileText()
    let text = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
    for line in text.split(whereSeparator: \.isNewline) { reader.read(line) }
    return reader.sections
  }

  private mutating func read(_ line: Substring) {
    let content = Self.withoutComment(line).trimmingCharacters(in: .whitespaces)
    guard let first = content.first else { return }
    if first == "[" {
      begin(content.dropFirst().prefix { $0 != "]" })
      return
    }
    guard let section else { return }
    let indent = line.prefix { $0.isWhitespace }.count
    if let key, indent > key.indent {
      proceed(key.name, content, in: section)
    } else if let (name, value) = Self.setting(content, signs: "=:") {
      key = (name, indent)
      sections[section]?[name] = value
    }
  }

  private mutating func begin(_ title: Substring) {
    let words = CommandWords.split(String(title)) ?? [String(title)]
    let name = words.joined(separator: " ")
    section = name
    key = nil
    sections[name] = sections[name] ?? [:]
  }

  private mutating func proceed(_ key: String, _ content: String, in section: String) {
    let value = sections[section]?[key] ?? ""
    if !value.isEmpty {
      sections[section]?[key] = "\(value)\n\(content)"
    } else if let (name, nested) = Self.setting(content) {
      sections[section]?["\(key).\(name)"] = nested
    }
  }

  /// A name and a value; the AWS CLI takes a colon between them, too, but not in nested settings.
  private static func setting(
    _ content: String, signs: String = "="
  ) -> (name: String, value: String)? {
    guard let sign = content.firstIndex(where: signs.contains) else { return nil }
    let name = content[..<sign].trimmingCharacters(in: .whitespaces).lowercased()
    let value = content[content.index(after: sign)...].trimmingCharacters(in: .whitespaces)
    return name.isEmpty ? nil : (name, value)
  }

  private static func withoutComment(_ line: Substring) -> Substring {
    var previous: Character = " "
    var quote: Character?
    for index in line.indices {
      let character = line[index]
      if let open = quote {
        if character == open, previous != "\\" { quote = nil }
      } else if character == "#" || character == ";", previous.isWhitespace {
        return line[..<index]
      } else if character == "\"" || character == "'",
        line[line.index(after: index)...].contains(character)
      {
        // One that does not end, such as an apostrophe, is a character like others.
        quote = character
      }
      previous = character
    }
    return line
  }
}
