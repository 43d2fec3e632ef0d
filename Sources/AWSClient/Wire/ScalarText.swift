internal import Foundation
internal import Model

/// Scalars as text: in XML, in forms, in headers, in paths and queries.
enum ScalarText {
  /// The text of a scalar; a list or map has none.
  static func write(
    _ value: Value, _ shape: Shape?, timestampFormat: Member.TimestampFormat = .iso8601
  ) -> String? {
    switch (value, shape?.kind) {
    case (.number(let seconds), .timestamp): Timestamp.text(seconds, timestampFormat)
    case (.string(let text), .timestamp):
      Timestamp.read(text).map { Timestamp.text($0, timestampFormat) } ?? text
    case (.string(let text), .blob): Data(text.utf8).base64EncodedString()
    case (.string(let text), _): text
    case (.bytes(let data), _): data.base64EncodedString()
    case (.bool(let truth), _): truth ? "true" : "false"
    case (.number(let number), _): number.description
    case (.sensitive, _), (.list, _), (.map, _), (.null, _): nil
    }
  }

  /// The scalar that a text stands for; what does not fit its type stays text.
  static func read(_ text: String, _ form: Shape.Form) -> Value {
    switch form {
    case .boolean: text == "true" ? true : text == "false" ? false : .string(text)
    case .integer, .float:
      (Int(text).map { Decimal($0) } ?? Decimal(numeral: text[...].utf8) ?? spaced(text))
        .map(Value.number) ?? .string(text)
    case .timestamp: Timestamp.read(text).map(Value.number) ?? .string(text)
    case .blob: Data(base64Encoded: text).map(Value.bytes) ?? .string(text)
    case .string, .structure, .list, .map, .document: .string(text)
    }
  }

  /// The number in a text with space around it, as indented documents have it.
  private static func spaced(_ text: String) -> Decimal? {
    let bare = text.trimmingCharacters(in: .whitespacesAndNewlines)
    return bare == text ? nil : Decimal(numeral: bare[...].utf8)
  }
}
