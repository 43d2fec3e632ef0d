import Foundation
import Testing

/// The machine is at fault: its disk, its clock.
@Suite("Disk and clock")
struct DiskTests {
  private let apply = ["apply", "--env", "prod", "--auto-approve", "--quiet"]
  private let finish = ["recover", "--env", "prod", "--finish", "--auto-approve", "--quiet"]

  @Test(
    "where no file can be written any more, it says so, and all is made good later",
    arguments: [ENOSPC, EROFS], [1, 2, 3, 4])
  func full(code: Int32, place: Int) async throws {
    var dice = Dice(salt: UInt64(code) * 10 + UInt64(place))
    let scene = try await Scene()
    let before = try await scene.aws("aws.picture()")
    // From the beginning, and then anywhere: the begin commit, the journal, the end commit.
    let boundary = place == 1 ? 1 : Int.random(in: 1...400, using: &dice)
    let preload = try await Preload(
      .refuse(code, below: scene.repository.folder.path()), at: boundary)
    let result = try await scene.start(apply, variables: preload.variables).result()
    let story: Comment = "seed \(dice.seed): \(preload.place): \(result.output)\(result.errors)"
    #expect([0, 1, 6].contains(result.code), story)
    let referee = Referee(scene: scene)
    let standing = try await referee.standing()
    if result.code == 0 {
      #expect(standing.serial == 1, story)
    } else {
      let words = code == ENOSPC ? "space" : "ead.only"
      #expect(
        (result.output + result.errors).range(of: words, options: .regularExpression) != nil, story)
    }
    if standing.serial == 0, !standing.isUnfinished {
      expectSame(try await scene.aws("aws.picture()"), before, "seed \(dice.seed)")
    }
    // What could not be removed either is removed once it is old.
    if code == EROFS { try scene.repository.ageLocks() }
    if standing.isUnfinished { try await scene.weir(finish) }
    try await scene.weir(apply)
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", isQuiet: true)
    try await referee.expectOrder(serial: try await referee.standing().serial, story)
  }

  @Test("a torn last line of the journal does not keep an apply from being finished")
  func tornLine() async throws {
    let scene = try await Scene()
    try await scene.account.fault("hang", "ssm", "PutParameter", when: "after", seconds: 20)
    let run = try scene.start(apply)
    try await scene.waitForRequest("ssm PutParameter", fault: "hang")
    run.send(SIGKILL)
    _ = await run.result()
    try await scene.account.clearFaults()
    let journal = ".git/weir/prod/journal.jsonl"
    let text = try scene.repository.read(journal)
    #expect(text.hasSuffix("}\n"))
    try scene.repository.write(journal, String(text.dropLast(40)))
    try await scene.weir(finish)
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", isQuiet: true)
    try await Referee(scene: scene).expectOrder(serial: 1, "a torn line")
  }

  @Test(
    "a clock that jumps keeps nobody from coming through",
    arguments: [-86_400, -400, 400, 3_600, 86_400], [1, 200])
  func clock(seconds: Int, boundary: Int) async throws {
    let scene = try await Scene()
    let before = try await scene.aws("aws.picture()")
    let preload = try await Preload(.clock(seconds), at: boundary)
    let result = try await scene.weir(apply, variables: preload.variables)
    #expect(result.code == 0, "\(result.errors)")
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", isQuiet: true)
    try await scene.weir("history", "--env", "prod")
    // And back by the right time.
    try await scene.weir("rollback", "--env", "prod", "--auto-approve", "--quiet")
    expectSame(try await scene.aws("aws.picture()"), before)
    try await Referee(scene: scene).expectOrder(serial: 2, "a jump of \(seconds) s")
  }
}
