internal import Foundation
internal import Model

/// A value as JSON for programs: sorted keys, a newline at the end. What acts on a terminal is
/// escaped, which means the same to every reader.
///
/// - Throws: `EncodingError`, for instance for a secret in clear text.
func jsonText(_ value: some Encodable) throws -> String {
  let text = String(decoding: try CanonicalJSON.encode(value), as: UTF8.self)
  guard text.unicodeScalars.contains(where: isHiddenInString) else { return text }
  var shown = ""
  for scalar in text.unicodeScalars {
    guard isHiddenInString(scalar) else {
      shown.unicodeScalars.append(scalar)
      continue
    }
    for unit in UTF16.encode(scalar) ?? .init() {
      let digits = String(unit, radix: 16)
      shown += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }
  return shown
}

/// Whether a scalar acts instead of being seen; line feeds stand only between JSON's tokens.
private func isHiddenInString(_ scalar: Unicode.Scalar) -> Bool {
  scalar != "\n" && isHidden(scalar)
}

/// The version of the format of every view's JSON, except the plan's, which has its own.
let viewFormatVersion = "1.0"
