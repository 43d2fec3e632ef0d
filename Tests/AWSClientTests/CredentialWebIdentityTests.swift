import CurlTransport
import Foundation
import Testing

@testable import AWSClient

@Suite struct CredentialWebIdentityTests {
  static let role = "arn:aws:iam::123456789012:role/ci"
  static let answer = CredentialAnswers.sts("AssumeRoleWithWebIdentity", key: "ASIAWEB")

  private func stage(_ token: String = "S3CR3T-jwt.a-b_c\n") throws -> CredentialStage {
    let stage = try CredentialStage([
      "AWS_ROLE_ARN": Self.role, "AWS_ROLE_SESSION_NAME": "job-7", "AWS_REGION": "eu-west-1",
    ])
    stage.set("AWS_WEB_IDENTITY_TOKEN_FILE", try stage.write(token, to: "token"))
    return stage
  }

  @Test func assumesTheRoleUnsigned() async throws {
    let transport = FakeTransport([.status(200, Self.answer)])
    let found = try await stage().find(transport)
    #expect(found.accessKeyID == "ASIAWEB" && found.sessionToken == "S3CR3T-token")
    #expect(found.expiration == TestClient.now.addingTimeInterval(3600))
    let request = try #require(transport.requests.first)
    #expect(request.url == "https://sts.eu-west-1.amazonaws.com/" && request.method == "POST")
    #expect(request.header("Authorization") == nil)
    for part in [
      "Action=AssumeRoleWithWebIdentity", "RoleSessionName=job-7",
      "WebIdentityToken=S3CR3T-jwt.a-b_c", "RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fci",
    ] { #expect(request.text.contains(part)) }
  }

  @Test func readsTheFileAnewForEachRenewal() async throws {
    let stage = try stage()
    let transport = FakeTransport([.status(200, Self.answer)])
    let configuration = try stage.configuration()
    let cache = CredentialCache(configuration.credentials)
    let context = CredentialContext(configuration: configuration, transport: transport)
    _ = try await cache.credentials(context)
    try stage.write("S3CR3T-second", to: "token")
    stage.wait(3400)
    _ = try? await cache.credentials(context)
    #expect(transport.requests.map { $0.text.contains("S3CR3T-second") } == [false, true])
  }

  /// A profile with a role, and with a token in that file.
  private static func profile(token: String) -> String {
    """
    [profile p]
    role_arn = \(role)
    web_identity_token_file = \(token)
    role_session_name = mine
    duration_seconds = 1800
    """
  }

  @Test func aProfileMayHaveIt() async throws {
    let stage = try CredentialStage(["AWS_PROFILE": "p"])
    let token = try stage.write("S3CR3T-profile", to: "token")
    try stage.write(
      """
      \(Self.profile(token: token))
      [profile r]
      role_arn = arn:aws:iam::123456789012:role/x
      source_profile = p
      """, to: ".aws/config")
    let transport = FakeTransport([.status(200, Self.answer)])
    #expect(try await stage.find(transport).accessKeyID == "ASIAWEB")
    let text = transport.requests[0].text
    #expect(text.contains("RoleSessionName=mine") && text.contains("DurationSeconds=1800"))
    stage.set("AWS_PROFILE", "r")
    let chain = FakeTransport([
      .status(200, Self.answer), .status(200, CredentialAnswers.sts()),
    ])
    #expect(try await stage.find(chain).accessKeyID == "ASIASTS")
    #expect(chain.requests[1].header("Authorization")?.contains("ASIAWEB/") == true)
  }

  @Test func variablesComeBeforeTheProfile() async throws {
    let stage = try CredentialStage(["AWS_PROFILE": "p", "AWS_ROLE_SESSION_NAME": "job"])
    let token = try stage.write("S3CR3T-profile", to: "token")
    try stage.write(Self.profile(token: token), to: ".aws/config")
    func text() async throws -> String {
      let transport = FakeTransport([.status(200, Self.answer)])
      _ = try await stage.find(transport)
      return transport.requests[0].text
    }
    let named = try await text()
    for part in ["RoleSessionName=job", "role%2Fci", "S3CR3T-profile", "DurationSeconds=1800"] {
      #expect(named.contains(part))
    }
    stage.set("AWS_ROLE_SESSION_NAME", "")
    stage.set("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/other")
    let other = try await text()
    for part in ["RoleSessionName=mine", "role%2Fother", "S3CR3T-profile"] {
      #expect(other.contains(part))
    }
    #expect(!other.contains("DurationSeconds"), "that is the other role's")
    stage.set("AWS_ROLE_ARN", "")
    stage.set("AWS_WEB_IDENTITY_TOKEN_FILE", try stage.write("S3CR3T-variable", to: "second"))
    let file = try await text()
    for part in ["RoleSessionName=mine", "role%2Fci", "S3CR3T-variable"] {
      #expect(file.contains(part))
    }
  }

  @Test(
    arguments: [
      (
        [
          .status(
            400, CredentialAnswers.stsError("InvalidIdentityToken", "No S3CR3T-jwt.a-b_c here"))
        ],
        "InvalidIdentityToken", 1
      ),
      (
        [
          .status(
            400, CredentialAnswers.stsError("ExpiredTokenException", "S3CR3T-jwt.a-b_c ended"))
        ],
        "ExpiredTokenException", 1
      ),
      (
        [.status(403, CredentialAnswers.stsError("AccessDenied", "Not authorized"))],
        "AccessDenied", 1
      ),
      (
        [.status(400, CredentialAnswers.stsError("IDPCommunicationError", "x"))],
        "IDPCommunicationError", 3
      ),
      ([.status(200, "S3CR3T <garbage")], "GarbledResponse", 3),
      ([.status(502, "<html>S3CR3T-jwt.a-b_c S3CR3T</html>")], "502", 3),
      ([.refusedConnection], "Unreachable", 3), ([.brokenConnection], "Unreachable", 3),
    ] as [([FakeTransport.Answer], String, Int)])
  func saysWhatFails(
    _ answers: [FakeTransport.Answer], _ code: String, _ tries: Int
  ) async throws {
    let transport = FakeTransport(answers)
    let (error, shown) = try await stage().failure(transport)
    #expect(error?.code == code && error?.operation == "AssumeRoleWithWebIdentity")
    #expect(!shown.contains("S3CR3T"), "\(shown)")
    #expect(transport.requests.count == tries)
  }

  /// A call that nobody signs ends with its time, as all calls do.
  @Test func endsInTime() async throws {
    struct Hanging: HTTPTransport {
      let stage: CredentialStage
      let limits = Locked<[Duration?]>([])
      func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        limits.withLock { $0.append(request.totalTimeout) }
        stage.wait(70)
        throw TransportError(code: .timedOut(.firstByte), operation: "POST sts", message: "late")
      }
    }
    let transport = Hanging(stage: try stage())
    #expect(try await transport.stage.failure(transport).error?.code == "Unreachable")
    #expect(transport.limits.withLock { $0 } == [.seconds(120), .seconds(50)])
  }

  @Test(arguments: ["", "  \n", "two\nlines"])
  func refusesBrokenFiles(_ token: String) async throws {
    let transport = FakeTransport([.status(200, Self.answer)])
    #expect(try await stage(token).failure(transport).error?.code == "InvalidCredentials")
    #expect(transport.requests.isEmpty)
  }

  @Test func saysWhatIsMissing() async throws {
    let noFile = try stage()
    noFile.set("AWS_WEB_IDENTITY_TOKEN_FILE", "/nowhere")
    #expect(try await noFile.failure().error?.message.contains("/nowhere is not there") == true)
    let noRole = try stage()
    noRole.set("AWS_ROLE_ARN", "")
    #expect(try await noRole.failure().error?.message.contains("but not AWS_ROLE_ARN") == true)
  }
}
