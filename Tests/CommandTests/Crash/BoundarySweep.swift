import Foundation
import Synchronization
import Testing

/// Boundaries one by one: each is tried in a leg of its own, several accounts side by side.
struct BoundarySweep: Sendable {
  /// What is ended at every one of its boundaries.
  enum Part: String, Sendable, CaseIterable {
    case apply, rollback, finish, undo
    case applyBlackout = "apply-blackout"
    case rollbackBlackout = "rollback-blackout"
  }

  /// What was counted.
  struct Count: Sendable {
    var legs = 0
    var kills = 0
    /// The last boundary that was tried.
    var last = 0
  }

  let part: Part
  let isShared: Bool
  /// Every how many boundaries are tried.
  let stride: Int
  /// How many accounts.
  let workers: Int
  /// The first boundary.
  let first: Int
  /// The seed that failures name; boundaries need none.
  let seed: UInt64 = 0

  /// After how many legs a play begins anew: repositories grow, and are looked through after each leg.
  private static let legsOfOnePlay = 40

  /// Recoveries are of different lengths: that one ends before a boundary does not say that the next does.
  private var patience: Int { [.finish, .undo].contains(part) ? 20 : 1 }

  /// Tries the boundaries until there is none any more.
  ///
  /// - Parameter onProgress: told every so many legs.
  func run(onProgress: @escaping @Sendable (Count) -> Void) async throws -> Count {
    let course = Course(first: first, stride: stride, patience: patience)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<workers { group.addTask { try await work(course, onProgress) } }
      try await group.waitForAll()
    }
    return course.count
  }

  private func work(_ course: Course, _ onProgress: @Sendable (Count) -> Void) async throws {
    while !course.isOver {
      let play = try await CrashPlay(isShared: isShared)
      try await play.rehearse()
      let writes = try await play.boundariesOfWrites()
      for _ in 0..<Self.legsOfOnePlay {
        guard let boundary = course.next() else { return }
        let kills = play.kills
        let isMet = try await leg(play, at: boundary, writes: writes)
        let count = course.add(kills: play.kills - kills, at: boundary, isMet: isMet)
        if count.legs.isMultiple(of: 50) { onProgress(count) }
      }
    }
  }

  /// - Returns: whether there was such a boundary.
  private func leg(_ play: CrashPlay, at boundary: Int, writes: ClosedRange<Int>) async throws
    -> Bool
  {
    let ending: CrashPlay.Ending = (boundary / stride).isMultiple(of: 2) ? .undo : .finish
    switch part {
    case .apply: return try await play.leg(.apply, at: boundary, ending: ending, seed: seed)
    case .rollback: return try await play.leg(.rollback, at: boundary, ending: ending, seed: seed)
    case .applyBlackout:
      return try await play.leg(.apply, .blackout, at: boundary, ending: ending, seed: seed)
    case .rollbackBlackout:
      return try await play.leg(.rollback, .blackout, at: boundary, ending: ending, seed: seed)
    case .finish, .undo:
      // Of an apply that was killed somewhere among its writes.
      return try await play.leg(
        .apply, at: writes.lowerBound + boundary * 7 % writes.count,
        recoveries: [(boundary, part == .undo ? .undo : .finish)], ending: ending, seed: seed)
    }
  }

  /// Which boundary comes next, and what was counted so far.
  private final class Course: Sendable {
    private let stride: Int
    private let patience: Int
    private let state: Mutex<(next: Int?, misses: Int, count: Count)>

    /// - Parameter patience: after how many boundaries in a row that were not met it is over.
    init(first: Int, stride: Int, patience: Int) {
      self.stride = stride
      self.patience = patience
      state = Mutex((first, 0, Count()))
    }

    var isOver: Bool { state.withLock { $0.next == nil } }
    var count: Count { state.withLock { $0.count } }

    func next() -> Int? {
      state.withLock { state in
        defer { state.next = state.next.map { $0 + stride } }
        return state.next
      }
    }

    /// - Parameter isMet: whether there was such a boundary.
    func add(kills: Int, at boundary: Int, isMet: Bool) -> Count {
      state.withLock { state in
        state.misses = isMet ? 0 : state.misses + 1
        if state.misses >= patience { state.next = nil }
        state.count.legs += 1
        state.count.kills += kills
        state.count.last = max(state.count.last, boundary)
        return state.count
      }
    }
  }
}

extension CrashPlay {
  /// The boundaries of an apply from its first write to AWS to its last, as its journal tells.
  func boundariesOfWrites() async throws -> ClosedRange<Int> {
    let goal = current.other
    try await checkOut(goal)
    let preload = try await Preload(at: nil)
    let result = try await scene.start(apply, variables: preload.variables).result()
    guard result.code == 0 else { throw SandboxFailure(message: result.errors) }
    try await judge(goal, "an apply whose boundaries are counted")
    let writes = preload.boundaries.filter {
      $0.contains(" write ") && $0.hasSuffix("journal.jsonl")
    }.compactMap { $0.split(separator: " ").first.flatMap { Int($0) } }
    guard let first = writes.first, let last = writes.last else {
      throw SandboxFailure(message: "no line of the journal among \(preload.boundaries.count)")
    }
    return first...last
  }
}
