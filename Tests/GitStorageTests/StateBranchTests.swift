import Foundation
import GitStorage
import Model
import TestSupport
import Testing

@Suite struct StateBranchTests {
  static let names = [
    "web", "web/web", "..", ".", ".git", "a.json", "a/../b", "ünï-🦊", "sp ace", "per%cent",
    "quote\"s", "back\\slash", "tab\tline\n", "CON", "a:b@c=d+e#f_g-h", "*?[]", "%2E",
  ]

  @Test func hasNothingBeforeTheFirstApply() async throws {
    let repository = try StateRepository()
    let stored = try await repository.branch.load()
    #expect(stored.state == nil && stored.pending == nil && stored.version == nil)
    #expect(try await repository.branch.history(limit: nil).isEmpty)
    #expect(try await repository.branch.state(atSerial: 1) == nil)
    #expect(try await repository.branch.snapshot(beforeSerial: 1) == nil)
    #expect(try await repository.branch.report(ofSerial: 1) == nil)
  }

  @Test func beginHoldsTheLeaseAndEndGivesItBack() async throws {
    let repository = try StateRepository()
    let branch = repository.branch
    let plan = statePlan(after: 0)
    let pending = pendingApply(plan)
    let snapshot = Snapshot(
      serial: 1,
      resources: [
        thing("a"): .init(before: held(["x": 1, "s": .sensitive(.digest("d"))]), touched: ["x"]),
        thing("b"): .init(before: nil, touched: []),
      ])
    let begun = try await branch.begin(pending, snapshot: snapshot, expecting: nil)
    var stored = try await branch.load()
    #expect(stored.version == begun)
    #expect(stored.pending == pending)
    #expect(stored.state == nil)
    #expect(try await branch.snapshot(beforeSerial: 1) == snapshot)
    #expect(try repository.tree() == ["pending.json", "snapshots/1.json"])

    let longer = pendingApply(plan, until: 1_800)
    let renewed = try await branch.renew(longer, expecting: begun)
    #expect(try await branch.load().pending == longer)
    #expect(try repository.changed() == ["pending.json"])

    let after = state(1, [resource("web/web"), resource("other")])
    let ended = try await branch.end(record(plan, after), expecting: renewed)
    stored = try await branch.load()
    #expect(stored.version == ended)
    #expect(stored.pending == nil)
    #expect(stored.state == after)
    #expect(
      try repository.tree() == [
        "reports/1.json", "reports/1.md", "resources/ecs/service/other.json",
        "resources/ecs/service/web%2Fweb.json", "snapshots/1.json", "state.json",
      ])
    #expect(
      try repository.directory.git("show", "weir/prod:reports/1.md", in: "repo") == "# Apply 1")
    let report = try #require(try await branch.report(ofSerial: 1))
    #expect(report.plan == plan)
    #expect(report.outcomes.map(\.result) == [.failed("refused")])
    // Neither the work tree nor the policy's branch is touched.
    #expect(try repository.directory.git("status", "--porcelain", in: "repo") == "")
    #expect(try repository.directory.git("rev-list", "--count", "main", in: "repo") == "1")
  }

  @Test func sealedSecretsStandInTheBeginCommitAndStay() async throws {
    let repository = try StateRepository()
    let branch = repository.branch
    #expect(try await branch.load().sealed == SealedSecrets())
    let sealed = SealedSecrets(
      entries: ["hmac-sha256:a/b==": .init(key: "0a1b2c3d", sealed: Data([1, 2, 3]))],
      wrappedKeys: [
        "0a1b2c3d": .init(name: "alias/weir", arn: "arn:aws:kms:r:1:key/k", wrapped: Data([4]))
      ])
    let pending = pendingApply(statePlan(after: 0))
    let begun = try await branch.begin(
      pending, snapshot: Snapshot(serial: 1, resources: [:]), sealed: sealed, expecting: nil)
    #expect(try repository.tree() == ["pending.json", "sealed.json", "snapshots/1.json"])
    #expect(try await branch.load().sealed == sealed)
    _ = try await branch.end(
      record(statePlan(after: 0), state(1, [resource("a")])), expecting: begun)
    try await repository.apply(2, [resource("a")])
    #expect(try await branch.load().sealed == sealed)
    let text = try repository.directory.git("show", "weir/prod:sealed.json", in: "repo")
    #expect(text.contains(#""formatVersion" : "1.0""#))
    #expect(text.contains(#""sealed" : "AQID""#))
  }

  @Test(arguments: [0, 1]) func abortLeavesNothingBehind(applied: Int) async throws {
    let repository = try StateRepository()
    let branch = repository.branch
    if applied > 0 { try await repository.apply(1, [resource("a")]) }
    let before = applied > 0 ? try repository.tree() : []
    let state = try await branch.load().state
    let plan = statePlan(after: applied)
    let begun = try await branch.begin(
      pendingApply(plan), snapshot: Snapshot(serial: applied + 1, resources: [:]),
      expecting: try await branch.load().version)
    let given = state ?? GitStorageTests.state(0, [])
    _ = try await branch.end(record(plan, given, isAborted: true), expecting: begun)
    #expect(try repository.tree() == before)
    #expect(try await branch.load().state == state)
    #expect(try await branch.load().pending == nil)
    #expect(try await branch.history(limit: nil).count == applied)
    try await repository.apply(applied + 1, [resource("b")])
    #expect(try await branch.load().state?.serial == applied + 1)
  }

  @Test func keepsOneFileAResourceWhateverItsName() async throws {
    let repository = try StateRepository()
    let resources = Self.names.map { resource($0) }
    try await repository.apply(1, resources)
    #expect(try await repository.branch.load().state == state(1, resources))
    let files = try repository.tree().filter { $0.hasPrefix("resources/") }
    #expect(files.count == Self.names.count)
    for file in files {
      #expect(file.split(separator: "/").count == 4)
      #expect(file.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != 34 && $0 != 92 })
    }
  }

  @Test func changesOnlyTheFilesOfWhatChanged() async throws {
    let repository = try StateRepository()
    try await repository.apply(1, [resource("a"), resource("b"), resource("c")])
    try await repository.apply(2, [resource("a"), resource("b", ["x": 2]), resource("d")])
    #expect(
      try repository.changed() == [
        "pending.json", "reports/2.json", "reports/2.md", "resources/ecs/service/b.json",
        "resources/ecs/service/c.json", "resources/ecs/service/d.json", "state.json",
      ])
    let difference = try repository.directory.git(
      "diff", "-U0", "weir/prod~1", "weir/prod", "--", "resources/ecs/service/b.json", in: "repo")
    let lines = difference.split(separator: "\n").filter {
      ($0.hasPrefix("+") || $0.hasPrefix("-")) && !$0.hasPrefix("+++") && !$0.hasPrefix("---")
    }
    #expect(lines == ["-    \"x\" : 1", "+    \"x\" : 2"])
  }

  @Test func writesSortedKeysAndNoTimes() async throws {
    let repository = try StateRepository()
    try await repository.apply(1, [resource("a", ["z": 1, "b": ["y": 1, "a": 2], "a": 3])])
    let text = try repository.directory.git(
      "show", "weir/prod:resources/ecs/service/a.json", in: "repo")
    let top = text.split(separator: "\n").filter { $0.hasPrefix("  \"") }.map {
      String($0.split(separator: "\"")[1])
    }
    #expect(top == top.sorted())
    #expect(!text.contains("2026"))
    #expect(
      try !repository.directory.git("show", "weir/prod:state.json", in: "repo").contains("2026"))
  }

  @Test func saysInTrailersWhatItDid() async throws {
    let repository = try StateRepository()
    try await repository.apply(1, [resource("a")], summary: "1 created:\nand more")
    let message = try repository.directory.git("log", "-1", "--format=%B", "weir/prod", in: "repo")
    #expect(
      message.components(separatedBy: "\nWeir-Run: ")[0] == """
        prod 1: 1 created: and more

        Weir-Event: end
        Weir-Serial: 1
        Weir-Policy-Commit: 4f2c1d9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e
        Weir-Plan: sha256:1
        Weir-Actor: Ada on lovelace
        """)
    let events = try repository.directory.git(
      "log", "--format=%(trailers:key=Weir-Event,valueonly)", "weir/prod", in: "repo")
    #expect(events.split(separator: "\n") == ["end", "begin"])
  }

  @Test func tellsItsHistoryAndReadsEveryPointOfIt() async throws {
    let repository = try StateRepository()
    let branch = repository.branch
    let entry = Snapshot.Entry(before: held(["x": 1]), touched: ["x"])
    for serial in 1...3 {
      try await repository.apply(
        serial, [resource("a", ["x": Value(serial)])], summary: "apply \(serial): done",
        snapshot: [thing("\(serial)"): entry])
    }
    let history = try await branch.history(limit: nil)
    #expect(history.map(\.serial) == [3, 2, 1])
    #expect(history.map(\.summary) == ["apply 3: done", "apply 2: done", "apply 1: done"])
    #expect(history.allSatisfy { $0.actor == "Ada on lovelace" && $0.time == stateTime })
    #expect(history.map(\.planDigest) == ["sha256:3", "sha256:2", "sha256:1"])
    #expect(try await branch.history(limit: 2).map(\.serial) == [3, 2])
    for serial in 1...3 {
      let state = try #require(try await branch.state(atSerial: serial))
      #expect(state == GitStorageTests.state(serial, [resource("a", ["x": Value(serial)])]))
      #expect(
        try await branch.snapshot(beforeSerial: serial)?.resources == [thing("\(serial)"): entry])
      #expect(try await branch.report(ofSerial: serial)?.serial == serial)
    }
    #expect(try await branch.state(atSerial: 4) == nil)
  }

  @Test(arguments: [false, true]) func exactlyOneOfManyBegins(isFirst: Bool) async throws {
    let repository = try StateRepository()
    if !isFirst { try await repository.apply(1, [resource("a")]) }
    let version = try await repository.branch.load().version
    let plan = statePlan(after: isFirst ? 0 : 1)
    let path = repository.path
    let wins = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<8 {
        group.addTask {
          guard let other = try? GitRepository(discovering: path) else { return false }
          let branch = StateBranch(
            other, environment: "prod", now: { stateTime.addingTimeInterval(Double(number)) },
            reportText: { _ in "" })
          let begun = try? await branch.begin(
            pendingApply(plan, until: Double(number)),
            snapshot: Snapshot(serial: plan.state.serial + 1, resources: [:]), expecting: version)
          return begun != nil
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(wins == 1)
    #expect(try await repository.branch.load().pending != nil)
  }

  @Test func writesNothingWhereTheBranchHasMoved() async throws {
    let repository = try StateRepository()
    let branch = repository.branch
    let old = try await repository.apply(1, [resource("a")])
    try await repository.apply(2, [resource("b")])
    let before = try await branch.load()
    let pending = pendingApply(statePlan(after: 1))
    for write in 0..<3 {
      let error = await #expect(throws: GitError.self) {
        switch write {
        case 0:
          _ = try await branch.begin(
            pending, snapshot: Snapshot(serial: 2, resources: [:]), expecting: old)
        case 1: _ = try await branch.renew(pending, expecting: old)
        default:
          _ = try await branch.end(record(pending.plan, state(2, [])), expecting: old)
        }
      }
      #expect(error?.code == .modified)
    }
    #expect(try await branch.load().version == before.version)
  }

  @Test func environmentsDoNotMeet() async throws {
    let repository = try StateRepository()
    try await repository.apply(1, [resource("a")])
    let staging = StateBranch(
      repository.repository, environment: "staging", now: { stateTime }, reportText: { _ in "" })
    #expect(staging.branch == "weir/staging")
    #expect(try await staging.load().version == nil)
  }

  @Test func neverWritesASecret() async throws {
    let repository = try StateRepository()
    let secret = resource("a", ["s": .sensitive(.clear("hunter2"))])
    await #expect(throws: EncodingError.self) { try await repository.apply(1, [secret]) }
    #expect(try await repository.branch.load().state == nil)
  }
}
