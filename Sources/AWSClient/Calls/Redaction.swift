internal import Foundation
internal import Model

/// Takes secrets out of what a server says: some quote the request that they refuse.
struct Redaction {
  private let credentials: Credentials
  private let authorization: String?

  /// Knows the secrets of the credentials that a request was signed with, and the signature.
  init(_ credentials: Credentials, authorization: String?) {
    self.credentials = credentials
    self.authorization = authorization
  }

  private var secrets: [String] {
    let signature = authorization?.split(separator: "=").last.map(String.init)
    return [
      credentials.secretAccessKey, credentials.sessionToken, credentials.accessKeyID, signature,
    ].compactMap { $0 }.filter { $0.count >= 8 }
  }

  /// The data with each of its texts cleaned.
  func clean(_ value: Value) -> Value {
    switch value {
    case .string(let text): .string(String(clean(text).prefix(2048)))
    case .list(let elements): .list(elements.map(clean))
    case .map(let members): .map(members.mapValues(clean))
    case .null, .bool, .number, .bytes, .sensitive: value
    }
  }

  /// The text without secrets, and without the canonical request that AWS quotes to help debugging.
  func clean(_ text: String) -> String {
    var clean = text
    for mark in [
      "The Canonical String", "The String-to-Sign", "<CanonicalRequest>", "<StringToSign>",
    ] {
      if let range = clean.firstRange(of: mark) { clean = String(clean[..<range.lowerBound]) }
    }
    for secret in secrets { clean = clean.replacing(secret, with: "(sensitive)") }
    return clean.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
