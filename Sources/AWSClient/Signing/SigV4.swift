internal import Crypto
internal import CurlTransport
internal import Foundation

/// Signs requests the AWS way, version 4.
///
/// S3 differs: it takes the path as it is sent, and wants the hash of the body in a header.
struct SigV4 {
  let credentials: Credentials
  let region: String
  /// The service's name in signatures.
  let service: String
  let date: Date
  let isS3: Bool
  /// Keys that were made before.
  var keys = SigningKeys()

  /// A request, as far as a signature covers it.
  struct Message {
    var method: String
    /// The path as it is sent.
    var path: String
    /// The query as it is sent, without `?`.
    var query: String
    /// The header fields; `Host` must be there.
    var headers: [HTTPHeader]
    var body: Data
  }

  /// Whether a service's signatures follow S3's rules, by its name in signatures.
  static func isS3(_ signingName: String) -> Bool {
    ["s3", "s3-object-lambda", "s3-outposts", "s3express"].contains(signingName)
  }

  /// What signing makes, step by step.
  struct Signature {
    let canonicalRequest: String
    let stringToSign: String
    /// The value of the header `Authorization`.
    let authorization: String
    /// All header fields to send, `Authorization` among them.
    let headers: [HTTPHeader]
  }

  /// Adds the header fields that a signed request has, and signs it.
  ///
  /// Time and token are the signer's, whatever an earlier signature left behind. Who has said what
  /// the hash of the body is, such as `UNSIGNED-PAYLOAD`, is believed.
  func sign(_ message: Message) -> Signature {
    var headers = message.headers
    func set(_ name: String, _ value: String) {
      headers.removeAll { $0.isNamed(name) }
      headers.append(HTTPHeader(name: name, value: value))
    }
    headers.removeAll { $0.isNamed("Authorization") }
    let time = Timestamp.basic(date)
    set("X-Amz-Date", time)
    if let token = credentials.sessionToken { set("X-Amz-Security-Token", token) }
    let given = headers.first { $0.isNamed("X-Amz-Content-Sha256") }?.value
    let bodyHash = given ?? SHA256.hash(data: message.body).hexadecimal
    if isS3, given == nil { set("X-Amz-Content-Sha256", bodyHash) }

    let canonical = CanonicalHeaders(headers)
    let canonicalRequest = [
      message.method, CanonicalURL.path(message.path, isS3: isS3),
      CanonicalURL.query(message.query),
      canonical.lines, canonical.names, bodyHash,
    ].joined(separator: "\n")
    let day = String(time.prefix(8))
    let scope = "\(day)/\(region)/\(service)/aws4_request"
    let requestHash = SHA256.hash(data: Data(canonicalRequest.utf8)).hexadecimal
    let stringToSign = "AWS4-HMAC-SHA256\n\(time)\n\(scope)\n\(requestHash)"
    let signature = SigningKeys.authenticate(stringToSign, with: key(day: day)).hexadecimal
    let authorization =
      "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope), "
      + "SignedHeaders=\(canonical.names), Signature=\(signature)"
    headers.append(HTTPHeader(name: "Authorization", value: authorization))
    return Signature(
      canonicalRequest: canonicalRequest, stringToSign: stringToSign, authorization: authorization,
      headers: headers)
  }

  private func key(day: String) -> SymmetricKey {
    keys.key(
      SigningKeys.Scope(
        secretAccessKey: credentials.secretAccessKey, day: day, region: region, service: service))
  }
}

extension Sequence<UInt8> {
  /// The bytes as lower-case hexadecimal digits.
  var hexadecimal: String {
    var text: [UInt8] = []
    text.reserveCapacity(64)
    func append(_ digit: UInt8) { text.append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
    for byte in self {
      append(byte >> 4)
      append(byte & 15)
    }
    return String(decoding: text, as: UTF8.self)
  }
}
