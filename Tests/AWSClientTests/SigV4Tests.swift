import CurlTransport
import Foundation
import Testing

@testable import AWSClient

/// The examples of AWS's documentation and of its published signature suite.
@Suite struct SigV4Tests {
  struct Vector: Sendable, CustomTestStringConvertible {
    let name: String
    var method = "GET"
    var path = "/"
    var query = ""
    var headers: [String]
    var body = ""
    let signature: String

    var testDescription: String { name }

    var message: SigV4.Message {
      SigV4.Message(
        method: method, path: path, query: query,
        headers: headers.map { line in
          let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
          return HTTPHeader(name: String(parts[0]), value: String(parts[1]))
        }, body: Data(body.utf8))
    }
  }

  static let suite = ["Host:example.amazonaws.com", "X-Amz-Date:20150830T123600Z"]

  static let vectors = [
    Vector(
      name: "get-vanilla", headers: suite,
      signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
    Vector(
      name: "get-vanilla-query-order-key-case", query: "Param2=value2&Param1=value1",
      headers: suite,
      signature: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
    Vector(
      name: "get-utf8", path: "/\u{1234}", headers: suite,
      signature: "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"),
    Vector(
      name: "get-relative-relative", path: "/example1/example2/../..", headers: suite,
      signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
    Vector(
      name: "get-header-value-trim",
      headers: suite + ["My-Header1: value1", "My-Header2: \"a   b   c\""],
      signature: "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"),
    Vector(
      name: "post-vanilla", method: "POST", headers: suite,
      signature: "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
  ]

  @Test(arguments: vectors)
  func signsTheSuite(_ vector: Vector) {
    let signer = SigV4(
      credentials: Credentials(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
      region: "us-east-1", service: "service", date: TestClient.now, isS3: false)
    let signed = signer.sign(vector.message)
    #expect(
      signed.authorization.hasSuffix("Signature=\(vector.signature)"),
      "\(String(decoding: signed.canonicalRequest, as: UTF8.self))")
  }

  @Test func signsListUsers() {
    let signer = SigV4(
      credentials: Credentials(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
      region: "us-east-1", service: "iam", date: TestClient.now, isS3: false)
    let signed = signer.sign(
      Vector(
        name: "", query: "Action=ListUsers&Version=2010-05-08",
        headers: [
          "Host:iam.amazonaws.com", "Content-Type:application/x-www-form-urlencoded; charset=utf-8",
        ], signature: ""
      ).message)
    #expect(
      String(decoding: signed.stringToSign, as: UTF8.self) == """
        AWS4-HMAC-SHA256
        20150830T123600Z
        20150830/us-east-1/iam/aws4_request
        f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59
        """)
    #expect(
      signed.authorization
        == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
        + "SignedHeaders=content-type;host;x-amz-date, "
        + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7")
  }

  static let bucket = "Host:examplebucket.s3.amazonaws.com"

  @Test(arguments: [
    Vector(
      name: "get object", path: "/test.txt", headers: [bucket, "Range:bytes=0-9"],
      signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
    Vector(
      name: "put object", method: "PUT", path: "/test$file.text",
      headers: [
        bucket, "Date:Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class:REDUCED_REDUNDANCY",
      ], body: "Welcome to Amazon S3.",
      signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
    Vector(
      name: "get lifecycle", query: "lifecycle", headers: [bucket],
      signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
    Vector(
      name: "list", query: "max-keys=2&prefix=J", headers: [bucket],
      signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
  ])
  func signsForS3(_ vector: Vector) {
    let signer = SigV4(
      credentials: Credentials(
        accessKeyID: "AKIAIOSFODNN7EXAMPLE",
        secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
      region: "us-east-1", service: "s3",
      date: Date(timeIntervalSince1970: 1_369_353_600), isS3: true)
    let signed = signer.sign(vector.message)
    #expect(
      signed.authorization.hasSuffix("Signature=\(vector.signature)"),
      "\(String(decoding: signed.canonicalRequest, as: UTF8.self))")
  }

  @Test func signsSessionToken() {
    let signer = SigV4(
      credentials: TestClient.keys, region: "us-east-1", service: "sts", date: TestClient.now,
      isS3: false)
    let signed = signer.sign(Vector(name: "", headers: Self.suite, signature: "").message)
    #expect(signed.authorization.contains("SignedHeaders=host;x-amz-date;x-amz-security-token,"))
  }

  @Test(arguments: [
    ("b=2&a=1&a=0&a", "a=&a=0&a=1&b=2"), ("a%20b=c+d", "a%20b=c%2Bd"), ("lifecycle", "lifecycle="),
    ("x=%E1%88%B4", "x=%E1%88%B4"), ("x=a=b", "x=a%3Db"), ("", ""),
  ])
  func bringsQueryIntoCanonicalForm(_ query: String, _ canonical: String) {
    #expect(CanonicalURL.query(query) == canonical)
  }

  @Test(arguments: [
    ("/a/../b/", "/b/", "/a/../b/"), ("//", "/", "//"), ("/a%20b", "/a%2520b", "/a%20b"),
    ("/./x", "/x", "/./x"), ("", "/", "/"), ("/a/b/..", "/a", "/a/b/.."),
  ])
  func bringsPathIntoCanonicalForm(_ path: String, _ general: String, _ s3: String) {
    #expect(CanonicalURL.path(path, isS3: false) == general)
    #expect(CanonicalURL.path(path, isS3: true) == s3)
  }
}
