import CurlTransport
import Foundation
import Testing

@testable import AWSClient

@Suite struct CredentialInstanceTests {
  static let rolePath = "/latest/meta-data/iam/security-credentials/"

  /// A metadata service of version 2, changed in one place.
  private func service(
    _ change: @escaping @Sendable (LocalServer.Request) -> LocalServer.Answer? = { _ in nil }
  ) -> LocalServer {
    LocalServer { request in
      if let changed = change(request) { return changed }
      if request.method == "PUT", request.target == "/latest/api/token" {
        let isAsked = request.headers["x-aws-ec2-metadata-token-ttl-seconds"] == "21600"
        return .reply(isAsked ? 200 : 400, "S3CR3T-imds-token")
      }
      guard request.headers["x-aws-ec2-metadata-token"] == "S3CR3T-imds-token" else {
        return .reply(401)
      }
      switch request.target {
      case Self.rolePath: return .reply(200, "weir-role\n")
      case Self.rolePath + "weir-role": return .reply(200, CredentialAnswers.document())
      default: return .reply(404)
      }
    }
  }

  private func stage(
    _ endpoint: String, _ variables: [String: String] = [:], config: String = ""
  ) throws -> CredentialStage {
    let standard = [
      "AWS_EC2_METADATA_SERVICE_ENDPOINT": endpoint, "AWS_EC2_METADATA_DISABLED": "false",
    ]
    return try CredentialStage(standard.merging(variables) { $1 }, config: config)
  }

  @Test func givesTheRoleOfTheInstance() async throws {
    let server = service()
    let found = try await stage(server.url + "/").find(PatientTransport())
    #expect(found.accessKeyID == "ASIAGIVEN" && found.sessionToken == "S3CR3T-token")
    #expect(found.expiration == TestClient.now.addingTimeInterval(3600))
    #expect(found.outlivesExpiration)
    #expect(server.requests.map(\.method) == ["PUT", "GET", "GET"])
  }

  @Test func isASourceOfRoles() async throws {
    let server = service { request in
      request.method == "POST" ? .reply(200, CredentialAnswers.sts()) : nil
    }
    let stage = try stage(
      server.url, ["AWS_ENDPOINT_URL_STS": server.url, "AWS_PROFILE": "p"],
      config: """
        [profile p]
        role_arn = arn:aws:iam::123456789012:role/x
        credential_source = Ec2InstanceMetadata
        """)
    #expect(try await stage.find(PatientTransport()).accessKeyID == "ASIASTS")
    let call = try #require(server.requests.last)
    #expect(call.headers["authorization"]?.contains("Credential=ASIAGIVEN/") == true)
    #expect(call.headers["x-amz-security-token"] == "S3CR3T-token")
  }

  /// A way to fail, and what the error must say.
  struct Case: Sendable, CustomTestStringConvertible {
    let path: String
    let answer: LocalServer.Answer
    let message: String
    var requests: Int?
    var testDescription: String { message }
  }

