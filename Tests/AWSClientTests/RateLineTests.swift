import Foundation
import Testing

@testable import AWSClient

@Suite struct RateLineTests {
  let time = SimulatedTime()

  func line(_ limit: RateLimit?, maximumInFlight: Int = 64) -> RateLine {
    RateLine(
      limit, maximumInFlight: maximumInFlight, now: { [time] in time.now },
      sleep: { [time] in try await time.sleep($0) })
  }

  @Test func servesInOrderAndRetriesFirst() async throws {
    defer { time.stop() }
    let line = line(RateLimit(perSecond: 1))
    let order = Locked<[Int]>([])
    await withTaskExecutorPreference(time) {
      await withTaskGroup(of: Void.self) { group in
        for index in 0..<10 {
          group.addTask {
            guard let permit = try? await line.enter(isRetry: index >= 8) else { return }
            order.withLock { $0.append(index) }
            line.leave(permit, .answered)
          }
        }
      }
    }
    // The first goes at once, the second comes first in line before the retries are there.
    #expect(order.withLock { $0 } == [0, 1, 8, 9, 2, 3, 4, 5, 6, 7])
    #expect(abs(time.now.timeIntervalSince(RateBucketTests.start) - 9) < 1e-3)
  }

  @Test func cancellationEndsEveryWaitAtOnce() async throws {
    defer { time.stop() }
    let line = line(RateLimit(burst: 2, perSecond: 0.001))
    let (cancelled, served) = await withTaskExecutorPreference(time) {
      await withTaskGroup(of: Bool.self) { group in
        for _ in 0..<500 {
          group.addTask {
            guard let permit = try? await line.enter(isRetry: false) else { return false }
            line.leave(permit, .answered)
            return true
          }
        }
        group.addTask { [time] in
          try? await time.sleep(1)
          return true
        }
        var served = 0
        while served < 3, let isServed = await group.next() { served += isServed ? 1 : 0 }
        group.cancelAll()
        return await group.reduce(into: (0, served)) { $1 ? ($0.1 += 1) : ($0.0 += 1) }
      }
    }
    #expect(cancelled == 498)
    #expect(served == 3)
    #expect(time.now.timeIntervalSince(RateBucketTests.start) == 1)
  }

  @Test func goesOnWithoutTheCancelled() async throws {
    defer { time.stop() }
    let line = line(RateLimit(perSecond: 1))
    let order = Locked<[Int]>([])
    await withTaskExecutorPreference(time) {
      await withTaskGroup(of: Void.self) { group in
        for index in 0..<6 {
          group.addTask { [time] in
            await withTaskGroup(of: Void.self) { inner in
              inner.addTask {
                guard let permit = try? await line.enter(isRetry: false) else { return }
                order.withLock { $0.append(index) }
                line.leave(permit, .answered)
              }
              guard index % 2 == 1 else { return }
              try? await time.sleep(0.5)
              inner.cancelAll()
            }
          }
        }
      }
    }
    #expect(order.withLock { $0 } == [0, 2, 4])
    #expect(abs(time.now.timeIntervalSince(RateBucketTests.start) - 2) < 0.51)
  }

  @Test func opensItsWindowWithSuccess() async throws {
    defer { time.stop() }
    let line = line(nil, maximumInFlight: 12)
    var permits: [RateLine.Permit] = []
    for _ in 0..<RateLine.firstWindow { permits.append(try await line.enter(isRetry: false)) }
    let late = Task { try await line.enter(isRetry: false) }
    await Task.yield()
    line.leave(permits.removeLast(), .answered)
    permits.append(try await late.value)
    permits.append(try await line.enter(isRetry: false))
    #expect(permits.count == RateLine.firstWindow + 1)
    for permit in permits { line.leave(permit, .unknown) }
  }
}
