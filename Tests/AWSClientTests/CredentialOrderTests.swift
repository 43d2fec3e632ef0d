import CurlTransport
import Foundation
import Testing

@testable import AWSClient

/// The search as a whole: each place is left out in turn, and the next one is found.
@Suite struct CredentialOrderTests {
  static let role = "role_arn = arn:aws:iam::123456789012:role/x\nsource_profile = base\n"
  static let sso = """
    sso_start_url = https://corp.awsapps.com/start
    sso_region = us-east-1
    sso_account_id = 1
    sso_role_name = r

    """
  static let keys = "aws_access_key_id = AKIACONFIG\naws_secret_access_key = s\n"

  /// A place that has credentials, from the first to the last.
  enum Place: String, CaseIterable, Sendable {
    case environment, role, webIdentity, sso, credentialsFile, process, configFile, container
    case instance
  }

  @Test(arguments: Place.allCases) func followsTheOrderOfTheCLI(_ first: Place) async throws {
    let index = Place.allCases.firstIndex(of: first) ?? 0
    let present = Set(Place.allCases[index...])
    let server = LocalServer { request in
      switch request.target {
      case "/latest/api/token": .reply(200, "token")
      case CredentialInstanceTests.rolePath: .reply(200, "r")
      case CredentialInstanceTests.rolePath + "r":
        .reply(200, CredentialAnswers.document(key: "instance"))
      case "/container": .reply(200, CredentialAnswers.document(key: "container"))
      case let target where target.hasPrefix("/federation"):
        .reply(200, CredentialSSOTests.role.replacing("ASIASSO", with: "sso"))
      default:
        request.body.contains("WebIdentity")
          ? .reply(200, CredentialAnswers.sts("AssumeRoleWithWebIdentity", key: "webIdentity"))
          : .reply(200, CredentialAnswers.sts(key: "role"))
      }
    }
    let stage = try CredentialStage([
      "AWS_ENDPOINT_URL": server.url, "AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url,
      "AWS_EC2_METADATA_DISABLED": "false",
    ])
    var config = "[profile base]\n\(Self.keys)[default]\n"
    if present.contains(.environment) {
      stage.set("AWS_ACCESS_KEY_ID", "environment")
      stage.set("AWS_SECRET_ACCESS_KEY", "s")
    }
    if present.contains(.webIdentity) {
      stage.set("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/x")
      stage.set("AWS_WEB_IDENTITY_TOKEN_FILE", try stage.write("token", to: "token"))
    }
    if present.contains(.container) {
      stage.set("AWS_CONTAINER_CREDENTIALS_FULL_URI", server.url + "/container")
    }
    if present.contains(.role) { config += Self.role }
    if present.contains(.sso) {
      config += Self.sso
      try stage.write(CredentialSSOTests.token(), to: ".aws/sso/cache/\(Self.ssoName).json")
    }
    if present.contains(.process) {
      let json = #"{"Version":1,"AccessKeyId":"process","SecretAccessKey":"s"}"#
      config += "credential_process = echo '\(json)'\n"
    }
    if present.contains(.configFile) {
      config += Self.keys.replacing("AKIACONFIG", with: "configFile")
    }
    if present.contains(.credentialsFile) {
      try stage.write(
        "[default]\naws_access_key_id = credentialsFile\naws_secret_access_key = s\n",
        to: ".aws/credentials")
    }
    try stage.write(config, to: ".aws/config")
    #expect(try await stage.find(PatientTransport()).accessKeyID == first.rawValue)
  }

  private static let ssoName = CredentialSSOTests.sum("https://corp.awsapps.com/start")

  @Test func aProfileThatIsNotThereEndsTheSearch() async throws {
    let stage = try CredentialStage([
      "AWS_PROFILE": "typo", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/x",
      "AWS_ROLE_ARN": "r", "AWS_WEB_IDENTITY_TOKEN_FILE": "/x",
    ])
    let transport = FakeTransport([.status(200, CredentialAnswers.document())])
    let error = try await stage.failure(transport).error
    #expect(error?.code == "NoCredentials")
    #expect(error?.message.contains("profile \"typo\": it is neither in") == true)
    #expect(transport.requests.isEmpty)
  }

  @Test func aProfileOfTheCallerComesBeforeVariables() async throws {
    let stage = try CredentialStage(
      ["AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "s"],
      config: "[profile base]\n" + Self.keys)
    #expect(try await stage.find(profile: "base").accessKeyID == "AKIACONFIG")
    #expect(try await stage.find().accessKeyID == "AKIAENV")
  }

  @Test func saysWhatWasTriedAndHowToMendIt() async throws {
    let stage = try CredentialStage(config: "[default]\nregion = us-east-1")
    let error = try await stage.failure().error
    #expect(error?.code == "NoCredentials" && error?.kind == .noCredentials)
    #expect(
      error?.message == """
        no AWS credentials were found (environment: AWS_ACCESS_KEY_ID is not set; web identity: \
        AWS_WEB_IDENTITY_TOKEN_FILE is not set; profile "default": it has no role_arn, \
        sso_account_id, aws_access_key_id or credential_process; container: neither \
        AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set; \
        instance metadata: AWS_EC2_METADATA_DISABLED is true). Set AWS_PROFILE to a profile of \
        your AWS files, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run "aws configure \
        sso" or "aws configure"; give a job in CI a role by web identity
        """)
  }

  @Test func variablesMayHaveAnEnd() async throws {
    let stage = try CredentialStage([
      "AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "S3CR3T",
      "AWS_SESSION_TOKEN": "S3CR3T", "AWS_CREDENTIAL_EXPIRATION": "2015-08-30T12:35:59Z",
    ])
    let (error, shown) = try await stage.failure()
    #expect(error?.message.contains("have already ended") == true)
    #expect(!shown.contains("S3CR3T"))
    stage.set("AWS_CREDENTIAL_EXPIRATION", "soon")
    let noTime = try await stage.failure().error
    #expect(noTime?.message == "environment: AWS_CREDENTIAL_EXPIRATION is no time")
  }

  @Test func takesTheTokenThatOlderToolsSet() async throws {
    let stage = try CredentialStage(
      [
        "AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "S3CR3T",
        "AWS_SECURITY_TOKEN": "S3CR3T-old",
      ],
      config: """
        [profile p]
        aws_access_key_id = AKIAP
        aws_secret_access_key = S3CR3T
        aws_security_token = S3CR3T-file
        """)
    #expect(try await stage.find().sessionToken == "S3CR3T-old")
    #expect(try await stage.find(profile: "p").sessionToken == "S3CR3T-file")
    stage.set("AWS_SESSION_TOKEN", "S3CR3T-new")
    #expect(try await stage.find().sessionToken == "S3CR3T-new")
  }

  @Test func nothingThatHoldsSecretsShowsThem() async throws {
    let credentials = Credentials(
      accessKeyID: "S3CR3T", secretAccessKey: "S3CR3T", sessionToken: "S3CR3T")
    let token = try #require(SSOToken(CredentialSSOTests.token()))
    for value: Any in [
      credentials, token, HeldCredentials(credentials, at: TestClient.now, skew: nil),
      CredentialLookup.found(credentials), StaticCredentials(credentials),
    ] {
      var shown = "\(value) \(String(reflecting: value))"
      dump(value, to: &shown)
      #expect(!shown.contains("S3CR3T"), "\(type(of: value))")
    }
  }
}
