import CurlTransport
import Foundation
import Testing

@testable import AWSClient

@Suite struct CredentialContainerTests {
  static let fullURI = "AWS_CONTAINER_CREDENTIALS_FULL_URI"

  @Test func asksTheURLWithTheToken() async throws {
    let server = LocalServer { request in
      request.target == "/creds?id=1" && request.headers["authorization"] == "S3CR3T-auth"
        ? .reply(200, CredentialAnswers.document()) : .reply(401)
    }
    let stage = try CredentialStage([
      Self.fullURI: server.url + "/creds?id=1", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "S3CR3T-auth",
    ])
    let found = try await stage.find(PatientTransport())
    #expect(found.accessKeyID == "ASIAGIVEN" && found.sessionToken == "S3CR3T-token")
    #expect(!found.outlivesExpiration)
  }

  @Test func readsTheTokenFileAnewAndBeforeTheVariable() async throws {
    let server = LocalServer { request in
      .reply(200, CredentialAnswers.document(key: request.headers["authorization"] ?? "none"))
    }
    let stage = try CredentialStage([
      Self.fullURI: server.url, "AWS_CONTAINER_AUTHORIZATION_TOKEN": "variable",
    ])
    #expect(try await stage.find(PatientTransport()).accessKeyID == "variable")
    let file = try stage.write("first\n", to: "token")
    stage.set("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", file)
    #expect(try await stage.find(PatientTransport()).accessKeyID == "first")
    try stage.write("second", to: "token")
    #expect(try await stage.find(PatientTransport()).accessKeyID == "second")
  }

  @Test func relativePathIsOnTheService() async throws {
    let transport = FakeTransport([.status(200, CredentialAnswers.document())])
    let stage = try CredentialStage([
      "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials/S3CR3T-id",
      Self.fullURI: "http://127.0.0.1:1",
    ])
    #expect(try await stage.find(transport).accessKeyID == "ASIAGIVEN")
    #expect(transport.requests[0].url == "http://169.254.170.2/v2/credentials/S3CR3T-id")
    #expect(transport.requests[0].totalTimeout == .seconds(2))
  }

  @Test(arguments: [
    ("http://127.0.0.1/x", true), ("http://127.1.2.3:80", true), ("http://[::1]:9/x", true),
    ("http://LOCALHOST:1/x?y", true), ("http://169.254.170.2/", true),
    ("http://169.254.170.23/v1/credentials", true), ("http://[fd00:ec2::23]/v1", true),
    ("https://anywhere.example/x", true), ("http://anywhere.example/x", false),
    ("http://169.254.169.254/", false), ("http://[fd00:ec2::24]/", false),
    ("http://127.0.0.1@evil.example/", false), ("http://127.0.0.1.evil.example/", false),
    ("http://evil.example#@127.0.0.1/", false), ("http://evil.example\\@127.0.0.1/", false),
    ("http://0127.0.0.1/", false), ("http://127.0.0.1\r\nX: y", false), ("http:///x", false),
    ("ftp://127.0.0.1/", false), ("127.0.0.1", false), ("https://", false), ("http://[::1", false),
  ])
  func refusesHostsThatAreNotNear(_ url: String, _ isAllowed: Bool) async throws {
    let transport = FakeTransport([.status(200, CredentialAnswers.document())])
    let stage = try CredentialStage([Self.fullURI: url])
    if isAllowed {
      #expect(try await stage.find(transport).accessKeyID == "ASIAGIVEN")
      #expect(transport.requests[0].url == url)
    } else {
      let failure = try await stage.failure(transport)
      #expect(failure.error?.code == "InvalidCredentials")
      #expect(transport.requests.isEmpty)
    }
  }

  /// A way to fail, what the error must say, and how many requests there are.
  static let failures: [(LocalServer.Answer, String, Int)] = [
    (.reply(404, "S3CR3T"), "status 404", 1), (.reply(500, "S3CR3T"), "status 500", 3),
    (.reply(429), "status 429", 3), (.reply(302), "status 302", 1),
    (.reply(200, "S3CR3T{"), "is no JSON", 1), (.reply(200, "{}"), "has no AccessKeyId", 1),
    (.reply(200, CredentialAnswers.document(key: "S3CR3T key")), "a key holds a space", 1),
    (
      .reply(200, CredentialAnswers.document(expiration: "2015-08-30T12:35:00Z")),
      "have already ended", 1
    ),
    (.close, "the connection breaks", 3), (.silence, "no answer in time", 1),
  ]

  @Test(arguments: failures)
  func saysWhatFails(_ answer: LocalServer.Answer, _ message: String, _ count: Int) async throws {
    let server = LocalServer { _ in answer }
    let stage = try CredentialStage([
      Self.fullURI: server.url + "/S3CR3T-id", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "S3CR3T-auth",
    ])
    let (error, shown) = try await stage.failure(PatientTransport(answer.patience))
    #expect(error?.message.contains(message) == true, "\(shown)")
    #expect(error?.message.hasPrefix("container: ") == true)
    #expect(!shown.contains("S3CR3T"))
    #expect(server.requests.count == count)
  }

  @Test func refusesBrokenVariables() async throws {
    for (variable, value) in [
      ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "@evil.example/S3CR3T"),
      ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "S3CR3T\r\nX-Evil: 1"),
      ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/nowhere"),
    ] {
      let stage = try CredentialStage([Self.fullURI: LocalServer.unusedURL(), variable: value])
      let (error, shown) = try await stage.failure(PatientTransport())
      #expect(error?.code == "InvalidCredentials")
      #expect(!shown.contains("S3CR3T"))
    }
    let refused = try CredentialStage([Self.fullURI: LocalServer.unusedURL()])
    #expect(
      try await refused.failure(PatientTransport()).shown.contains("the connection is refused"))
  }

  /// Our clock is a day fast: the credentials are good all the same.
  @Test func goesByTheClockOfTheServer() async throws {
    let server = LocalServer { _ in
      .reply(200, CredentialAnswers.document(), date: TestClient.now)
    }
    let stage = try CredentialStage([Self.fullURI: server.url])
    stage.wait(86_400)
    #expect(try await stage.find(PatientTransport()).accessKeyID == "ASIAGIVEN")
  }
}
