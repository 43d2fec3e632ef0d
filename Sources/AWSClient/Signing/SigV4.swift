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
    let canonicalRequest: [UInt8]
    let stringToSign: [UInt8]
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
    let bodyHash = given ?? Self.hash(message.body)
    if isS3, given == nil { set("X-Amz-Content-Sha256", bodyHash) }

    // Bytes, not strings: they are hashed, and strings cost three times as much to put together.
    let canonical = CanonicalHeaders(headers)
    var request: [UInt8] = []
    request.reserveCapacity(canonical.lines.count + canonical.names.count + 256)
    request.append(line: message.method)
    request.append(line: CanonicalURL.path(message.path, isS3: isS3))
    request.append(line: CanonicalURL.query(message.query))
    request += canonical.lines
    request.append(line: "")
    request += canonical.names
    request.append(line: "")
    request += bodyHash.utf8

    let day = String(time.prefix(8))
    let scope = "\(day)/\(region)/\(service)/aws4_request"
    var text: [UInt8] = []
    text.reserveCapacity(256)
    text.append(line: "AWS4-HMAC-SHA256")
    text.append(line: time)
    text.append(line: scope)
    text += Self.hash(request).utf8
    var value: [UInt8] = []
    value.reserveCapacity(512)
    value += "AWS4-HMAC-SHA256 Credential=".utf8
    value += credentials.accessKeyID.utf8
    value.append(UInt8(ascii: "/"))
    value += scope.utf8
    value += ", SignedHeaders=".utf8
    value += canonical.names
    value += ", Signature=".utf8
    value += SigningKeys.authenticate(text, with: key(day: day)).hexadecimal.utf8
    let authorization = String(decoding: value, as: UTF8.self)
    headers.append(HTTPHeader(name: "Authorization", value: authorization))
    return Signature(
      canonicalRequest: request, stringToSign: text, authorization: authorization,
      headers: headers)
  }

  /// The hash of some bytes, in hexadecimal digits.
  private static func hash(_ bytes: some ContiguousBytes) -> String {
    var hash = SHA256()
    // The bytes are read while they are lent.
    unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
    return hash.finalize().hexadecimal
  }

  private func key(day: String) -> HMAC<SHA256> {
    keys.key(
      SigningKeys.Scope(
        secretAccessKey: credentials.secretAccessKey, day: day, region: region, service: service))
  }
}

extension [UInt8] {
  /// Appends a text and the end of a line.
  fileprivate mutating func append(line: String) {
    self += line.utf8
    append(UInt8(ascii: "\n"))
  }
}

extension ContiguousBytes {
  /// The bytes as lower-case hexadecimal digits.
  var hexadecimal: String {
    // Each byte fills two places, so that all of the room is filled.
    unsafe withUnsafeBytes { bytes in
      unsafe String(unsafeUninitializedCapacity: bytes.count * 2) { digits in
        func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
        for index in bytes.indices {
          unsafe digits[2 * index] = digit(bytes[index] >> 4)
          unsafe digits[2 * index + 1] = digit(bytes[index] & 15)
        }
        return bytes.count * 2
      }
    }
  }
}
