internal import Foundation

/// JSON in the form in which a reader of YAML takes it: with spaces for tabs, which JSON has between its
/// tokens only, and with one escape for each pair of surrogates.
///
/// Lines stay as they are; a column behind such a pair is two less.
func yaml(ofJSON data: Data) -> Data {
  var result = Data(capacity: data.count)
  let bytes = [UInt8](data)
  var index = 0
  while index < bytes.count {
    if bytes[index] == UInt8(ascii: "\\") {
      if let pair = surrogatePair(bytes[index...]) {
        result.append(contentsOf: pair.utf8)
        index += 12
      } else {
        // What stands behind a backslash belongs to it, another backslash too.
        result.append(contentsOf: bytes[index..<min(index + 2, bytes.count)])
        index += 2
      }
    } else {
      result.append(bytes[index] == UInt8(ascii: "\t") ? UInt8(ascii: " ") : bytes[index])
      index += 1
    }
  }
  return result
}

/// The escape of YAML for a pair of surrogates, `\ud83d\ude00`, at the front; nil where there is none.
private func surrogatePair(_ bytes: ArraySlice<UInt8>) -> String? {
  guard let high = escapedUnit(bytes), (0xD800...0xDBFF).contains(high),
    let low = escapedUnit(bytes.dropFirst(6)), (0xDC00...0xDFFF).contains(low)
  else { return nil }
  let digits = String(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00), radix: 16)
  return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
}

private func escapedUnit(_ bytes: ArraySlice<UInt8>) -> Int? {
  guard bytes.count >= 6, bytes.starts(with: "\\u".utf8) else { return nil }
  return Int(String(decoding: bytes.dropFirst(2).prefix(4), as: UTF8.self), radix: 16)
}
