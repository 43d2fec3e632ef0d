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
  func sign(_ message: Message) -> Signature {
    let bodyHash = SHA256.hash(data: message.body).hexadecimal
    var headers = message.headers
    func add(_ name: String, _ value: String) {
      if !headers.contains(where: { $0.isNamed(name) }) {
        headers.append(HTTPHeader(name: name, value: value))
      }
    }
    add("X-Amz-Date", Timestamp.basic(date))
    if let token = credentials.sessionToken { add("X-Amz-Security-Token", token) }
    if isS3 { add("X-Amz-Content-Sha256", bodyHash) }

    let canonical = CanonicalHeaders(headers)
    let canonicalRequest = [
      message.method, CanonicalURL.path(message.path, isS3: isS3),
      CanonicalURL.query(message.query),
      canonical.lines, canonical.names, bodyHash,
    ].joined(separator: "\n")
    let time = headers.first { $0.isNamed("X-Amz-Date") }?.value ?? Timestamp.basic(date)
    let day = String(time.prefix(8))
    let scope = "\(day)/\(region)/\(service)/aws4_request"
    let requestHash = SHA256.hash(data: Data(canonicalRequest.utf8)).hexadecimal
    let stringToSign = "AWS4-HMAC-SHA256\n\(time)\n\(scope)\n\(requestHash)"
    let signature = authenticate(stringToSign, with: key(day: day)).hexadecimal
    let authorization =
      "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope), "
      + "SignedHeaders=\(canonical.names), Signature=\(signature)"
    headers.append(HTTPHeader(name: "Authorization", value: authorization))
    return Signature(
      canonicalRequest: canonicalRequest, stringToSign: stringToSign, authorization: authorization,
      headers: headers)
  }

  private func key(day: String) -> SymmetricKey {
    var key = SymmetricKey(data: Data("AWS4\(credentials.secretAccessKey)".utf8))
    for step in [day, region, service, "aws4_request"] {
      key = SymmetricKey(data: authenticate(step, with: key))
    }
    return key
  }

  private func authenticate(_ text: String, with key: SymmetricKey) -> HMAC<SHA256>.MAC {
    HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)
  }
}

extension Sequence<UInt8> {
  /// The bytes as lower-case hexadecimal digits.
  var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
