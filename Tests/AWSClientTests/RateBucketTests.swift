import Foundation
import Testing

@testable import AWSClient

@Suite struct RateBucketTests {
  static let start = Date(timeIntervalSince1970: 1_440_938_160)

  static func after(_ seconds: Double) -> Date { start.addingTimeInterval(seconds) }

  /// How many requests go out at once.
  static func burst(_ bucket: inout RateBucket, at date: Date) -> Int {
    var count = 0
    while count < 1000, bucket.delay(at: date) == 0 {
      bucket.take(at: date)
      count += 1
    }
    return count
  }

  @Test func refillsToItsBurst() {
    var bucket = RateBucket(RateLimit(burst: 50, perSecond: 20), at: Self.start)
    #expect(Self.burst(&bucket, at: Self.start) == 50)
    #expect(abs(bucket.delay(at: Self.start) - 0.05) < 1e-6)
    #expect(Self.burst(&bucket, at: Self.after(1)) == 20)
    #expect(Self.burst(&bucket, at: Self.after(3600)) == 50)
  }

  @Test func survivesClockThatJumps() {
    var bucket = RateBucket(RateLimit(burst: 1, perSecond: 1), at: Self.start)
    #expect(Self.burst(&bucket, at: Self.start) == 1)
    #expect(bucket.delay(at: Self.after(-3600)) <= 1)
    #expect(Self.burst(&bucket, at: Self.after(-3598)) == 1)
  }

  @Test func isUnlimitedBeforeThrottle() {
    var bucket = RateBucket(nil, at: Self.start)
    #expect(bucket.rate(at: Self.start) == nil)
    #expect(Self.burst(&bucket, at: Self.start) == 1000)
  }

  @Test func halvesOncePerRoundAndComesBack() {
    var bucket = RateBucket(RateLimit(burst: 50, perSecond: 20), at: Self.start)
    for _ in 0..<10 { bucket.noteThrottle(sentIn: 0, at: Self.start) }
    #expect(bucket.rate(at: Self.start) == 10)
    #expect(Self.burst(&bucket, at: Self.start) == 0)
    #expect(bucket.rate(at: Self.after(2.5)) == 15)
    bucket.noteThrottle(sentIn: 1, at: Self.after(2.5))
    #expect(bucket.rate(at: Self.after(2.5)) == 7.5)
    #expect(bucket.rate(at: Self.after(7.5)) == 15)
    #expect(bucket.rate(at: Self.after(60)) == 20)
    #expect(Self.burst(&bucket, at: Self.after(60)) == 50)
  }

  @Test func startsFromWhatTheServiceAnswered() {
    var bucket = RateBucket(nil, at: Self.start)
    for index in 0..<100 { bucket.noteSuccess(at: Self.after(Double(index) / 40)) }
    bucket.noteThrottle(sentIn: 0, at: Self.after(2.5))
    let rate = bucket.rate(at: Self.after(2.5)) ?? 0
    #expect((19...21).contains(rate))
  }

  @Test func neverStops() {
    var strangers = RateBucket(nil, at: Self.start)
    var costs = RateBucket(RateLimit(perSecond: 1), at: Self.start)
    for round in 0..<50 {
      strangers.noteThrottle(sentIn: round, at: Self.start)
      costs.noteThrottle(sentIn: round, at: Self.start)
    }
    #expect(strangers.rate(at: Self.start) == 1)
    #expect(costs.rate(at: Self.start) == 0.5)
    #expect((strangers.rate(at: Self.after(1e9)) ?? 0).isFinite)
  }

  @Test func publishedFamiliesAreSound() {
    var seen: Set<String> = []
    for family in RateFamily.published {
      #expect(family.limit.perSecond > 0 && family.limit.burst >= 1, "\(family.name)")
      #expect(!family.source.isEmpty)
      for (service, operations) in family.operations {
        for operation in operations {
          #expect(seen.insert("\(service) \(operation)").inserted, "\(operation) is twice there")
        }
      }
    }
    #expect(Set(RateFamily.published.map(\.name)).count == RateFamily.published.count)
  }

  @Test(arguments: ServiceModels.names)
  func publishedOperationsExist(_ service: String) throws {
    let text = try #require(ServiceModels.text(of: service))
    let description = try APIDescription(text: text.utf8)
    // A description is trimmed to the operations that Weir calls; a family may name more.
    let known = RateFamily.published.filter { $0.operations[service] != nil }
    let called = known.flatMap { $0.operations[service] ?? [] }
      .filter { description.operations[$0] != nil }
    #expect(known.isEmpty || !called.isEmpty)
  }
}
