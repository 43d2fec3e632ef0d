import Foundation
import Testing

/// One account that goes back and forth between two policies, while the program is ended at its boundaries.
///
/// After each leg AWS is at one of the two, and the referee says whether all else agrees.
final class CrashPlay {
  /// One of the policies that AWS is brought to.
  enum Policy: String {
    case none, first, second
    var other: Policy { self == .first ? .second : .first }
  }

  /// How AWS is brought to the other policy.
  enum Way: CaseIterable {
    case apply, rollback
  }

  /// What becomes of an apply that began and did not end.
  enum Ending: String, CaseIterable {
    case finish, undo
  }

  let scene: Scene
  let referee: Referee
  private(set) var current = Policy.none
  /// How often the program was ended.
  private(set) var kills = 0
  /// How many faults were let loose.
  var faults = 0
  private var serial = 0
  private var pictures: [Policy: String] = [:]
  /// The serial that left AWS at a policy last.
  private var serials: [Policy: Int] = [.none: 0]

  /// - Parameter isShared: whether the state is shared through a bare repository.
  init(isShared: Bool) async throws {
    scene = try await Scene()
    var remote: String?
    if isShared {
      let path = scene.repository.folder.appending(path: "remote.git").path()
      try await scene.repository.git("init", "-q", "--bare", path)
      try await scene.repository.git("remote", "add", "origin", path)
      remote = path
    }
    referee = Referee(scene: scene, remote: remote)
    try await commitPolicies()
    pictures[.none] = try await referee.picture()
  }

  /// Brings AWS to both policies once, so that it is known how they look.
  func rehearse() async throws {
    for policy in [Policy.first, .second] {
      try await checkOut(policy)
      try await scene.weir(apply, isQuiet: true)
      serial = try await referee.standing().serial
      serials[policy] = serial
      pictures[policy] = try await referee.picture()
      current = policy
    }
  }

  let apply = [
    "apply", "--env", "prod", "--auto-approve", "--allow-delete", "--quiet",
  ]

  /// The command that brings AWS to the other policy.
  func command(_ way: Way, to policy: Policy) -> [String] {
    guard way == .rollback, let serial = serials[policy], current != .none else { return apply }
    return ["rollback", "--env", "prod", "--to", "\(serial)", "--auto-approve", "--quiet"]
  }

  /// Brings AWS to the other policy, is ended at a boundary, and makes good what is left.
  ///
  /// - Parameters:
  ///   - recoveries: where the recoveries are ended in their turn, and what each tries.
  ///   - ending: what the last recovery does, which nothing ends.
  /// - Returns: whether there were such boundaries, as far as they were tried.
  func leg(
    _ way: Way, _ action: Preload.Action = .kill, at boundary: Int,
    recoveries: [(boundary: Int, ending: Ending)] = [], ending: Ending, seed: UInt64
  ) async throws -> Bool {
    let goal = current.other
    try await checkOut(goal)
    let original = try await referee.changes()
    let command = command(way, to: goal)
    let preload = try await Preload(action, at: boundary)
    let result = try await run(command, preload)
    var story = "seed \(seed): \(command[0]) to \(goal), \(action) at \(preload.place)"
    #expect(result.code == (preload.hasHappened ? 137 : 0), "\(story)\n\(result.errors)")
    var isMet = preload.hasHappened
    var end = goal
    for (boundary, ending) in recoveries where try await referee.standing().isUnfinished {
      let preload = try await Preload(action, at: boundary)
      let result = try await run(recover(ending), preload)
      story += "; recover --\(ending.rawValue), \(action) at \(preload.place)"
      let isKilled = preload.hasHappened
      isMet = isMet && isKilled
      #expect(result.code == (isKilled ? 137 : 0), "\(story)\n\(result.errors)")
      end = ending == .finish ? goal : current
    }
    var isUntouched = false
    let standing = try await referee.standing()
    story += "; \(standing.isUnfinished ? "recover --\(ending)" : "serial \(standing.serial)")"
    if standing.isUnfinished {
      try await expectSuccess(recover(ending), story)
      end = ending == .finish ? goal : current
      serial += 1
    } else if standing.serial > serial {
      serial += 1
    } else {
      // Nothing has begun, so nothing has happened.
      expectSame(try await referee.picture(), pictures[current] ?? "", "\(story)")
      end = current
      isUntouched = ending == .undo
      if ending == .finish {
        try await expectSuccess(command, story)
        end = goal
        serial += 1
      }
    }
    #expect(try await referee.standing().serial == serial, "\(story)")
    try await judge(end, mayBeLocked: isUntouched, story)
    if end != goal {
      try await checkOut(goal)
      expectSame(try await referee.changes(), original, "the next plan, \(story)")
    }
    return isMet
  }

  /// AWS is at a policy, and all else agrees.
  func judge(_ end: Policy, mayBeLocked: Bool = false, _ story: String) async throws {
    serial = try await referee.standing().serial
    let found = try await referee.picture()
    if let picture = pictures[end] {
      expectSame(found, picture, "\(story)")
    } else {
      pictures[end] = found
    }
    serials[end] = serial
    current = end
    if end != .none {
      try await checkOut(end)
      let plan = try await scene.weir(
        "plan", "--env", "prod", "--detailed-exitcode", "--quiet", exit: 0, isQuiet: true)
      guard plan.code == 0 else { throw SandboxFailure(message: story) }
    }
    try await referee.expectOrder(serial: serial, mayBeLocked: mayBeLocked, "\(story)")
    guard found == pictures[end] else { throw SandboxFailure(message: story) }
  }

  func recover(_ ending: Ending) -> [String] {
    [
      "recover", "--env", "prod", "--\(ending.rawValue)", "--auto-approve",
      "--allow-irreversible", "--quiet",
    ]
  }

  private func run(_ command: [String], _ preload: Preload) async throws -> ProgramResult {
    let result = try await scene.start(command, variables: preload.variables).result()
    try await preload.waitForEnd()
    if preload.hasHappened {
      kills += 1
      try scene.repository.ageLocks()
    }
    return result
  }

  func expectSuccess(_ command: [String], _ story: String) async throws {
    let result = try await scene.start(command).result()
    guard result.code == 0 else {
      Issue.record("\(story): \(command) ends with \(result.code): \(result.errors)")
      throw SandboxFailure(message: story)
    }
  }

  /// Commits both policies, each on a branch of its own.
  private func commitPolicies() async throws {
    let repository = scene.repository
    try await repository.git("branch", "first")
    try await repository.git("checkout", "-q", "-b", "second")
    try repository.edit("manifests/budget.yaml", "limit: 800 USD", "limit: 700 USD")
    try repository.edit("manifests/budget.yaml", "    - percent: 70%\n", "    - percent: 60%\n")
    try repository.edit("manifests/data.yaml", "prefix: logs/", "prefix: traces/")
    try repository.edit("manifests/limits.yaml", "sessions: 10", "sessions: 12")
    try repository.edit("manifests/tasks.yaml", "cpu: 1 vCPU", "cpu: 0.5 vCPU")
    try repository.edit("manifests/tasks.yaml", "max: 4", "max: 5")
    try repository.remove("manifests/exams.yaml")
    try await repository.commit("The second policy")
  }

  func checkOut(_ policy: Policy) async throws {
    try await scene.repository.git("checkout", "-q", policy.rawValue)
  }
}
