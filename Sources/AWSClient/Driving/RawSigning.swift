internal import CurlTransport
internal import Foundation

/// Signs a request that is given as the text of HTTP/1.1, as published signature suites have them.
package struct RawSigning {
  /// What signing makes, step by step.
  package struct Steps {
    /// What is signed of the request.
    package let canonicalRequest: String
    /// What the signature is of.
    package let stringToSign: String
    /// The value of the header `Authorization`.
    package let authorization: String
  }

  private let signer: SigV4

  /// Signs with these keys, for a service in a region, at a time like `20150830T123600Z`.
  package init(
    accessKey: String, secretKey: String, token: String?, region: String, service: String,
    timestamp: String
  ) throws(WireFault) {
    guard let date = Timestamp.basicDate(timestamp) else {
      throw WireFault(message: "the timestamp must be like 20150830T123600Z")
    }
    signer = SigV4(
      credentials: Credentials(
        accessKeyID: accessKey, secretAccessKey: secretKey,
        sessionToken: token?.isEmpty == true ? nil : token),
      region: region, service: service, date: date, isS3: SigV4.isS3(service))
  }

  /// The signature of a request.
  ///
  /// - Throws: `WireFault` where the text is no request.
  package func sign(_ request: String) throws(WireFault) -> Steps {
    let signature = signer.sign(try RawHTTPRequest.read(request))
    return Steps(
      canonicalRequest: String(decoding: signature.canonicalRequest, as: UTF8.self),
      stringToSign: String(decoding: signature.stringToSign, as: UTF8.self),
      authorization: signature.authorization)
  }
}
