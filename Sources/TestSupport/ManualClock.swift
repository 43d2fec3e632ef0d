public import Foundation
internal import Synchronization

/// A clock that stands still until it is told to go on.
public final class ManualClock: Sendable {
  private struct Reading {
    var now: Date
    var slept: [Double] = []
  }

  private let reading: Mutex<Reading>

  /// A clock that stands at a time, by default 2026-08-19T06:30:00Z.
  public init(_ start: Date = Date(timeIntervalSince1970: 1_787_121_000)) {
    reading = Mutex(Reading(now: start))
  }

  /// The time that it shows.
  public var now: Date { reading.withLock { $0.now } }

  /// The waits that it was asked for, in seconds.
  public var slept: [Double] { reading.withLock { $0.slept } }

  /// Goes on by so many seconds.
  public func advance(by seconds: Double) {
    reading.withLock { $0.now.addTimeInterval(seconds) }
  }

  /// Goes on by so many seconds, and remembers that it was asked to wait.
  public func sleep(_ seconds: Double) {
    reading.withLock {
      $0.now.addTimeInterval(seconds)
      $0.slept.append(seconds)
    }
  }
}
