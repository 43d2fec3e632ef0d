import Foundation

/// Replaces what differs from run to run by something of the same length, so that tables stay
/// tables: accounts, commits and digests, times, paths and ports; sorts what runs in parallel.
struct Filters {
  let account: String
  let folder: String
  let commits: Set<String>

  /// The text without what varies.
  func applied(to text: String) -> String {
    var text = text.replacingOccurrences(of: account, with: "123456789012")
      .replacingOccurrences(
        of: folder.hasSuffix("/") ? String(folder.dropLast()) : folder, with: "/home")
    text = numbered(text)
    for (pattern, replacement) in Self.patterns {
      text = text.replacingOccurrences(of: pattern, with: replacement, options: .regularExpression)
    }
    return sorted(text)
  }

  private static let patterns = [
    (#"127\.0\.0\.1:\d+"#, "127.0.0.1:PORT"),
    (#"20[23]\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"#, "2026-01-01T00:00:00Z"),
    (#"20[23]\d-\d\d-\d\d \d\d:\d\d:\d\dZ"#, "2026-01-01 00:00:00Z"),
    (#"hmac-sha256:[A-Za-z0-9+/]{22}=="#, "hmac-sha256:......................=="),
    (#"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"#, "00000000-0000-0000-0000-000000000000"),
    (#" in [0-9.]+ (ms|s)\b"#, " in 0.1 s"),
    (#"(?m)^(\S+ \S+ +\d+ +\d+ +\d+) +\d+ +\d+ ms$"#, "$1  (bytes, time)"),
    (#"(?m)^(total +\d+ +\d+ +\d+) +\d+ +\d+ ms$"#, "$1  (bytes, time)"),
    (#"(?m)^(operation.*throttled) .*$"#, "$1"),
  ]

  /// Commits and digests, numbered in the order in which they appear first.
  private func numbered(_ text: String) -> String {
    var numbers: [String: Int] = [:]
    var result = ""
    var rest = text[...]
    while let range = rest.range(of: #"\b[0-9a-f]{7,64}\b"#, options: .regularExpression) {
      let word = rest[range]
      result += rest[..<range.lowerBound]
      let before = rest[..<range.lowerBound]
      if let commit = commits.first(where: { $0.hasPrefix(word) }) {
        result += name("c", commit, word.count, &numbers)
      } else if word.count == 64 || word.count == 12 && before.hasSuffix("plan ") {
        result += name("d", String(word.prefix(12)), word.count, &numbers)
      } else {
        result += word
      }
      rest = rest[range.upperBound...]
    }
    return result + rest
  }

  /// `c000001`, filled with zeros to the length of what it stands for.
  private func name(_ letter: String, _ key: String, _ length: Int, _ numbers: inout [String: Int])
    -> String
  {
    let known = numbers.keys.count { $0.hasPrefix(letter) }
    let number = numbers[letter + key] ?? known + 1
    numbers[letter + key] = number
    let digits = String(number)
    return letter + String(repeating: "0", count: 6 - digits.count) + digits
      + String(repeating: "0", count: length - 7)
  }

  /// Lines that are written as they happen, in the order of the alphabet.
  private func sorted(_ text: String) -> String {
    var result: [Substring] = []
    var block: [Substring] = []
    var isProgress = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("aws: ") || isProgress && line.hasPrefix("  ") {
        block.append(line)
        continue
      }
      result += block.sorted()
      block = []
      isProgress =
        line.hasPrefix("Serial ") && line.contains(" begins") || line.hasPrefix("Reading ")
      result.append(line)
    }
    return (result + block.sorted()).joined(separator: "\n")
  }
}
