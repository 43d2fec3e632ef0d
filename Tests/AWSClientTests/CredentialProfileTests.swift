import CurlTransport
import Foundation
import Testing

@testable import AWSClient

@Suite struct CredentialProfileTests {
  static let config = """
    [profile base]
    aws_access_key_id = AKIABASE
    aws_secret_access_key = S3CR3T-base
    [profile one]
    role_arn = arn:aws:iam::123456789012:role/one
    source_profile = base
    role_session_name = me
    duration_seconds = 3600
    [profile two]
    role_arn = arn:aws:iam::123456789012:role/two
    source_profile = one
    [profile three]
    role_arn = arn:aws:iam::123456789012:role/three
    source_profile = two
    [profile self]
    role_arn = arn:aws:iam::123456789012:role/self
    source_profile = self
    aws_access_key_id = AKIASELF
    aws_secret_access_key = S3CR3T-self
    [profile viaself]
    role_arn = arn:aws:iam::123456789012:role/viaself
    source_profile = self
    [profile byenv]
    role_arn = arn:aws:iam::123456789012:role/byenv
    credential_source = Environment
    [profile bycontainer]
    role_arn = arn:aws:iam::123456789012:role/bycontainer
    credential_source = EcsContainer
    [profile mfa]
    role_arn = arn:aws:iam::123456789012:role/mfa
    source_profile = base
    mfa_serial = arn:aws:iam::123456789012:mfa/me
    """

  private func stage(_ profile: String, askMFA: MFAPrompt? = nil) throws -> CredentialStage {
    try CredentialStage(["AWS_PROFILE": profile], config: Self.config, askMFA: askMFA)
  }

  private static func assumed(_ keys: String...) -> FakeTransport {
    FakeTransport(keys.map { .status(200, CredentialAnswers.sts(key: $0)) })
  }

  private func signers(_ transport: FakeTransport) -> [String] {
    transport.requests.map { request in
      let header = request.header("Authorization") ?? ""
      return String(header.split(separator: "=").dropFirst().first?.prefix { $0 != "/" } ?? "")
    }
  }

  @Test func assumesRolesInAChain() async throws {
    let transport = Self.assumed("ASIA1", "ASIA2", "ASIA3")
    #expect(try await stage("three").find(transport).accessKeyID == "ASIA3")
    #expect(signers(transport) == ["AKIABASE", "ASIA1", "ASIA2"])
    let first = transport.requests[0].text
    #expect(first.contains("RoleSessionName=me") && first.contains("DurationSeconds=3600"))
    #expect(transport.requests[2].text.contains("RoleSessionName=weir"))
    #expect(transport.requests[1].header("X-Amz-Security-Token") == "S3CR3T-token")
  }

  @Test(arguments: [("self", "AKIASELF"), ("viaself", "AKIASELF")])
  func aProfileWithKeysLendsThose(_ profile: String, _ signer: String) async throws {
    let transport = Self.assumed("ASIA1")
    #expect(try await stage(profile).find(transport).accessKeyID == "ASIA1")
    #expect(signers(transport) == [signer])
  }

  @Test func takesTheSourceThatIsNamed() async throws {
    let byEnvironment = try stage("byenv")
    byEnvironment.set("AWS_ACCESS_KEY_ID", "AKIAENV")
    byEnvironment.set("AWS_SECRET_ACCESS_KEY", "S3CR3T-env")
    let transport = Self.assumed("ASIA1")
    // The caller names the profile, so variables count as its source only.
    #expect(try await byEnvironment.find(transport, profile: "byenv").accessKeyID == "ASIA1")
    #expect(signers(transport) == ["AKIAENV"])
    let byContainer = try stage("bycontainer")
    byContainer.set("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/x")
    let both = FakeTransport([
      .status(200, CredentialAnswers.document()), .status(200, CredentialAnswers.sts()),
    ])
    #expect(try await byContainer.find(both).accessKeyID == "ASIASTS")
    #expect(signers(both) == ["", "ASIAGIVEN"])
    let nothing = try await stage("bycontainer").failure()
    #expect(nothing.error?.message.contains("no credentials to assume it with") == true)
  }

