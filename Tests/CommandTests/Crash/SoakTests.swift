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
  @Test("every boundary of an apply, a rollback and both recoveries", arguments: [false, true])
  func everyBoundary(isShared: Bool) async throws {
    try await Soak.report("boundaries, \(isShared ? "a remote" : "one machine")") { figures in
      let play = try await CrashPlay(isShared: isShared)
      try await play.rehearse()
      for (way, action) in [
        (CrashPlay.Way.apply, Preload.Action.kill), (.rollback, .kill), (.apply, .blackout),
      ] {
        var boundary = 1
        while try await play.leg(
          way, action, at: boundary, ending: boundary.isMultiple(of: 2) ? .undo : .finish,
          seed: 0)
        {
          boundary += Soak.stride
          figures.add(1, "legs")
        }
      }
      // Recoveries: of an apply that was killed in the middle of its writes.
      for ending in CrashPlay.Ending.allCases {
        for boundary in stride(from: 1, through: 420, by: Soak.stride) {
          let other: CrashPlay.Ending = boundary.isMultiple(of: 2) ? .undo : .finish
          _ = try await play.leg(
            .apply, at: 190 + boundary % 60, recoveries: [(boundary, ending)], ending: other,
            seed: 0)
          figures.add(1, "legs")
        }
      }
      figures.add(play.kills, "kills")
    }
  }

  @Test("crashes by chance, of recoveries, too", arguments: [false, true])
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

  @Test("faults by chance")
  func faults() async throws {
    try await Soak.report("faults") { figures in
      var salt: UInt64 = 3_000
      while figures.isTime {
        let play = try await CrashPlay(isShared: false)
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
  static let stride = variables["SOAK_STRIDE"].flatMap { Int($0) } ?? 1

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
    // Not by `print`, which keeps it back until the end where it goes to a file.
    let line =
      "soak: \(name): \(counts.joined(separator: ", ")); \(seconds) s, seed \(Dice.shared)\n"
    FileHandle.standardOutput.write(Data(line.utf8))
    if let failure { throw failure }
  }
}
