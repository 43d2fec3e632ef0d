import Testing

/// Policies that nobody thought of.
@Suite("Random policies")
struct RandomPolicyTests {
  @Test("are made true, are taken back, and leave alone what is not theirs", arguments: [20, 21])
  func random(salt: UInt64) async throws {
    try await ModelPlay(dice: Dice(salt: salt)).run(5)
  }
}
