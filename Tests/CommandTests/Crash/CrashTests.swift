import Foundation
import Testing

/// The program is ended at its boundaries: before it changes a file, before a request, after an answer.
@Suite("Crashes")
struct CrashTests {
  @Test("wherever the program is killed, all is finished or undone", arguments: [false, true])
  func killed(isShared: Bool) async throws {
    let play = try await CrashPlay(isShared: isShared)
    try await play.rehearse()
    try await play.crashingLegs(3, recoveries: 1, dice: Dice(salt: isShared ? 1 : 0))
  }

  @Test("wherever the very first apply is killed, it is finished or undone")
  func first() async throws {
    var dice = Dice(salt: 5)
    let play = try await CrashPlay(isShared: dice.chance(2))
    _ = try await play.leg(
      .apply, at: .random(in: 30...420, using: &dice), ending: .random(using: &dice),
      seed: dice.seed)
  }
}
