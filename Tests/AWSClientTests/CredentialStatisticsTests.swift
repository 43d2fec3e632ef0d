import Foundation
import Testing

@testable import AWSClient

/// Calls for credentials are counted and told of like all others.
@Suite struct CredentialStatisticsTests {
  private func counted(
    _ credentials: any CredentialProvider, _ answers: [FakeTransport.Answer]
  ) async throws -> [String: Int] {
    let test = TestClient(answers, credentials: credentials)
    _ = try await test.client.call("ecs", "ListClusters")
    let figures = test.client.statistics.byOperation
    let traces = test.traces.withLock { $0 }
    #expect(!String(reflecting: traces).contains("S3CR3T"))
    #expect(test.traces.withLock { $0.count } == figures.values.map(\.calls).reduce(0, +))
    return Dictionary(
      uniqueKeysWithValues: figures.map {
        ("\($0.key.service) \($0.key.operation)", $0.value.tries)
      })
  }

  private static let ecs = FakeTransport.Answer.status(200, #"{"clusterArns":[]}"#)

  @Test func countsAnAssumedRole() async throws {
    let role = AssumedRole(
      roleARN: "arn:aws:iam::123456789012:role/r", source: StaticCredentials(TestClient.keys))
    let tries = try await counted(
      role, [.status(503), .status(200, CredentialAnswers.sts()), Self.ecs])
    #expect(tries == ["sts AssumeRole": 2, "ecs ListClusters": 1])
  }

  @Test func countsACallThatNobodySigns() async throws {
    let stage = try CredentialStage([
      "AWS_ROLE_ARN": CredentialWebIdentityTests.role, "AWS_REGION": "eu-west-1",
    ])
    stage.set("AWS_WEB_IDENTITY_TOKEN_FILE", try stage.write("token", to: "token"))
    let tries = try await counted(
      stage.configuration().credentials,
      [.status(200, CredentialWebIdentityTests.answer), Self.ecs])
    #expect(tries == ["sts AssumeRoleWithWebIdentity": 1, "ecs ListClusters": 1])
  }

  @Test func countsTheRoleOfAPersonWhoSignedOn() async throws {
    let stage = try CredentialStage(["AWS_PROFILE": "p"], config: CredentialSSOTests.config)
    try stage.write(CredentialSSOTests.token(), to: CredentialSSOTests.cached)
    let tries = try await counted(
      stage.configuration().credentials, [.status(200, CredentialSSOTests.role), Self.ecs])
    #expect(tries == ["sso GetRoleCredentials": 1, "ecs ListClusters": 1])
  }

  @Test func countsWhatAContainerAsks() async throws {
    let stage = try CredentialStage([
      "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials/S3CR3T-id"
    ])
    let tries = try await counted(
      stage.configuration().credentials,
      [.status(500), .status(200, CredentialAnswers.document()), Self.ecs])
    #expect(tries == ["container GetCredentials": 2, "ecs ListClusters": 1])
  }

  @Test func countsWhatAnInstanceAsks() async throws {
    let stage = try CredentialStage(["AWS_EC2_METADATA_DISABLED": "false"])
    let tries = try await counted(
      stage.configuration().credentials,
      [
        .status(200, "S3CR3T-imds-token"), .status(200, "weir-role"),
        .status(200, CredentialAnswers.document()), Self.ecs,
      ])
    #expect(
      tries == [
        "imds GetToken": 1, "imds GetRoleName": 1, "imds GetCredentials": 1, "ecs ListClusters": 1,
      ])
  }
}
