import Foundation
import TestSupport

/// Chance that a seed repeats.
struct Dice: RandomNumberGenerator, Sendable {
  /// What to give as `SEED` to have the same again.
  let seed: UInt64
  private var numbers: SeededGenerator

  /// The seed of all dice of this run: `SEED` of the environment; else always the same one, so that a
  /// change is judged by itself, but for the soak, which has another one every time.
  static let shared =
    variables["SEED"].flatMap { UInt64($0) }
    ?? (variables["SOAK_SECONDS"] == nil ? 1 : UInt64.random(in: 1...9_999_999))
  private static let variables = ProcessInfo.processInfo.environment

  /// - Parameter salt: tells the dice of one run apart.
  init(salt: UInt64) {
    seed = Self.shared
    numbers = SeededGenerator(seed: seed &+ salt &* 0xD134_2543_DE82_EF95)
  }

  mutating func next() -> UInt64 { numbers.next() }

  /// True once in `times`.
  mutating func chance(_ times: Int) -> Bool { Int.random(in: 1...times, using: &self) == 1 }
}
