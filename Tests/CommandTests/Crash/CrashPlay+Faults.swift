import Foundation
import Testing

/// A fault of AWS that strikes at random.
struct RandomFault: CustomStringConvertible {
  private let fault: String
  private let when: String
  private let skip: Int
  private let times: Int

  init(using dice: inout Dice) {
    let faults = [
      "throttle", "500", "html", "reset", "truncate", "hang", "slow", "denied", "expired",
    ]
    fault = faults.randomElement(using: &dice) ?? "500"
    when = fault == "truncate" || dice.chance(2) ? "after" : "before"
    skip = .random(in: 0...90, using: &dice)
    times = .random(in: 1...4, using: &dice)
  }

  var description: String { "\(fault) \(when), \(times) times after \(skip) requests" }

  func strike(_ account: Account) async throws {
    try await account.fault(fault, times: times, skip: skip, when: when, seconds: 1)
  }
}

extension CrashPlay {
  /// Brings AWS to the other policy while it fails, and once more when it is well again.
  ///
  /// - Returns: the exit code under faults.
  @discardableResult
  func faultyLeg(_ way: Way, _ faults: [RandomFault], ending: Ending, seed: UInt64) async throws
    -> Int32
  {
    let (start, goal) = (current, current.other)
    try await checkOut(goal)
    self.faults += faults.count
    for fault in faults { try await fault.strike(scene.account) }
    let command = command(way, to: goal)
    let result = try await scene.start(command).result(within: 120)
    try await scene.account.clearFaults()
    let story =
      "seed \(seed): \(command[0]) to \(goal) with \(faults.map(\.description).joined(separator: "; "))"
      + " ended with \(result.code)"
    #expect([0, 1, 4, 6].contains(result.code), "\(story)\n\(result.errors)")
    // Whatever is not as asked is told.
    #expect(result.code == 0 || !(result.output + result.errors).isEmpty, "\(story)")
    var end = goal
    if try await referee.standing().isUnfinished {
      try await expectSuccess(recover(ending), story)
      end = ending == .finish ? goal : start
    } else if result.code != 0 {
      try await expectSuccess(apply, "\(story); then applied again")
    }
    try await judge(end, story)
    return result.code
  }
}
