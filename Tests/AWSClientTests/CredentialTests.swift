import CurlTransport
import Foundation
import Model
import Testing

@testable import AWSClient

@Suite struct CredentialTests {
  static let files = [
    "/h/.aws/config": """
    [default]
    region = eu-west-1
    # a comment
    [profile prod] ; and another
    region=us-east-2   # here
    role_arn = arn:aws:iam::123456789012:role/prod
    source_profile = base
    external_id = ext
    services = local
    ca_bundle = /h/ca.pem
    [profile loop]
    role_arn = arn:aws:iam::123456789012:role/x
    source_profile = loop2
    [profile loop2]
    role_arn = arn:aws:iam::123456789012:role/x
    source_profile = loop
    [profile byenv]
    role_arn = arn:aws:iam::123456789012:role/e
    credential_source = Environment
    [services local]
    ssm =
      endpoint_url = http://127.0.0.1:1
    application_auto_scaling =
      endpoint_url = http://127.0.0.1:2
    """,
    "/h/.aws/credentials": """
    [base]
    aws_access_key_id = AKIABASE
    aws_secret_access_key = base-secret=with/signs
    [half]
    aws_access_key_id = AKIAHALF
    """,
  ]

  private func load(
    _ environment: [String: String], region: String? = nil, roleARN: String? = nil
  ) throws -> AWSConfiguration {
    var environment = environment
    environment["HOME"] = "/h"
    return try AWSConfiguration.load(
      environment: environment, region: region, roleARN: roleARN, readFile: { Self.files[$0] })
  }

  private func find(
    _ configuration: AWSConfiguration, _ answers: [FakeTransport.Answer] = [.status(200)]
  ) async throws -> (Credentials, FakeTransport) {
    let transport = FakeTransport(answers)
    var configuration = configuration
    configuration.now = { TestClient.now }
    let cache = CredentialCache(configuration.credentials)
    let context = CredentialContext(configuration: configuration, transport: transport)
    return (try await cache.credentials(context), transport)
  }

  @Test func environmentComesFirst() async throws {
    let found = try await find(
      load([
        "AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t",
        "AWS_PROFILE": "base", "AWS_REGION": "us-west-2",
      ])
    ).0
    #expect(found == Credentials(accessKeyID: "AKIAENV", secretAccessKey: "s", sessionToken: "t"))
  }

  @Test func readsProfile() async throws {
    let found = try await find(load(["AWS_PROFILE": "base", "AWS_DEFAULT_REGION": "us-west-2"])).0
    #expect(
      found == Credentials(accessKeyID: "AKIABASE", secretAccessKey: "base-secret=with/signs"))
  }

  static let assumed = FakeTransport.Answer.status(
    200,
    """
    <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
    <Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>as</SecretAccessKey>
    <SessionToken>at</SessionToken><Expiration>2015-08-30T13:36:00Z</Expiration></Credentials>
    </AssumeRoleResult></AssumeRoleResponse>
    """)

  @Test func assumesRoleOfProfile() async throws {
    let (found, transport) = try await find(load(["AWS_PROFILE": "prod"]), [Self.assumed])
    #expect(found.accessKeyID == "ASIA" && found.sessionToken == "at")
    #expect(found.expiration == TestClient.now.addingTimeInterval(3600))
    let request = try #require(transport.requests.first)
    #expect(request.url == "https://sts.us-east-2.amazonaws.com/")
    #expect(request.text.contains("Action=AssumeRole") && request.text.contains("ExternalId=ext"))
    #expect(request.header("Authorization")?.contains("Credential=AKIABASE/") == true)
  }

  @Test func assumesRoleOfEnvironment() async throws {
    let keys = [
      "AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "s", "AWS_REGION": "us-east-2",
    ]
    let role = "arn:aws:iam::123456789012:role/weir"
    let (found, transport) = try await find(load(keys, roleARN: role), [Self.assumed])
    #expect(found.accessKeyID == "ASIA")
    #expect(
      transport.requests.first?.header("Authorization")?.contains("Credential=AKIAENV/") == true)
  }

  @Test func listsWhatWasTried() async throws {
    var configuration = try load(["AWS_PROFILE": "nobody", "AWS_REGION": "us-east-1"])
    configuration.now = { TestClient.now }
    let client = AWSClient(configuration: configuration, transport: FakeTransport([.status(200)]))
    await #expect {
      try await client.call("ecs", "ListClusters")
    } throws: { error in
      guard let error = error as? AWSError else { return false }
      return error.kind == .noCredentials && error.code == "NoCredentials"
        && error.message.contains("environment: AWS_ACCESS_KEY_ID is not set")
        && error.message.contains("profile \"nobody\": it is neither in /h/.aws/credentials")
        && error.message.contains("aws configure")
    }
  }

  @Test(arguments: [
    ["AWS_PROFILE": "half"], ["AWS_PROFILE": "loop"], ["AWS_ACCESS_KEY_ID": "AKIA"],
    ["AWS_ACCESS_KEY_ID": "AKIA\nX-Evil: 1", "AWS_SECRET_ACCESS_KEY": "s"],
  ])
  func brokenCredentialsEndTheSearch(_ environment: [String: String]) async throws {
    let configuration = try load(environment, region: "us-east-1")
    await #expect(throws: (any Error).self) { try await find(configuration) }
    let transport = FakeTransport([.status(200)])
    let client = AWSClient(configuration: configuration, transport: transport)
    await #expect {
      try await client.call("ecs", "ListClusters")
    } throws: {
      ($0 as? AWSError)?.code == "InvalidCredentials" && ($0 as? AWSError)?.kind == .noCredentials
    }
    #expect(transport.requests.isEmpty)
  }

  @Test func readsRegionAndEndpoints() throws {
    let prod = try load(["AWS_PROFILE": "prod"])
    #expect(prod.region == "us-east-2")
    #expect(prod.endpoints.url(for: "SSM") == "http://127.0.0.1:1")
    #expect(prod.endpoints.url(for: "Application Auto Scaling") == "http://127.0.0.1:2")
    #expect(prod.endpoints.url(for: "ECS") == nil)
    let variables = try load([
      "AWS_PROFILE": "prod", "AWS_ENDPOINT_URL": "http://all", "AWS_ENDPOINT_URL_SSM": "http://ssm",
      "AWS_REGION": "eu-north-1", "AWS_MAX_ATTEMPTS": "5",
    ])
    #expect(variables.region == "eu-north-1" && variables.retry.maxAttempts == 5)
    #expect(variables.endpoints.url(for: "SSM") == "http://ssm")
    #expect(variables.endpoints.url(for: "Application Auto Scaling") == "http://all")
    let ignored = try load([
      "AWS_ENDPOINT_URL": "http://all", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
    ])
    #expect(ignored.endpoints.url(for: "SSM") == nil && ignored.region == "eu-west-1")
    #expect(try load([:]).caBundle == nil && prod.caBundle == "/h/ca.pem")
    let bundle = try load(["AWS_PROFILE": "prod", "AWS_CA_BUNDLE": "/other.pem"]).caBundle
    #expect(bundle == "/other.pem")
    #expect(throws: AWSError.self) { try load(["AWS_PROFILE": "base"]) }
  }
}
