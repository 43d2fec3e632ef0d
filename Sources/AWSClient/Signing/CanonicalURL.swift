/// The parts of a URL in the form that a signature covers.
enum CanonicalURL {
  /// The path: normalized and encoded once more, but for S3, which takes it as it is sent.
  static func path(_ path: String, isS3: Bool) -> String {
    // Most services have one path.
    guard path != "/" else { return path }
    guard !isS3 else {
      let encoded = PercentEncoding.encode(path, keepingSlashes: true, keepingEscapes: true)
      return encoded.isEmpty ? "/" : encoded
    }
    var segments: [Substring] = []
    for segment in path.split(separator: "/") {
      switch segment {
      case ".": continue
      case "..": _ = segments.popLast()
      default: segments.append(segment)
      }
    }
    let isFolder = path.hasSuffix("/") && !segments.isEmpty
    let normalized = "/" + segments.joined(separator: "/") + (isFolder ? "/" : "")
    return PercentEncoding.encode(normalized, keepingSlashes: true)
  }

  /// The query: each name and value encoded, sorted by name and then by value.
  static func query(_ query: String) -> String {
    guard !query.isEmpty else { return query }
    let items = query.split(separator: "&").map { item in
      let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (encoded(pair[0]), pair.count > 1 ? encoded(pair[1]) : "")
    }
    return items.sorted { $0 < $1 }.map { "\($0)=\($1)" }.joined(separator: "&")
  }

  private static func encoded(_ text: Substring) -> String {
    PercentEncoding.encode(PercentEncoding.decode(text))
  }
}
