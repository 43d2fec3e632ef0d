import CurlTransport
import Foundation
import Model
import Testing

@testable import AWSClient

@Suite struct RateTests {
  /// What became of many calls at once.
  struct Outcome {
    var failures = 0
    var seconds = 0.0
    var counts: ThrottlingService.Counts
  }

  /// Makes calls at once, and waits for all.
  static func run(
    calls: Int, families: [RateFamily], limit: @escaping @Sendable (Double) -> RateLimit
  ) async -> Outcome {
    let time = SimulatedTime()
    defer { time.stop() }
    let service = ThrottlingService(time, limit: limit)
    var configuration = AWSConfiguration(
      region: "us-east-1", credentials: StaticCredentials(TestClient.keys))
    configuration.rates = RateSettings(families: families)
    configuration.callTimeout = nil
    configuration.now = { time.now }
    configuration.sleep = { try await time.sleep($0) }
    let random = Locked(SplitMix(state: 7))
    configuration.random = { random.withLock { Double.random(in: 0..<1, using: &$0) } }
    let client = AWSClient(configuration: configuration, transport: service)
    let start = time.now
    let failures = await withTaskExecutorPreference(time) {
      await withTaskGroup(of: Bool.self) { group in
        for _ in 0..<calls {
          group.addTask { (try? await client.call("ecs", "ListClusters")) == nil }
        }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
    }
    return Outcome(
      failures: failures, seconds: time.now.timeIntervalSince(start), counts: service.counts)
  }

  static let limits = [
    RateLimit(burst: 1, perSecond: 2), RateLimit(burst: 10, perSecond: 10),
    RateLimit(burst: 50, perSecond: 20), RateLimit(burst: 100, perSecond: 20),
    RateLimit(burst: 200, perSecond: 100), RateLimit(burst: 500, perSecond: 500),
  ]

  @Test(arguments: limits)
  func findsRateThatNobodyTold(_ limit: RateLimit) async {
    let outcome = await Self.run(calls: 2000, families: []) { _ in limit }
    let ideal = (2000 - limit.burst) / limit.perSecond
    #expect(outcome.failures == 0)
    #expect(outcome.counts.served == 2000)
    #expect(outcome.counts.throttled <= 100)
    #expect(outcome.seconds < 1.5 * ideal)
  }

  @Test func keepsToPublishedRate() async {
    let outcome = await Self.run(calls: 2000, families: RateFamily.published) { _ in
      RateLimit(burst: 50, perSecond: 20)
    }
    #expect(outcome.failures == 0)
    #expect(outcome.counts.throttled == 0)
    #expect(outcome.seconds < 102.5)
  }

  @Test func sharesPublishedRateWithStrangers() async {
    let outcome = await Self.run(calls: 2000, families: RateFamily.published) { _ in
      RateLimit(burst: 20, perSecond: 8)
    }
    #expect(outcome.failures == 0)
    #expect(outcome.counts.throttled <= 100)
    #expect(outcome.seconds < 372.0)
  }

  @Test func speedsUpWhenServiceDoes() async {
    let outcome = await Self.run(calls: 2000, families: []) { seconds in
      RateLimit(burst: 20, perSecond: seconds < 30 ? 4 : 40)
    }
    #expect(outcome.failures == 0)
    #expect(outcome.seconds < 150.0)
  }

  @Test func boundsRequestsUnderWay() async {
    let outcome = await Self.run(calls: 2000, families: []) { _ in
      RateLimit(burst: 1e9, perSecond: 1e9)
    }
    #expect(outcome.counts.mostInFlight == 64)
    #expect(outcome.counts.throttled == 0)
    #expect(outcome.seconds < 1.2)
  }
}

/// Numbers that look random and are always the same.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
