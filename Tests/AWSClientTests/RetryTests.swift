import CurlTransport
import Foundation
import Model
import Testing

@testable import AWSClient

@Suite struct RetryTests {
  static let throttle = FakeTransport.Answer.status(
    400, #"{"__type":"ThrottlingException","message":"Rate exceeded"}"#)

  @Test func triesAgainAfterThrottle() async throws {
    let test = TestClient([Self.throttle, Self.throttle, .status(200, #"{"clusterArns":["a"]}"#)])
    let output = try await test.client.call("ecs", "ListClusters")
    #expect(output == ["clusterArns": ["a"]])
    #expect(test.pauses.withLock { $0 } == [0.5, 1])
    let figures = test.client.statistics.total
    #expect((figures.calls, figures.tries, figures.throttles) == (1, 3, 2))
  }

  @Test func givesUpAfterThreeTries() async {
    let test = TestClient([Self.throttle])
    let error = await test.failure("ecs", "ListClusters")
    #expect(error?.kind == .throttled)
    #expect(error?.code == "ThrottlingException")
    #expect(test.transport.requests.count == 3)
  }

  @Test(arguments: [500, 502, 503, 504])
  func triesReadAgainAfterServerFault(_ status: Int) async throws {
    let test = TestClient([
      .status(status, "<html>oops</html>"), .status(200, #"{"clusterArns":[]}"#),
    ])
    _ = try await test.client.call("ecs", "ListClusters")
    #expect(test.transport.requests.count == 2)
    #expect(test.pauses.withLock { $0 } == [0.05])
  }

  @Test func doesNotRepeatWriteThatMayHaveHadEffect() async {
    for answer in [FakeTransport.Answer.brokenConnection, .status(500, ""), .status(200, "{\"ta")] {
      let test = TestClient([answer, .status(200)])
      let error = await test.failure("ecs", "RegisterTaskDefinition", Self.definition)
      #expect(error?.mayHaveHadEffect == true)
      #expect(test.transport.requests.count == 1)
    }
  }

  @Test func repeatsWriteThatSurelyHadNoEffect() async throws {
    for answer in [FakeTransport.Answer.refusedConnection, Self.throttle, .status(503, "")] {
      let test = TestClient([answer, .status(200, #"{"taskDefinition":{}}"#)])
      _ = try await test.client.call("ecs", "RegisterTaskDefinition", Self.definition)
      #expect(test.transport.requests.count == 2)
    }
  }

  @Test func repeatsIdempotentWrite() async throws {
    let alarm: Value = [
      "AlarmName": "a", "EvaluationPeriods": 1, "ComparisonOperator": "LessThanThreshold",
    ]
    let test = TestClient([.brokenConnection, .status(500, ""), .status(200, "")])
    _ = try await test.client.call("cloudwatch", "PutMetricAlarm", alarm)
    #expect(test.transport.requests.count == 3)
    let broken = TestClient([.brokenConnection, Self.throttle])
    let error = await broken.failure("cloudwatch", "PutMetricAlarm", alarm)
    #expect(error?.kind == .throttled)
    #expect(error?.mayHaveHadEffect == true)
  }

  static let waits: [([String: String], Double)] = [
    (["retry-after": "3"], 3.0), (["x-amz-retry-after": "1500"], 1.5),
    (["retry-after": "9999"], 20),
    (["retry-after": "Tue, 29 Apr 2014"], 0.5), (["x-amz-retry-after": "-5"], 0.5),
  ]

  @Test(arguments: waits)
  func waitsAsLongAsTheServerAsks(_ headers: [String: String], _ seconds: Double) async throws {
    let test = TestClient([
      .status(400, #"{"__type":"ThrottlingException"}"#, headers: headers),
      .status(200, #"{"clusterArns":[]}"#),
    ])
    _ = try await test.client.call("ecs", "ListClusters")
    #expect(test.pauses.withLock { $0 } == [seconds])
  }

  @Test func correctsClockOnce() async throws {
    let skewed = FakeTransport.Answer.status(
      400, #"{"__type":"InvalidSignatureException","message":"Signature expired"}"#,
      headers: ["Date": "Sun, 30 Aug 2015 13:36:00 GMT"])
    let test = TestClient([skewed, .status(200, #"{"clusterArns":[]}"#)])
    _ = try await test.client.call("ecs", "ListClusters")
    #expect(
      test.transport.requests.map { $0.header("X-Amz-Date") } == [
        "20150830T123600Z", "20150830T133600Z",
      ])
    #expect(test.pauses.withLock { $0 } == [])
    let hopeless = TestClient([skewed])
    let error = await hopeless.failure("ecs", "ListClusters")
    #expect(error?.kind == .accessDenied)
    #expect(hopeless.transport.requests.count == 2)
  }

  @Test func quotaBoundsRetries() {
    let quota = RetryQuota()
    #expect((0..<200).filter { _ in quota.take(.throttle) }.count == 100)
    quota.giveBack(nil)
    #expect(!quota.take(.throttle))
    quota.giveBack(.transient)
    #expect(quota.take(.throttle))
  }

  @Test func cancellationStaysCancellation() async {
    let test = TestClient([.cancellation])
    await #expect(throws: CancellationError.self) {
      try await test.client.call("ecs", "ListClusters")
    }
  }

  @Test func garbledReadIsTriedAgain() async {
    let test = TestClient([.status(200, "{\"clusterArns\":[")])
    let error = await test.failure("ecs", "ListClusters")
    #expect(error?.kind == .garbledResponse)
    #expect(error?.mayHaveHadEffect == false)
    #expect(test.transport.requests.count == 3)
  }

  static let definition: Value = ["family": "f", "containerDefinitions": []]
}
