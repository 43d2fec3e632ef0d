import Foundation
import Testing

/// AWS fails at random over whole applies and rollbacks.
@Suite("Random faults")
struct RandomFaultTests {
  @Test("after every fault the next apply makes up for it", arguments: [false, true])
  func cycles(isShared: Bool) async throws {
    let play = try await CrashPlay(isShared: isShared)
    try await play.rehearse()
    try await play.faultyLegs(4, dice: Dice(salt: isShared ? 3 : 2))
  }
}

extension CrashPlay {
  /// So many legs with one to four random faults each.
  func faultyLegs(_ count: Int, dice: Dice) async throws {
    var dice = dice
    for _ in 0..<count {
      let faults = (0..<Int.random(in: 1...4, using: &dice)).map { _ in
        RandomFault(using: &dice)
      }
      try await faultyLeg(
        dice.chance(3) ? .rollback : .apply, faults,
        ending: dice.chance(2) ? .undo : .finish, seed: dice.seed)
    }
  }

  /// So many legs that are ended at random boundaries, up to so many recoveries of each, too.
  func crashingLegs(_ count: Int, recoveries most: Int = 2, dice: Dice) async throws {
    var dice = dice
    for _ in 0..<count {
      let recoveries = (0..<Int.random(in: 0...most, using: &dice)).map { _ in
        (boundary: Int.random(in: 1...420, using: &dice), ending: Ending.random(using: &dice))
      }
      _ = try await leg(
        dice.chance(2) ? .apply : .rollback, dice.chance(2) ? .kill : .blackout,
        at: .random(in: 1...420, using: &dice), recoveries: recoveries,
        ending: .random(using: &dice), seed: dice.seed)
    }
  }
}

extension CrashPlay.Ending {
  static func random(using dice: inout Dice) -> Self { dice.chance(2) ? .finish : .undo }
}
