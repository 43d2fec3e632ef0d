import CurlTransport
import Foundation
import Model
import Testing

@testable import AWSClient

@Suite struct DeadlineTests {
  /// A transport that answers some requests, and lets the others hang until their time is over, or
  /// they are cancelled.
  final class HangingTransport: HTTPTransport {
    private let fake: FakeTransport
    private let answers: Int
    private let sent = Locked(0)
    private let onHang: @Sendable (Double?) -> Void

    init(
      after answers: [FakeTransport.Answer] = [], onHang: @escaping @Sendable (Double?) -> Void
    ) {
      fake = FakeTransport(answers.isEmpty ? [.cancellation] : answers)
      self.answers = answers.count
      self.onHang = onHang
    }

    var requests: Int { sent.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
      let count = sent.withLock { sent in
        sent += 1
        return sent
      }
      if count <= answers { return try await fake.send(request) }
      onHang(request.totalTimeout.map { $0 / .seconds(1) })
      if request.totalTimeout == nil { try await Task.sleep(for: .seconds(3600)) }
      throw TransportError(code: .timedOut(.firstByte), operation: "POST host", message: "slow")
    }
  }

  /// A client whose deadlines come when `ring` is called or a request hangs, and the lengths of what
  /// they wait for.
  struct Client {
    let client: AWSClient
    let transport: HangingTransport
    let waits: Locked<[Double]>
    let ring: @Sendable () -> Void

    init(
      after answers: [FakeTransport.Answer] = [], ringsOnHang: Bool = true,
      adjust: (inout AWSConfiguration) -> Void = { _ in }
    ) {
      let (bells, bell) = AsyncStream<Void>.makeStream()
      let waits = Locked<[Double]>([])
      let passed = Locked(0.0)
      ring = { bell.yield() }
      transport = HangingTransport(after: answers) { timeout in
        passed.withLock { $0 += timeout ?? 0 }
        if timeout == nil, ringsOnHang { bell.yield() }
      }
      var configuration = AWSConfiguration(
        region: "us-east-1", credentials: StaticCredentials(TestClient.keys))
      configuration.now = { TestClient.now.addingTimeInterval(passed.withLock { $0 }) }
      configuration.random = { 0.5 }
      configuration.sleep = { _ in }
      configuration.watch = { seconds in
        waits.withLock { $0.append(seconds) }
        if seconds <= 0 { return }
        for await _ in bells { return }
        throw CancellationError()
      }
      adjust(&configuration)
      client = AWSClient(configuration: configuration, transport: transport)
      self.waits = waits
    }

    func failure(_ operation: String, _ input: Value = [:]) async -> AWSError? {
      do {
        _ = try await client.call("ecs", operation, input)
        return nil
      } catch {
        return error as? AWSError
      }
    }
  }

  @Test func endsFirstTryThatHangs() async {
    for (operation, input, isWrite) in [
      ("ListClusters", [:], false), ("RegisterTaskDefinition", RetryTests.definition, true),
    ] as [(String, Value, Bool)] {
      let test = Client { $0.callTimeout = 10 }
      let error = await test.failure(operation, input)
      #expect(error?.code == "DeadlineExceeded")
      #expect(error?.kind == .unreachable)
      #expect(error?.mayHaveHadEffect == isWrite)
      #expect(error?.message.hasPrefix("not done within 10 s, in 1 try; before: ") == true)
      #expect(test.client.statistics.total.failures == 1)
    }
  }

  @Test func leavesLongTimesToTheTransport() async {
    let test = TestClient([.status(200, #"{"clusterArns":[]}"#)])
    _ = await test.failure("ecs", "ListClusters")
    #expect(test.transport.requests.map(\.totalTimeout) == [nil])
  }

  @Test func endsLaterTryThatHangs() async {
    for (operation, input, isWrite) in [
      ("ListClusters", [:], false), ("RegisterTaskDefinition", RetryTests.definition, true),
    ] as [(String, Value, Bool)] {
      let test = Client(after: [RetryTests.throttle])
      let error = await test.failure(operation, input)
      #expect(error?.code == "DeadlineExceeded")
      #expect(error?.kind == .throttled)
      #expect(error?.mayHaveHadEffect == isWrite)
      #expect(error?.message.hasPrefix("not done within 0 s, in 2 tries; before: ") == true)
      #expect(test.waits.withLock { $0 } == [120])
    }
  }

  @Test func endsPauseBetweenTries() async {
    let test = Client(after: [RetryTests.throttle], ringsOnHang: false) { configuration in
      configuration.sleep = { _ in try await Task.sleep(for: .seconds(3600)) }
    }
    let call = Task {
      await test.failure("RegisterTaskDefinition", RetryTests.definition)
    }
    while test.waits.withLock({ $0.isEmpty }) || test.transport.requests == 0 {
      await Task.yield()
    }
    test.ring()
    let error = await call.value
    #expect(error?.code == "DeadlineExceeded")
    #expect(error?.kind == .throttled)
    #expect(error?.mayHaveHadEffect == false)
    #expect(error?.message.contains("before: ThrottlingException") == true)
    #expect(test.transport.requests == 1)
  }

  @Test func commandsDeadlineEndsEveryCall() async {
    let test = Client { $0.deadline = TestClient.now.addingTimeInterval(7) }
    let errors = await withTaskGroup(of: AWSError?.self) { group in
      for _ in 0..<300 { group.addTask { await test.failure("ListClusters") } }
      return await group.reduce(into: []) { $0.append($1?.code) }
    }
    #expect(errors.count == 300)
    #expect(Set(errors).isSubset(of: ["DeadlineExceeded", "DeadlinePassed"]))
    #expect(test.waits.withLock { $0.first } == 7)
  }

  @Test func sendsNothingAfterTheDeadline() async {
    let test = Client { $0.deadline = TestClient.now }
    let error = await test.failure("RegisterTaskDefinition", RetryTests.definition)
    #expect(error?.code == "DeadlinePassed")
    #expect(error?.message == "the time was over before it was sent")
    #expect(error?.mayHaveHadEffect == false)
    #expect(test.transport.requests == 0)
  }

  @Test func cancellationIsNoDeadline() async {
    let test = Client(ringsOnHang: false)
    let call = Task { try await test.client.call("ecs", "ListClusters") }
    while test.transport.requests == 0 { await Task.yield() }
    call.cancel()
    await #expect(throws: CancellationError.self) { try await call.value }
  }

  @Test func leavesCallsInTimeAlone() async throws {
    let good = FakeTransport.Answer.status(200, #"{"clusterArns":[]}"#)
    let test = Client(after: [RetryTests.throttle, good, RetryTests.throttle])
    _ = try await test.client.call("ecs", "ListClusters")
    // The deadline of a call that has ended rings for nobody, not even for the next call.
    let error = await test.failure("ListClusters")
    #expect(error?.code == "DeadlineExceeded")
  }

  @Test func watchServesDeadlinesInTheirOrder() async throws {
    let time = SimulatedTime()
    defer { time.stop() }
    let start = time.now
    let watch = DeadlineWatch(now: { time.now }, sleep: { try await time.sleep($0) })
    let (rings, ring) = AsyncStream<Int>.makeStream()
    for seconds in [30, 10, 20] {
      _ = watch.add(start.addingTimeInterval(Double(seconds))) { ring.yield(seconds) }
    }
    watch.remove(watch.add(start.addingTimeInterval(15)) { ring.yield(15) })
    var heard: [Int] = []
    for await seconds in rings {
      heard.append(seconds)
      if heard.count == 3 { break }
    }
    #expect(Set(heard) == [10, 20, 30])
  }
}
