import CurlTransport
import Foundation
import Testing

@testable import AWSClient

@Suite struct CredentialCacheTests {
  /// A provider that counts how often it is asked, and makes everybody wait for a gate.
  final class Counting: CredentialProvider {
    let asked = Locked(0)
    let lifetime: TimeInterval
    let failsAfterFirst: Bool

    init(lifetime: TimeInterval, failsAfterFirst: Bool = false) {
      self.lifetime = lifetime
      self.failsAfterFirst = failsAfterFirst
    }

    var name: String { "counting" }

    func lookUp(_ context: CredentialContext) async throws -> CredentialLookup {
      let number = asked.withLock { count in
        count += 1
        return count
      }
      for _ in 0..<10 { await Task.yield() }
      if failsAfterFirst, number > 1 { throw CredentialFault(provider: name, message: "down") }
      return .found(
        Credentials(
          accessKeyID: "KEY\(number)", secretAccessKey: "s",
          expiration: context.configuration.now().addingTimeInterval(lifetime)))
    }
  }

  private func context(_ provider: any CredentialProvider, now: Date = TestClient.now)
    -> CredentialContext
  {
    var configuration = AWSConfiguration(region: "us-east-1", credentials: provider)
    configuration.now = { now }
    return CredentialContext(configuration: configuration, transport: FakeTransport([.status(200)]))
  }

  @Test func renewsOnceForManyWaiters() async throws {
    let provider = Counting(lifetime: 3600)
    let cache = CredentialCache(provider)
    let context = context(provider)
    let keys = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<100 { group.addTask { try await cache.credentials(context).accessKeyID } }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(keys == ["KEY1"])
    #expect(provider.asked.withLock { $0 } == 1)
  }

  @Test func renewsBeforeTheEnd() async throws {
    let provider = Counting(lifetime: 3600)
    let cache = CredentialCache(provider)
    for (seconds, key) in [(0.0, "KEY1"), (3299, "KEY1"), (3301, "KEY2"), (3301 + 3299, "KEY2")] {
      let context = context(provider, now: TestClient.now.addingTimeInterval(seconds))
      #expect(try await cache.credentials(context).accessKeyID == key)
    }
  }

  @Test func keepsWhatStillHoldsWhenRenewalFails() async throws {
    let provider = Counting(lifetime: 3600, failsAfterFirst: true)
    let cache = CredentialCache(provider)
    _ = try await cache.credentials(context(provider))
    let late = context(provider, now: TestClient.now.addingTimeInterval(3500))
    #expect(try await cache.credentials(late).accessKeyID == "KEY1")
    let over = context(provider, now: TestClient.now.addingTimeInterval(3601))
    await #expect(throws: CredentialFault.self) { try await cache.credentials(over) }
  }

  @Test func cancelledWaiterDoesNotWait() async {
    struct Never: CredentialProvider {
      var name: String { "never" }
      func lookUp(_ context: CredentialContext) async throws -> CredentialLookup {
        try await Task.sleep(for: .seconds(3600))
        return .absent("")
      }
    }
    let cache = CredentialCache(Never())
    let context = context(Never())
    let waiter = Task { try await cache.credentials(context) }
    waiter.cancel()
    await #expect(throws: CancellationError.self) { try await waiter.value }
  }

  @Test func expiredTokenIsRenewedOnce() async throws {
    let provider = Counting(lifetime: 3600)
    let expired = FakeTransport.Answer.status(400, #"{"__type":"ExpiredTokenException"}"#)
    let test = TestClient([expired, .status(200, #"{"clusterArns":[]}"#)], credentials: provider)
    _ = try await test.client.call("ecs", "ListClusters")
    #expect(provider.asked.withLock { $0 } == 2)
    let hopeless = TestClient([expired], credentials: Counting(lifetime: 3600))
    #expect(await hopeless.failure("ecs", "ListClusters")?.kind == .expiredCredentials)
    #expect(hopeless.transport.requests.count == 2)
  }
}
