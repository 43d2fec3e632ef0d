import Model
import Testing

@testable import Resources

@Suite struct ParallelTests {
  @Test(arguments: [0, 1, 7, 8, 9, 100])
  func keepsTheOrder(count: Int) async throws {
    let doubled = try await inParallel(Array(0..<count)) { number in
      await Task.yield()
      return number * 2
    }
    #expect(doubled == (0..<count).map { $0 * 2 })
  }

  @Test func endsWithTheFirstFailure() async {
    let aws = FakeAWS { _, input in
      guard input["n"] != 3 else { throw FakeFailure(code: "Broken") }
      return [:]
    }
    await #expect(throws: FakeFailure(code: "Broken")) {
      _ = try await inParallel(Array(0..<1000)) {
        try await aws.call("s", "o", ["n": .init($0)])
      }
    }
    #expect(aws.calls.count < 100)
  }

  @Test func endsWithCancellation() async {
    let aws = FakeAWS { _, _ in [:] }
    let buckets = Set((0..<10_000).map { "b\($0)" })
    let task = Task { try await resourceType("s3/lifecycle", aws).read(buckets) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(aws.calls.count < 10_000)
  }

  @Test func cutsBatches() {
    #expect([1, 2, 3, 4, 5].batches(of: 2) == [[1, 2], [3, 4], [5]])
    #expect([Int]().batches(of: 2) == [])
  }
}
