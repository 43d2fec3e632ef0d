internal import Foundation
internal import Model

/// Credentials as programs, containers and instances hand them out: a JSON object.
struct CredentialDocument {
  private let provider: String
  private let json: Value

  /// Reads the object.
  ///
  /// - Throws: where it is none; of what was read the error shows nothing.
  init(_ text: Data, from provider: String) throws(CredentialFault) {
    self.provider = provider
    let parsed: Value?
    do {
      parsed = try JSONReader.read(text)
    } catch {
      throw CredentialFault(provider: provider, message: "what it gives is no JSON")
    }
    guard let parsed, parsed.map != nil else {
      throw CredentialFault(provider: provider, message: "what it gives is no JSON object")
    }
    json = parsed
  }

  /// A member that is no secret: a version, a status.
  subscript(name: String) -> Value? { json[name] }

  /// The credentials; `token` is what the session token is called.
  func credentials(token: String) throws(CredentialFault) -> Credentials {
    let keyID = try text("AccessKeyId")
    let secret = try text("SecretAccessKey")
    return Credentials(
      accessKeyID: keyID, secretAccessKey: secret,
      sessionToken: json[token]?.string.flatMap { $0.isEmpty ? nil : $0 },
      expiration: try expiration())
  }

  private func text(_ name: String) throws(CredentialFault) -> String {
    guard let text = json[name]?.string, !text.isEmpty else {
      throw CredentialFault(provider: provider, message: "what it gives has no \(name)")
    }
    return text
  }

  private func expiration() throws(CredentialFault) -> Date? {
    guard let stated = json["Expiration"], !stated.isNull, stated != "" else { return nil }
    guard let date = stated.string.flatMap({ Timestamp.date($0) }) else {
      throw CredentialFault(provider: provider, message: "what it gives has no time as Expiration")
    }
    return date
  }
}
