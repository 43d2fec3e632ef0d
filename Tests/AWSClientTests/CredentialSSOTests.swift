import Crypto
import CurlTransport
import Foundation
import Model
import Testing

@testable import AWSClient

@Suite struct CredentialSSOTests {
  static let config = """
    [profile p]
    sso_session = corp
    sso_account_id = 123456789012
    sso_role_name = Operator
    [profile old]
    sso_start_url = https://old.awsapps.com/start
    sso_region = eu-west-1
    sso_account_id = 123456789012
    sso_role_name = Operator
    [sso-session corp]
    sso_start_url = https://corp.awsapps.com/start
    sso_region = eu-central-1
    """
  static let role = """
    {"roleCredentials":{"accessKeyId":"ASIASSO","secretAccessKey":"S3CR3T-secret",
    "sessionToken":"S3CR3T-session","expiration":1440941760000}}
    """
  static let renewed = """
    {"accessToken":"S3CR3T-access-2","expiresIn":28800,"refreshToken":"S3CR3T-refresh-2",
    "tokenType":"Bearer"}
    """
  /// The names are the SHA-1 sums of `corp` and of the old start URL.
  static let cached = ".aws/sso/cache/" + sum("corp") + ".json"
  static let cachedOld = ".aws/sso/cache/" + sum("https://old.awsapps.com/start") + ".json"

  /// The SHA-1 sum of a text.
  static func sum(_ text: String) -> String {
    Insecure.SHA1.hash(data: Data(text.utf8)).hexadecimal
  }

  /// The content of a token file; without an end of the registration it cannot be renewed.
  static func token(
    _ end: String = "2015-08-30T20:00:00Z", registration: String? = "2015-10-01T00:00:00Z",
    access: String = "S3CR3T-access"
  ) -> String {
    let renewal =
      registration.map {
        #","clientId":"id","clientSecret":"S3CR3T-client","refreshToken":"S3CR3T-refresh","#
          + #""registrationExpiresAt":"\#($0)""#
      } ?? ""
    return """
      {"startUrl":"https://corp.awsapps.com/start","region":"eu-central-1","extra":[1],
      "accessToken":"\(access)","expiresAt":"\(end)"\(renewal)}
      """
  }

  private func stage(_ token: String?, profile: String = "p") throws -> CredentialStage {
    let stage = try CredentialStage(["AWS_PROFILE": profile], config: Self.config)
    if let token { try stage.write(token, to: profile == "p" ? Self.cached : Self.cachedOld) }
    return stage
  }