  static let token = "/latest/api/token"
  static let cases = [
    Case(path: token, answer: .silence, message: "hop limit must be at least 2", requests: 1),
    Case(path: token, answer: .reply(403), message: "gives no token (status 403)", requests: 1),
    Case(path: token, answer: .reply(404), message: "AWS_EC2_METADATA_V1_DISABLED", requests: 1),
    Case(path: token, answer: .reply(400), message: "gives no token (status 400)", requests: 1),
    Case(path: token, answer: .reply(500), message: "gives no token (status 500)", requests: 2),
    Case(path: token, answer: .reply(200, ""), message: "no token that can be used"),
    Case(path: token, answer: .reply(200, "S3CR3T a\nb: c"), message: "no token that can be used"),
    Case(path: token, answer: .close, message: "is not there (the connection breaks)"),
    Case(path: rolePath, answer: .reply(404), message: "the instance has no role", requests: 2),
    Case(path: rolePath, answer: .reply(401), message: "the role's name: status 401"),
    Case(path: rolePath, answer: .reply(200, "../S3CR3T"), message: "is no role's name"),
    Case(path: rolePath, answer: .silence, message: "no answer in time", requests: 2),
    Case(
      path: rolePath + "weir-role", answer: .reply(200, "<S3CR3T>"), message: "is no JSON",
      requests: 3),
    Case(
      path: rolePath + "weir-role", answer: .reply(200, #"["S3CR3T"]"#),
      message: "is no JSON object"),
    Case(
      path: rolePath + "weir-role", answer: .reply(200, #"{"AccessKeyId":"S3CR3T"}"#),
      message: "has no SecretAccessKey"),
    Case(
      path: rolePath + "weir-role",
      answer: .reply(200, CredentialAnswers.document(expiration: "S3CR3T")),
      message: "no time as Expiration"),
    Case(
      path: rolePath + "weir-role",
      answer: .reply(200, #"{"Code":"AssumeRoleUnauthorizedAccess","Message":"S3CR3T"}"#),
      message: "cannot have role weir-role (AssumeRoleUnauthorizedAccess)"),
    Case(
      path: rolePath + "weir-role", answer: .reply(503, "S3CR3T"),
      message: "the credentials of role weir-role: status 503", requests: 4),
  ]

  @Test(arguments: cases) func saysWhyThereIsNothing(_ test: Case) async throws {
    let server = service { $0.target == test.path ? test.answer : nil }
    let (error, shown) = try await stage(server.url).failure(PatientTransport(test.answer.patience))
    #expect(error?.kind == .noCredentials)
    #expect(error?.message.contains(test.message) == true, "\(shown)")
    #expect(!shown.contains("S3CR3T"))
    if let requests = test.requests { #expect(server.requests.count == requests) }
  }

  @Test func triesAgainOnce() async throws {
    let count = Locked(0)
    let server = service { request in
      guard request.target == Self.rolePath + "weir-role" else { return nil }
      let number = count.withLock { count in
        count += 1
        return count
      }
      return number == 1 ? .reply(500) : nil
    }
    #expect(try await stage(server.url).find(PatientTransport()).accessKeyID == "ASIAGIVEN")
  }

  @Test func asksVersionOneOnlyWhereTold() async throws {
    let server = LocalServer { request in
      switch request.target {
      case Self.token: .reply(404)
      case Self.rolePath: .reply(200, "r")
      default: .reply(200, CredentialAnswers.document())
      }
    }
    #expect(try await stage(server.url).failure(PatientTransport()).error?.kind == .noCredentials)
    #expect(server.requests.count == 1)
    let told = try stage(server.url, ["AWS_EC2_METADATA_V1_DISABLED": "false"])
    #expect(try await told.find(PatientTransport()).accessKeyID == "ASIAGIVEN")
  }

  @Test func isNotAskedWhereDisabledOrGone() async throws {
    let server = service()
    let disabled = try stage(server.url, ["AWS_EC2_METADATA_DISABLED": "TRUE"])
    let failure = try await disabled.failure(PatientTransport())
    #expect(failure.shown.contains("AWS_EC2_METADATA_DISABLED is true"))
    #expect(server.requests.isEmpty)
    let gone = try await stage(LocalServer.unusedURL()).failure(PatientTransport())
    #expect(gone.shown.contains("is not there (the connection is refused)"))
  }

  @Test func keepsExpiredCredentialsOfAServiceThatFails() async throws {
    let isDown = Locked(false)
    let server = service { _ in isDown.withLock { $0 } ? .reply(500) : nil }
    let stage = try stage(server.url)
    let configuration = try stage.configuration()
    let cache = CredentialCache(configuration.credentials)
    let context = CredentialContext(configuration: configuration, transport: PatientTransport())
    let found = try await cache.credentials(context)
    isDown.withLock { $0 = true }
    stage.wait(7200)
    #expect(try await cache.credentials(context) == found)
  }

  @Test(arguments: [
    ([:], "http://169.254.169.254"),
    (["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "IPv6"], "http://[fd00:ec2::254]"),
    (["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://[::1]:80/"], "http://[::1]:80"),
    (["AWS_EC2_METADATA_SERVICE_ENDPOINT": "ftp://x"], nil),
    (["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "IPv5"], nil),
  ])
  func knowsWhereTheServiceIs(_ variables: [String: String], _ base: String?) {
    let settings = InstanceSettings(environment: variables, profile: [:])
    #expect((try? settings.base()) == base)
  }
}
