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
    let isStable: Bool

    init(lifetime: TimeInterval, failsAfterFirst: Bool = false, isStable: Bool = false) {
      self.lifetime = lifetime
      self.failsAfterFirst = failsAfterFirst
      self.isStable = isStable
    }

    var name: String { "counting" }

    func lookUp(_ context: CredentialContext) async throws -> CredentialLookup {
      let number = asked.withLock { count in
        count += 1
        return count
      }
      for _ in 0..<10 { await Task.yield() }
      if failsAfterFirst, number > 1 { throw CredentialFault(provider: name, message: "down") }
      let credentials = Credentials(
        accessKeyID: "KEY\(number)", secretAccessKey: "s",
        expiration: context.configuration.now().addingTimeInterval(lifetime))
      return .found(isStable ? credentials.outlivingExpiration() : credentials)
    }
  }

  /// A door that opens once.
  actor Gate {
    private var isOpen = false
    private var visitors: [Int: CheckedContinuation<Void, any Error>] = [:]
    private var lastVisitor = 0
    private var watchers: [CheckedContinuation<Void, Never>] = []

    /// Waits until it is open, or the task is cancelled.
    func pass() async throws {
      guard !isOpen else { return }
      for watcher in watchers { watcher.resume() }
      watchers = []
      lastVisitor += 1
      let visitor = lastVisitor
      try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation {
          (continuation: CheckedContinuation<Void, any Error>) in
          guard !Task.isCancelled else { return continuation.resume(throwing: CancellationError()) }
          visitors[visitor] = continuation
        }
      } onCancel: {
        Task { await self.turnAway(visitor) }
      }
    }

    private func turnAway(_ visitor: Int) {
      visitors.removeValue(forKey: visitor)?.resume(throwing: CancellationError())
    }

    /// Waits until somebody waits for it to open.
    func waitForVisitor() async {
      guard visitors.isEmpty else { return }
      await withCheckedContinuation { watchers.append($0) }
    }

    /// Opens it.
    func open() {
      isOpen = true
      for visitor in visitors.values { visitor.resume() }
      visitors = [:]
    }
  }

  /// A provider behind a door.
  struct Gated: CredentialProvider {
    private let gate: Gate

    init(_ gate: Gate) { self.gate = gate }

    var name: String { "gated" }

    func lookUp(_ context: CredentialContext) async throws -> CredentialLookup {
      try await gate.pass()
      try Task.checkCancellation()
      return .found(Credentials(accessKeyID: "GATED", secretAccessKey: "s"))
    }
  }

  private func context(_ provider: any CredentialProvider, now: Date = TestClient.now)
    -> CredentialContext
  {
    var configuration = AWSConfiguration(region: "us-east-1", credentials: provider)
    configuration.now = { now }
    configuration.random = { 0.5 }
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

  @Test func renewsBesideTheCallsThenBeforeThem() async throws {
    let provider = Counting(lifetime: 3600)
    let cache = CredentialCache(provider)
    func key(after seconds: Double) async throws -> String {
      let context = context(provider, now: TestClient.now.addingTimeInterval(seconds))
      return try await cache.credentials(context).accessKeyID
    }
    #expect(try await key(after: 0) == "KEY1")
    #expect(try await key(after: 2999) == "KEY1")
    #expect(provider.asked.withLock { $0 } == 1)
    // Aging: the call does not wait, but the next ones have the new credentials.
    #expect(try await key(after: 3001) == "KEY1")
    while try await key(after: 3002) == "KEY1" { await Task.yield() }
    #expect(provider.asked.withLock { $0 } == 2)
    // Ending: the call waits.
    #expect(try await key(after: 3001 + 3301) == "KEY3")
  }

  @Test(arguments: [
    (3600.0, 2999.0, HeldCredentials.Age.young), (3600, 3001, .aging), (3600, 3299, .aging),
    (3600, 3301, .ending), (3600, 3600, .ended), (900, 299, .young), (900, 301, .aging),
    (900, 601, .ending), (60, 19, .young), (60, 39, .aging), (60, 41, .ending),
  ])
  func ages(_ life: TimeInterval, _ passed: TimeInterval, _ age: HeldCredentials.Age) {
    let end = TestClient.now.addingTimeInterval(life)
    let credentials = Credentials(accessKeyID: "K", secretAccessKey: "s", expiration: end)
    let held = HeldCredentials(credentials, at: TestClient.now, skew: 3)
    #expect(held.age(at: TestClient.now.addingTimeInterval(passed)) == age)
    // Our clock is two hours slow: the server's says when the end is.
    let slow = TestClient.now.addingTimeInterval(-7200)
    let skewed = HeldCredentials(credentials, at: slow, skew: 7200)
    #expect(skewed.age(at: slow.addingTimeInterval(passed)) == age)
  }

  @Test func keepsWhatStillHoldsWhenRenewalFails() async throws {
    let provider = Counting(lifetime: 3600, failsAfterFirst: true)
    let cache = CredentialCache(provider)
    _ = try await cache.credentials(context(provider))
    let late = context(provider, now: TestClient.now.addingTimeInterval(3500))
    #expect(try await cache.credentials(late).accessKeyID == "KEY1")
    #expect(provider.asked.withLock { $0 } == 2)
    // Not again with each call.
    _ = try await cache.credentials(late)
    #expect(provider.asked.withLock { $0 } == 2)
    let later = context(provider, now: TestClient.now.addingTimeInterval(3561))
    #expect(try await cache.credentials(later).accessKeyID == "KEY1")
    #expect(provider.asked.withLock { $0 } == 3)
    let over = context(provider, now: TestClient.now.addingTimeInterval(3601))
    await #expect(throws: CredentialFault.self) { try await cache.credentials(over) }
  }

  @Test func usesCredentialsOfInstancesAfterTheirEnd() async throws {
    let provider = Counting(lifetime: 3600, failsAfterFirst: true, isStable: true)
    let cache = CredentialCache(provider)
    for (seconds, asked) in [(0.0, 1), (3601, 2), (3601 + 449, 2), (3601 + 451, 3)] {
      let context = context(provider, now: TestClient.now.addingTimeInterval(seconds))
      #expect(try await cache.credentials(context).accessKeyID == "KEY1")
      #expect(provider.asked.withLock { $0 } == asked)
    }
  }

  @Test func refusesCredentialsThatHaveEnded() async throws {
    let ended = Counting(lifetime: -1)
    await #expect(throws: CredentialFault.self) {
      try await CredentialCache(ended).credentials(context(ended))
    }
    let stable = Counting(lifetime: -1, isStable: true)
    let cache = CredentialCache(stable)
    for _ in 0..<3 { _ = try await cache.credentials(context(stable)) }
    #expect(stable.asked.withLock { $0 } == 1)
  }

  @Test func waiterThatLeavesDoesNotHurtTheOthers() async throws {
    let gate = Gate()
    let provider = Gated(gate)
    let cache = CredentialCache(provider)
    let context = context(provider)
    let leaving = Task { try await cache.credentials(context) }
    await gate.waitForVisitor()
    let staying = Task { try await cache.credentials(context) }
    leaving.cancel()
    await #expect(throws: CancellationError.self) { try await leaving.value }
    await gate.open()
    #expect(try await staying.value.accessKeyID == "GATED")
  }

  @Test func nobodyInheritsACancelledRenewal() async throws {
    let gate = Gate()
    let provider = Gated(gate)
    let cache = CredentialCache(provider)
    let context = context(provider)
    let leaving = Task { try await cache.credentials(context) }
    await gate.waitForVisitor()
    leaving.cancel()
    await #expect(throws: CancellationError.self) { try await leaving.value }
    await gate.open()
    #expect(try await cache.credentials(context).accessKeyID == "GATED")
  }

  /// What a provider has begun on the machine is ended before the program can end.
  @Test func lastWaiterLeavesWhenTheProviderHasEnded() async throws {
    struct Tidy: CredentialProvider {
      let gate: Gate
      let isTidy: Locked<Bool>
      var name: String { "tidy" }
      func lookUp(_ context: CredentialContext) async throws -> CredentialLookup {
        try await gate.pass()
        while !Task.isCancelled { await Task.yield() }
        for _ in 0..<100 { await Task.yield() }
        isTidy.withLock { $0 = true }
        throw CancellationError()
      }
    }
    let provider = Tidy(gate: Gate(), isTidy: Locked(false))
    let cache = CredentialCache(provider)
    let context = context(provider)
    let leaving = Task { try await cache.credentials(context) }
    await provider.gate.waitForVisitor()
    await provider.gate.open()
    leaving.cancel()
    await #expect(throws: CancellationError.self) { try await leaving.value }
    #expect(provider.isTidy.withLock { $0 })
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
