import Foundation
import Synchronization
import Testing

/// The same plays for longer, all boundaries one by one and then chance: `make soak`.
///
/// `SOAK_SECONDS` is how long each of the plays by chance goes on; without it none of this runs.
@Suite(
  "Soak", .serialized, .enabled(if: Soak.seconds != nil),
  .compactMapIssues { issue in
    Soak.violations.withLock { $0 += 1 }
    return issue
  })
struct SoakTests {
  @Test(
    "every boundary of applies, rollbacks and recoveries", arguments: Soak.places,
    Soak.parts)
  func everyBoundary(isShared: Bool, part: BoundarySweep.Part) async throws {
    let name = "boundaries, \(isShared ? "a remote" : "one machine"), \(part.rawValue)"
    let sweep = BoundarySweep(
      part: part, isShared: isShared, stride: Soak.stride, workers: Soak.workers,
      first: Soak.first)
    try await Soak.report(name) { figures in
      let count = try await sweep.run { count in
        Soak.tell("\(name): so far \(count.legs) legs, \(count.kills) kills, at \(count.last)")
      }
      figures.add(count.legs, "legs")
      figures.add(count.kills, "kills")
      figures.add(count.last, "is the last boundary")
    }
  }

  @Test("crashes by chance, of recoveries, too", arguments: Soak.places)
  func crashes(isShared: Bool) async throws {
    try await Soak.report("crashes, \(isShared ? "a remote" : "one machine")") { figures in
      var salt: UInt64 = isShared ? 1_000 : 2_000
      while figures.isTime {
        let play = try await CrashPlay(isShared: isShared)
        var dice = Dice(salt: salt)
        _ = try await play.leg(
          .apply, dice.chance(2) ? .kill : .blackout, at: .random(in: 1...420, using: &dice),
          ending: .random(using: &dice), seed: dice.seed)
        try await play.rehearse()
        try await play.crashingLegs(15, dice: dice)
        figures.add(16, "legs")
        figures.add(play.kills, "kills")
        salt += 1
      }
    }
  }

  @Test("faults by chance", arguments: Soak.places)
  func faults(isShared: Bool) async throws {
    try await Soak.report("faults, \(isShared ? "a remote" : "one machine")") { figures in
      var salt: UInt64 = isShared ? 3_500 : 3_000
      while figures.isTime {
        let play = try await CrashPlay(isShared: isShared)
        try await play.rehearse()
        try await play.faultyLegs(20, dice: Dice(salt: salt))
        figures.add(20, "cycles")
        figures.add(play.faults, "faults")
        salt += 1
      }
    }
  }

  @Test("sixteen races")
  func races() async throws {
    try await Soak.report("races") { figures in
      var salt: UInt64 = 4_000
      while figures.isTime {
        let race = try await Race(of: 16)
        try await race.onTheirOwnEnvironments()
        try await race.onOneEnvironment()
        figures.add(2, "races of 16")
        salt += 1
      }
    }
  }

  @Test("random policies")
  func policies() async throws {
    try await Soak.report("policies") { figures in
      var salt: UInt64 = 5_000
      while figures.isTime {
        let play = try await ModelPlay(dice: Dice(salt: salt))
        try await play.run(20)
        figures.add(20, "policies")
        figures.add(play.rollbacks, "rollbacks")
        salt += 1
      }
    }
  }
}

/// How long the soak goes on, and what it says.
enum Soak {
  private static let variables = ProcessInfo.processInfo.environment
  /// How long each play by chance goes on; nil where there is no soak.
  static let seconds = variables["SOAK_SECONDS"].flatMap { Double($0) }
  /// Every how many boundaries are tried.
  static let stride = number("SOAK_STRIDE") ?? 1
  /// The first of them.
  static let first = number("SOAK_FIRST") ?? 1
  /// How many accounts they are tried in, side by side.
  static let workers = number("SOAK_WORKERS") ?? 2
  /// Whether the state is shared through a remote: `machine`, `remote`, or both after each other.
  static let places: [Bool] =
    switch variables["SOAK_PLACE"] {
    case "machine": [false]
    case "remote": [true]
    default: [false, true]
    }

  /// What is ended at its boundaries, with commas between; all of it unless said.
  static let parts =
    variables["SOAK_PARTS"].map {
      $0.split(separator: ",").compactMap { BoundarySweep.Part(rawValue: String($0)) }
    } ?? BoundarySweep.Part.allCases

  private static func number(_ name: String) -> Int? {
    variables[name].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
  }

  /// How many expectations did not hold so far.
  static let violations = Mutex(0)

  /// What a play has counted, and until when it goes on.
  struct Figures {
    fileprivate var counts: [String: Int] = [:]
    private let end = ContinuousClock.now + .seconds(Soak.seconds ?? 0)

    /// Whether there is time for more.
    var isTime: Bool { ContinuousClock.now < end }

    /// Counts.
    mutating func add(_ count: Int, _ what: String) { counts[what, default: 0] += count }
  }

  /// Plays and prints what was counted, also where a violation ended it.
  static func report(_ name: String, _ play: (inout Figures) async throws -> Void) async throws {
    var figures = Figures()
    let before = violations.withLock { $0 }
    let start = ContinuousClock.now
    var failure: (any Error)?
    do { try await play(&figures) } catch { failure = error }
    figures.add(max(violations.withLock { $0 } - before, failure == nil ? 0 : 1), "violations")
    let counts = figures.counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    let seconds = (ContinuousClock.now - start).components.seconds
    tell("\(name): \(counts.joined(separator: ", ")); \(seconds) s, seed \(Dice.shared)")
    if let failure { throw failure }
  }

  /// Prints a line. Not by `print`, which keeps it back until the end where it goes to a file.
  static func tell(_ text: String) {
    FileHandle.standardOutput.write(Data("soak: \(text)\n".utf8))
  }
}
