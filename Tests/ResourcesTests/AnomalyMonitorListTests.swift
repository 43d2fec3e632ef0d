import Model
import Synchronization
import Testing

@testable import Resources

/// An account whose answer comes once it is let go.
private final class HeldAWS: AWSCaller {
  private let gate = AsyncStream.makeStream(of: Void.self)
  private let count = Mutex(0)

  var requests: Int { count.withLock { $0 } }

  func letGo() { gate.continuation.finish() }

  func call(_ service: String, _ operation: String, _ input: Value) async throws -> Value { .null }

  func all(_ service: String, _ operation: String, _ input: Value, items: String) async throws
    -> [Value]
  {
    count.withLock { $0 += 1 }
    for await _ in gate.stream {}
    try Task.checkCancellation()
    return [["MonitorName": "a"]]
  }
}

@Suite struct AnomalyMonitorListTests {
  @Test(.timeLimit(.minutes(2))) func isReadOnceForAllWhoAskMeanwhile() async throws {
    let aws = HeldAWS()
    let list = AnomalyMonitorList(client: aws)
    async let first = list.monitors()
    async let second = list.monitors()
    while await list.waiting < 2 { await Task.yield() }
    aws.letGo()
    #expect(try await first == second)
    #expect(aws.requests == 1)
    #expect(try await list.monitors().count == 1)
    #expect(aws.requests == 2)
  }

  @Test(.timeLimit(.minutes(2))) func whoGivesUpTakesItFromNobody() async throws {
    let aws = HeldAWS()
    let list = AnomalyMonitorList(client: aws)
    let first = Task { try await list.monitors() }
    while await list.waiting < 1 { await Task.yield() }
    async let second = list.monitors()
    while await list.waiting < 2 { await Task.yield() }
    first.cancel()
    while await list.waiting > 1 { await Task.yield() }
    aws.letGo()
    #expect(try await second.count == 1)
    #expect(aws.requests == 1)
  }

  @Test(.timeLimit(.minutes(2))) func endsWhereAllGiveUp() async throws {
    let list = AnomalyMonitorList(client: HeldAWS())
    let only = Task { try await list.monitors() }
    while await list.waiting < 1 { await Task.yield() }
    only.cancel()
    await #expect(throws: CancellationError.self) { try await only.value }
    #expect(await list.waiting == 0)
  }
}
