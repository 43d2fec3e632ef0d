import Foundation
import Testing

/// The program is ended at its boundaries: before it changes a file, before a request, after an answer.
@Suite("Crashes")
struct CrashTests {
  @Test(
    "wherever an apply or a rollback is killed, it is finished or undone", arguments: [false, true])
  func killed(isShared: Bool) async throws {
    var dice = Dice(salt: isShared ? 1 : 0)
    let play = try await CrashPlay(isShared: isShared)
    try await play.rehearse()
    for _ in 0..<(Int(ProcessInfo.processInfo.environment["LEGS"] ?? "") ?? 5) {
      _ = try await play.leg(
        CrashPlay.Way.allCases.randomElement(using: &dice) ?? .apply,
        dice.chance(2) ? .kill : .blackout,
        at: .random(in: 1...420, using: &dice),
        ending: CrashPlay.Ending.allCases.randomElement(using: &dice) ?? .finish, seed: dice.seed)
    }
  }
}