  @Test(arguments: [
    ("role_arn = r\nsource_profile = broken", "leads back to this profile"),
    ("role_arn = r\nsource_profile = nobody", "it is neither in"),
    ("role_arn = r", "neither source_profile nor credential_source"),
    ("role_arn = r\nsource_profile = base\ncredential_source = Environment", "it has both"),
    ("role_arn = r\ncredential_source = S", "not Environment, EcsContainer or Ec2"),
    ("role_arn = r\nsource_profile = base\nduration_seconds = 1h", "duration_seconds is no number"),
    ("role_arn = r\nsource_profile = base", "RoleArn"),
    ("web_identity_token_file = /x", "but no role_arn"),
    ("aws_secret_access_key = S3CR3T", "but no aws_access_key_id"),
    ("aws_access_key_id = AKIA", "but no aws_secret_access_key"),
    ("aws_access_key_id = AKIA\naws_secret_access_key = S3CR3T x", "holds a space"),
    ("login_session = arn:aws:iam::1:user/me", "aws configure export-credentials"),
    ("region = us-east-1", "it has no role_arn"),
  ])
  func saysWhatIsWrong(_ lines: String, _ message: String) async throws {
    let stage = try CredentialStage(
      ["AWS_PROFILE": "broken"], config: Self.config + "\n[profile broken]\n" + lines)
    let (error, shown) = try await stage.failure()
    #expect(error?.message.contains(message) == true, "\(shown)")
    #expect(!shown.contains("S3CR3T"))
  }

  @Test(
    arguments: [
      (
        .status(403, CredentialAnswers.stsError("AccessDenied", "S3CR3T-base may not")),
        "AccessDenied"
      ),
      (.status(200, "S3CR3T-base"), "GarbledResponse"), (.refusedConnection, "Unreachable"),
      (
        .status(
          200,
          "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>S3CR3T</AccessKeyId>"
            + "</Credentials></AssumeRoleResult></AssumeRoleResponse>"), "InvalidCredentials"
      ),
    ] as [(FakeTransport.Answer, String)])
  func saysWhyARoleIsNotGiven(_ answer: FakeTransport.Answer, _ code: String) async throws {
    let (error, shown) = try await stage("one").failure(FakeTransport([answer]))
    #expect(error?.code == code)
    #expect(!shown.contains("S3CR3T"), "\(shown)")
  }

  @Test func findsLoopsOfAnyLength() async throws {
    let count = 9
    let loop = (0..<count).map { number in
      "[profile p\(number)]\nrole_arn = arn:aws:iam::123456789012:role/x\n"
        + "source_profile = p\((number + 1) % count)\n"
    }
    let stage = try CredentialStage(["AWS_PROFILE": "p3"], config: loop.joined())
    let error = try await stage.failure().error
    #expect(error?.message == "profile \"p2\": source_profile \"p3\" leads back to this profile")
  }

  @Test func asksForTheCodeOfTheDevice() async throws {
    let asked = Locked<[String]>([])
    let stage = try stage("mfa") { serial in
      asked.withLock { $0.append(serial) }
      return " 123 456\n"
    }
    let transport = Self.assumed("ASIAMFA")
    #expect(try await stage.find(transport).accessKeyID == "ASIAMFA")
    #expect(asked.withLock { $0 } == ["arn:aws:iam::123456789012:mfa/me"])
    let text = transport.requests[0].text
    #expect(text.contains("TokenCode=123456"))
    #expect(text.contains("SerialNumber=arn%3Aaws%3Aiam%3A%3A123456789012%3Amfa%2Fme"))
  }

  @Test func saysThatNobodyCanBeAsked() async throws {
    let nobody = try await stage("mfa").failure()
    #expect(nobody.error?.message.contains("there is no terminal to ask on") == true)
    for typed in ["", "12345", "1234567", "S3CR3T", "١٢٣٤٥٦"] {
      let transport = FakeTransport([.status(500)])
      let wrong = try await stage("mfa") { _ in typed }.failure(transport)
      #expect(wrong.error?.message.contains("is six digits") == true)
      #expect(!wrong.shown.contains("S3CR3T"))
      #expect(transport.requests.isEmpty)
    }
    let cancelled = try stage("mfa") { _ in throw CancellationError() }
    await #expect(throws: CancellationError.self) { try await cancelled.find() }
  }

  @Test func keysAndTokenComeFromOneFile() async throws {
    let stage = try CredentialStage(
      config: "[default]\naws_access_key_id = AKIACONFIG\naws_secret_access_key = c\n"
        + "aws_session_token = stale\ncredential_process = false\n")
    let failure = try await stage.failure()
    #expect(failure.error?.message.contains("credential_process of profile") == true)
    try stage.write(
      "[default]\naws_access_key_id = AKIAFILE\naws_secret_access_key = f\n",
      to: ".aws/credentials")
    #expect(
      try await stage.find() == Credentials(accessKeyID: "AKIAFILE", secretAccessKey: "f"))
  }
}
