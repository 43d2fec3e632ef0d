import CurlTransport
import Foundation
import Model
import Testing

@testable import AWSClient

@Suite struct RetryTests {
  static let throttle = FakeTransport.Answer.status(
    400, #"{"__type":"ThrottlingException","message":"Rate exceeded"}"#)

  @Test func triesAgainAfterThrottle() async throws {
    let test = TestClient(
      [Self.throttle, Self.throttle, .status(200, #"{"clusterArns":["a"]}"#)],
      adjust: Self.letTimePass)
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
    // A time is one of the server's clock, so it means nothing where that is not told.
    (["retry-after": "Tue, 29 Apr 2014 18:30:38 GMT", "date": "Tue, 29 Apr 2014 18:30:31 GMT"], 7),
    (
      ["retry-after": "Tue, 29 Apr 2014 18:30:24 GMT", "date": "Tue, 29 Apr 2014 18:30:31 GMT"], 0.5
    ),
    (["retry-after": "Tue, 29 Apr 2014 18:30:38 GMT"], 0.5),
  ]

  @Test(arguments: waits)
  func waitsAsLongAsTheServerAsks(_ headers: [String: String], _ seconds: Double) async throws {
    let test = TestClient(
      [
        .status(400, #"{"__type":"ThrottlingException"}"#, headers: headers),
        .status(200, #"{"clusterArns":[]}"#),
      ], adjust: Self.letTimePass)
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

  @Test(arguments: [3, 4, 5]) func goesOnWhereTheClockJumpsDuringACall(jump: Int) async throws {
    let skewed = FakeTransport.Answer.status(
      400, #"{"__type":"InvalidSignatureException","message":"Signature expired"}"#,
      headers: ["Date": "Sun, 30 Aug 2015 12:36:00 GMT"])
    let looks = Locked(0)
    let test = TestClient([skewed, .status(200, #"{"clusterArns":[]}"#)]) { configuration in
      // After the call's time has begun to count, and before it is signed.
      configuration.now = {
        let count = looks.withLock { looks in
          looks += 1
          return looks
        }
        return TestClient.now.addingTimeInterval(count > jump ? 86_400 : 0)
      }
    }
    _ = try await test.client.call("ecs", "ListClusters")
    #expect(
      test.transport.requests.map { $0.header("X-Amz-Date") } == [
        "20150831T123600Z", "20150830T123600Z",
      ])
  }

  @Test func quotaBoundsRetries() {
    let quota = RetryQuota()
    #expect((0..<200).filter { _ in quota.take(.throttle) }.count == 100)
    quota.giveBack(nil)
    #expect(!quota.take(.throttle))
    quota.giveBack(.transient)
    #expect(quota.take(.throttle))
    quota.giveBack(.timeout)
    #expect(quota.take(.timeout))
    #expect(!quota.take(.transient))
  }

  @Test func timeoutsCostMore() {
    let costs = [RetryReason.throttle, .transient, .timeout].map(RetryQuota.cost)
    #expect(costs == [5, 5, 10])
    let quota = RetryQuota()
    #expect((0..<200).filter { _ in quota.take(.timeout) }.count == 50)
  }

  @Test func isJitteredInFull() {
    let settings = RetrySettings()
    for (tries, longest) in [(1, 1.0), (2, 2), (3, 4), (5, 16), (6, 20), (99, 20)] {
      func delay(_ random: Double) -> Double {
        settings.delay(afterTry: tries, .throttle, retryAfter: nil, random: random)
      }
      #expect(delay(0) == 0)
      #expect(delay(0.5) == longest / 2)
      #expect(delay(1) == longest)
    }
  }

  /// How a try of a read, of a write that may be repeated, and of one that may not, goes on.
  static let classes: [(FakeTransport.Answer, reads: Int, puts: Int, writes: Int, Bool)] =
    ErrorCodes.throttling.map { code in
      (.status(400, "{\"__type\":\"\(code)\"}"), 3, 3, 3, false)
    }
    + ErrorCodes.transient.map { code in
      (.status(400, "{\"__type\":\"\(code)\"}"), 3, 3, 1, true)
    } + [
      (.status(429, "slow down"), 3, 3, 3, false),
      (.status(400, #"{"__type":"LimitExceededException"}"#), 3, 3, 3, false),
      (
        .status(
          400,
          #"{"__type":"FailedResourceAccessException","message":"Unable: Rate exceeded (Throttling)"}"#
        ), 3, 3, 3, false
      ),
      (.status(400, #"{"__type":"FailedResourceAccessException"}"#), 1, 1, 1, false),
      (.status(400, #"{"__type":"ClientException"}"#), 1, 1, 1, false),
      (.status(403, #"{"__type":"AccessDeniedException"}"#), 1, 1, 1, false),
      (.status(500, ""), 3, 3, 1, true), (.status(502, "<html>"), 3, 3, 1, true),
      (.status(503, ""), 3, 3, 3, false), (.status(504, ""), 3, 3, 1, true),
      (.status(501, ""), 1, 1, 1, false), (.status(400, "<html>"), 1, 1, 1, false),
      (.brokenConnection, 3, 3, 1, true), (.refusedConnection, 3, 3, 3, false),
      (transport(.timedOut(.firstByte)), 3, 3, 1, true),
      (transport(.timedOut(.connect)), 3, 3, 3, false), (transport(.tls), 3, 3, 3, false),
      (transport(.couldNotResolve), 3, 3, 3, false), (transport(.shutDown), 1, 1, 1, true),
      (transport(.badURL), 1, 1, 1, false), (transport(.bodyTooLarge), 1, 1, 1, true),
    ]

  private static func transport(_ code: TransportError.Code) -> FakeTransport.Answer {
    .failure(TransportError(code: code, operation: "POST host", message: "no"))
  }

  @Test(arguments: classes)
  func sortsFailures(
    _ answer: FakeTransport.Answer, reads: Int, puts: Int, writes: Int, mayHaveHadEffect: Bool
  ) async {
    for (tries, service, operation, input) in [
      (reads, "ecs", "ListClusters", [:]), (puts, "ssm", "AddTagsToResource", Self.tags),
      (writes, "ecs", "RegisterTaskDefinition", Self.definition),
    ] as [(Int, String, String, Value)] {
      let test = TestClient([answer], adjust: Self.letTimePass)
      let error = await test.failure(service, operation, input)
      #expect(test.transport.requests.count == tries, "\(operation)")
      #expect(error?.mayHaveHadEffect == (operation != "ListClusters" && mayHaveHadEffect))
    }
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
  static let tags: Value = [
    "ResourceType": "Parameter", "ResourceId": "p", "Tags": [["Key": "k", "Value": "v"]],
  ]

  /// Lets the clock go on by each pause, which is noted as before.
  static func letTimePass(_ configuration: inout AWSConfiguration) {
    let note = configuration.sleep
    let passed = Locked(0.0)
    configuration.now = { TestClient.now.addingTimeInterval(passed.withLock { $0 }) }
    configuration.sleep = { seconds in
      passed.withLock { $0 += seconds }
      try await note(seconds)
    }
  }
}
