import Model
import Testing

@testable import AWSClient

/// What a caller sees of what a service says when it fails.
@Suite struct FailureTests {
  @Test func triesAgainWhenAGoodResponseHoldsAnError() async throws {
    let error = "<Error><Code>InternalError</Code><Message>try again</Message></Error>"
    let test = TestClient([.status(200, error), .status(200, "<LifecycleConfiguration/>")])
    _ = try await test.client.call(
      "s3", "GetBucketLifecycleConfiguration", ["Bucket": "my-bucket"])
    #expect(test.transport.requests.count == 2)
  }

  @Test func keepsWhatElseAnErrorSaysWithoutSecrets() async throws {
    let body = """
      {"__type":"LimitExceeded","message":"m","Limit":5,
      "Quoted":["\(TestClient.keys.secretAccessKey)"]}
      """
    let test = TestClient([.status(400, body)])
    let error = try #require(
      await test.failure(
        "ecs", "DescribeServices", ["cluster": "c", "services": ["a"]]))
    #expect(error.code == "LimitExceeded")
    #expect(error.details == ["Limit": 5, "Quoted": ["(sensitive)"]])
  }
}