  @Test func namesTheTokenFileAsTheCLIDoes() {
    // $ printf corp | sha1sum
    #expect(Self.cached == ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json")
    let session = SSOSession(name: "my-sso", startURL: "u", region: "r")
    #expect(
      session.tokenFile(home: "/h") == "/h/.aws/sso/cache/"
        + "0ad374308c5a4e22f723adf10145eafad7c4031c.json")
  }

  @Test(arguments: ["p", "old"]) func getsTheRole(_ profile: String) async throws {
    let transport = FakeTransport([.status(200, Self.role)])
    let found = try await stage(Self.token(), profile: profile).find(transport)
    #expect(
      found
        == Credentials(
          accessKeyID: "ASIASSO", secretAccessKey: "S3CR3T-secret", sessionToken: "S3CR3T-session",
          expiration: TestClient.now.addingTimeInterval(3600)))
    let request = try #require(transport.requests.first)
    let region = profile == "p" ? "eu-central-1" : "eu-west-1"
    #expect(
      request.url.hasPrefix("https://portal.sso.\(region).amazonaws.com/federation/credentials?"))
    #expect(request.url.contains("role_name=Operator"))
    #expect(request.url.contains("account_id=123456789012"))
    #expect(request.header("x-amz-sso_bearer_token") == "S3CR3T-access")
    #expect(request.header("Authorization") == nil)
  }

  @Test func renewsTheTokenAndKeepsIt() async throws {
    // It holds for ten more minutes.
    let stage = try stage(Self.token("2015-08-30T12:46:00UTC"))
    let transport = FakeTransport([.status(200, Self.renewed), .status(200, Self.role)])
    #expect(try await stage.find(transport).accessKeyID == "ASIASSO")
    let request = try #require(transport.requests.first)
    #expect(request.url == "https://oidc.eu-central-1.amazonaws.com/token")
    let sent: Value = try JSONReader.read(request.body)
    #expect(
      sent == [
        "clientId": "id", "clientSecret": "S3CR3T-client", "grantType": "refresh_token",
        "refreshToken": "S3CR3T-refresh",
      ])
    #expect(transport.requests[1].header("x-amz-sso_bearer_token") == "S3CR3T-access-2")
    let kept: Value = try JSONReader.read(try stage.read(Self.cached).utf8)
    #expect(kept["accessToken"] == "S3CR3T-access-2" && kept["refreshToken"] == "S3CR3T-refresh-2")
    #expect(kept["expiresAt"] == "2015-08-30T20:36:00Z" && kept["extra"] == [1])
    #expect(kept["clientSecret"] == "S3CR3T-client")
    let files = FileManager.default
    let attributes = try files.attributesOfItem(atPath: "\(stage.home)/\(Self.cached)")
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    let folder = ("\(stage.home)/\(Self.cached)" as NSString).deletingLastPathComponent
    #expect(try files.contentsOfDirectory(atPath: folder).count == 1)
  }

  @Test func keepsATokenThatHoldsWhenItsRenewalFails() async throws {
    let stage = try stage(Self.token("2015-08-30T12:46:00Z"))
    let transport = FakeTransport([
      .status(400, #"{"error":"invalid_grant"}"#), .status(200, Self.role),
    ])
    #expect(try await stage.find(transport).accessKeyID == "ASIASSO")
    #expect(transport.requests[1].header("x-amz-sso_bearer_token") == "S3CR3T-access")
  }

  @Test func takesTheTokenOfAProcessThatWasFaster() async throws {
    let stage = try stage(Self.token("2015-08-30T12:00:00Z"))
    let other = Self.token(access: "S3CR3T-other")
    let path = "\(stage.home)/\(Self.cached)"
    let transport = Hooked(
      FakeTransport([.status(400, #"{"error":"invalid_grant"}"#), .status(200, Self.role)])
    ) { try? Data(other.utf8).write(to: URL(fileURLWithPath: path)) }
    #expect(try await stage.find(transport).accessKeyID == "ASIASSO")
    #expect(
      transport.transport.requests[1].header("x-amz-sso_bearer_token") == "S3CR3T-other")
  }

  /// A transport that does something before each request.
  struct Hooked: HTTPTransport {
    let transport: FakeTransport
    let hook: @Sendable () -> Void

    init(_ transport: FakeTransport, _ hook: @escaping @Sendable () -> Void) {
      self.transport = transport
      self.hook = hook
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
      hook()
      return try await transport.send(request)
    }
  }

  /// A token file, answers, and what the error must say.
  struct Case: Sendable, CustomTestStringConvertible {
    var profile = "p"
    let token: String?
    let answers: [FakeTransport.Answer]
    let message: String
    var asksToSignIn = true
    var testDescription: String { "\(profile): \(message)" }
  }

  static let ended = token("2015-08-30T12:00:00Z")
  static let cases = [
    Case(token: nil, answers: [], message: "nobody has signed in yet"),
    Case(token: "S3CR3T", answers: [], message: "holds no token"),
    Case(token: #"{"accessToken":"S3CR3T"}"#, answers: [], message: "holds no token"),
    Case(
      token: token("2015-08-30T12:00:00Z", registration: nil), answers: [],
      message: "the sign-in has ended"),
    Case(
      token: token("2015-08-30T12:00:00Z", registration: "2015-08-30T12:00:00Z"), answers: [],
      message: "the sign-in has ended"),
    Case(profile: "old", token: ended, answers: [], message: "the sign-in has ended"),
    Case(
      token: ended,
      answers: [
        .status(
          400, #"{"error":"invalid_grant","error_description":"S3CR3T-refresh is used"}"#,
          headers: ["x-amzn-ErrorType": "InvalidGrantException"])
      ], message: "could not be renewed (InvalidGrantException)"),
    Case(
      token: ended, answers: [.refusedConnection], message: "could not be renewed (Unreachable)"),
    Case(
      token: ended, answers: [.status(200, "S3CR3T")],
      message: "could not be renewed (GarbledResponse)"),
    Case(
      token: ended, answers: [.status(200, #"{"accessToken":"S3CR3T"}"#)],
      message: "could not be renewed (GarbledResponse)"),
    Case(
      token: token(),
      answers: [.status(401, #"{"message":"S3CR3T-access not valid"}"#)],
      message: "the sign-in is no longer valid"),
    Case(
      token: token(),
      answers: [
        .status(
          403, #"{"message":"No access"}"#, headers: ["x-amzn-ErrorType": "ForbiddenException"])
      ],
      message: "gives no role Operator in account 123456789012 (ForbiddenException)",
      asksToSignIn: false),
    Case(
      token: token(), answers: [.status(200, #"{"roleCredentials":{"accessKeyId":"S3CR3T"}}"#)],
      message: "gave no credentials", asksToSignIn: false),
    Case(
      token: token(), answers: [.status(500, "S3CR3T-access S3CR3T")], message: "status 500",
      asksToSignIn: false),
  ]

  @Test(arguments: cases) func saysWhatFails(_ test: Case) async throws {
    let transport = FakeTransport(test.answers.isEmpty ? [.status(500)] : test.answers)
    let (error, shown) = try await stage(test.token, profile: test.profile).failure(transport)
    #expect(error?.message.contains(test.message) == true, "\(shown)")
    #expect(!shown.contains("S3CR3T"), "\(shown)")
    #expect(
      shown.contains("aws sso login --profile \(test.profile)") == test.asksToSignIn, "\(shown)")
    if test.answers.isEmpty { #expect(transport.requests.isEmpty) }
  }

  @Test(arguments: [
    ("sso_session = x\nsso_account_id = 1\nsso_role_name = r", "has no section [sso-session x]"),
    ("sso_session = corp\nsso_account_id = 1", "sso_role_name missing"),
    ("sso_account_id = 1\nsso_role_name = r", "sso_start_url, sso_region missing"),
    (
      "sso_session = corp\nsso_region = us-east-1\nsso_account_id = 1\nsso_role_name = r",
      "differ in sso_region"
    ),
  ])
  func saysWhatIsWrongInTheProfile(_ lines: String, _ message: String) async throws {
    let config = Self.config + "\n[profile broken]\n" + lines
    let stage = try CredentialStage(["AWS_PROFILE": "broken"], config: config)
    let error = try await stage.failure().error
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  /// The tools write a token's file while others read it: half a file must never be seen.
  @Test func writesWholeFiles() throws {
    let stage = try CredentialStage()
    let path = "\(stage.home)/new/folder/file"
    try PrivateFile.write(Data("one".utf8), to: path)
    try PrivateFile.write(Data("two".utf8), to: path)
    #expect(try stage.read("new/folder/file") == "two")
    try FileManager.default.createDirectory(
      atPath: "\(stage.home)/taken/x", withIntermediateDirectories: true)
    #expect(throws: PrivateFile.Fault.self) {
      try PrivateFile.write(Data(), to: "\(stage.home)/taken")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: stage.home).count == 3)
  }
}
