import Foundation
import Testing

/// What nobody uses any more is deleted, just that, and only where that is allowed.
@Suite("Cleanup")
struct CleanupTests {
  private let scene: Scene
  private static let script = Places.tests.appending(path: "Policies/cleanup/account.py").path()
  /// What goes, by kind.
  private static let unwanted = [
    "ec2/address": 1, "ec2/snapshot": 3, "ec2/unattached-volume": 3, "s3/multipart-upload": 1,
  ]

  init() async throws {
    scene = try await Scene("cleanup", seeded: false)
    try await ask("case.setup(aws)")
  }

  @discardableResult
  private func ask(_ expression: String, text: String = "") async throws -> String {
    try await scene.account(expression, text: text, script: Self.script)
  }

  /// What is left once all of it has gone.
  private func expectClean(volumes: String = #""foreign", "serving", "used", "young""#) async throws
  {
    let account = try await ask("case.picture(aws)")
    #expect(
      account == """
        {"addresses": ["bound", "foreign"], "of images": 1, "snapshots": ["backup", "day-10", \
        "day-15", "dlm"], "uploads": ["exports/new", "other/a b/\\u00e9?x=1", "other/new"], \
        "volumes": [\(volumes)]}
        """)
  }

  private func plan() async throws -> String {
    try await scene.weir("plan", "--format", "json", isQuiet: true).output
  }

  @Test("each is listed, none goes unasked, just those go, and none comes back")
  func deletesJustThose() async throws {
    let before = try await ask("case.picture(aws)")
    let plan = try await plan()
    let deletions = """
      {t: len([c for c in json.loads(text)['changes'] if c['address']['type'] == t \
      and c['action'] == 'delete' and c['irreversible']]) for t in \(Self.unwanted.keys.sorted())}
      """.replacingOccurrences(of: "\"", with: "'")
    #expect(
      try await scene.aws(deletions, text: plan)
        == "{\(Self.unwanted.sorted { $0.key < $1.key }.map { #""\#($0.key)": \#($0.value)"# }.joined(separator: ", "))}"
    )
    let text = try await scene.weir("plan", isQuiet: true).output
    #expect(text.contains("8 deletions, 8 of which no rollback brings back: to apply it takes"))
    #expect(!text.contains("(x"), "each deletion has a line of its own")

    try await scene.account.forgetRequests()
    let refused = try await scene.weir("apply", "--auto-approve", exit: 3, isQuiet: true)
    #expect(refused.errors.contains("--allow-delete"))
    #expect(try await scene.account.writes() == [])
    #expect(try await ask("case.picture(aws)") == before)

    try await scene.weir("apply", "--auto-approve", "--allow-delete", isQuiet: true)
    try await expectClean()
    try await scene.weir("plan", "--detailed-exitcode", isQuiet: true)
    let types = "[t for t in \(Self.unwanted.keys.sorted()) if t in text]".replacing(
      "\"", with: "'")
    let files = try await scene.repository.git(
      "ls-tree", "-r", "--name-only", "weir/prod", "resources")
    #expect(try await scene.aws(types, text: files) == "[]")

    let back = try await scene.weir("rollback", "--auto-approve", isQuiet: true)
    #expect(
      back.errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        .components(separatedBy: "It was deleted, and it cannot be brought back.").count == 9)
    try await expectClean()
  }

  @Test("drift does not look for what is to be deleted")
  func drift() async throws {
    try await scene.account.forgetRequests()
    try await scene.weir("drift", isQuiet: true)
    let asked = Set(try await scene.account.requests().map(\.operation))
    #expect(
      asked.isDisjoint(with: ["DescribeSnapshots", "DescribeAddresses", "ListMultipartUploads"]))
  }

  @Test("the least permissions are enough")
  func permissions() async throws {
    let told = try await scene.weir("plan", "--iam", isQuiet: true).output
    try await scene.account.forgetRequests()
    _ = try await plan()
    try await scene.weir("apply", "--auto-approve", "--allow-delete", isQuiet: true)
    let taken = Set(
      try await scene.account.requests().compactMap { iamAction($0.service, $0.operation) })
    let allowed = try await scene.aws(
      "[a for s in json.loads(text)['policies']['apply']['Statement'] for a in s['Action']]",
      text: told)
    let actions = try JSONDecoder().decode([String].self, from: Data(allowed.utf8))
    #expect(taken.subtracting(actions) == [])
    #expect(actions.contains("ec2:DeleteVolume") && taken.contains("ec2:DeleteVolume"))
  }

  @Test("a killed cleanup is finished, or left as it is", arguments: ["--finish", "--undo"])
  func recovers(how: String) async throws {
    try await scene.account.fault("hang", "ec2", "DeleteSnapshot", when: "after", seconds: 600)
    let run = try scene.start(
      ["apply", "--auto-approve", "--allow-delete", "--quiet", "--parallelism", "1"])
    try await scene.waitForRequest("ec2 DeleteSnapshot", fault: "hang")
    run.send(SIGKILL)
    _ = await run.result()
    try await scene.account.clearFaults()
    let left = try await ask("case.picture(aws)['snapshots']")
    let recovery = try await scene.weir("recover", how, "--auto-approve", isQuiet: true)
    if how == "--finish" {
      try await expectClean()
      try await scene.weir("plan", "--detailed-exitcode", isQuiet: true)
    } else {
      #expect(recovery.errors.contains("cannot be brought back"))
      #expect(try await ask("case.picture(aws)['snapshots']") == left)
      #expect(try await ask("'old' in case.volumes(aws)") == "true")
      // What was not deleted is still to go.
      try await scene.weir("apply", "--auto-approve", "--allow-delete", isQuiet: true)
      try await expectClean()
    }
  }

  @Test("what is used by now makes the saved plan stale")
  func stale() async throws {
    try await scene.weir("plan", "--out", "plan.json", isQuiet: true)
    try await ask("case.attach(aws, 'old')")
    try await scene.account.forgetRequests()
    let result = try await scene.weir(
      "apply", "plan.json", "--allow-delete", exit: 4, isQuiet: true)
    #expect(result.errors.contains("needs no change any more"))
    #expect(try await scene.account.writes() == [])
    // What has become old enough since is not part of what was reviewed.
    try await scene.weir("plan", "--out", "plan.json", isQuiet: true)
    try await ask("case.age(aws, case.volumes(aws)['young'], 0.99)")
    try await scene.weir("apply", "plan.json", "--allow-delete", isQuiet: true)
    try await expectClean(volumes: #""foreign", "old", "serving", "used", "young""#)
  }

  @Test("what is used since the last look is left alone, and the rest goes")
  func raced() async throws {
    try await scene.account.hold("ec2", "ReleaseAddress")
    let run = try scene.start(
      ["apply", "--auto-approve", "--allow-delete", "--parallelism", "1"])
    try await scene.waitForRequest("ec2 ReleaseAddress")
    try await ask("case.attach(aws, 'old')")
    try await scene.account.clearFaults()
    let result = await run.result()
    #expect(result.code == 6, "\(result.errors)")
    #expect(result.output.contains("usedBy has changed since the plan was made"))
    try await expectClean(volumes: #""foreign", "old", "serving", "used", "young""#)
    try await scene.weir("plan", "--detailed-exitcode", isQuiet: true)
  }
}
