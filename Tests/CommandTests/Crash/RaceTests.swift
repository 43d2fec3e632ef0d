import Foundation
import Testing

/// Many applies at once, each from a clone of its own, over one bare repository.
@Suite("Races")
struct RaceTests {
  @Test("on one environment they go one after another, and none is lost")
  func oneEnvironment() async throws { try await Race(of: 4).onOneEnvironment() }

  @Test("on different environments all go at once")
  func manyEnvironments() async throws { try await Race(of: 4).onTheirOwnEnvironments() }
}

/// So many people who apply at the same time.
struct Race {
  private let scene: Scene
  private let remote: SharedRemote
  private let clones: [String]

  init(of count: Int) async throws {
    scene = try await Scene("pythonide")
    try scene.repository.remove(
      "manifests/data.yaml", "manifests/exams.yaml", "manifests/tasks.yaml")
    var environments = ""
    for number in 1...count {
      environments += """
            e\(number):
              account: "\(scene.account.id)"
              region: us-east-2

        """
    }
    try scene.repository.edit(
      "weir.yaml", "  environments:\n", "  environments:\n\(environments)")
    try scene.repository.write("manifests/own.yaml", Self.own(count))
    try await scene.repository.commit("Many environments")
    remote = try await SharedRemote(scene)
    var clones: [String] = []
    for number in 1...count { clones.append(try await remote.clone("person\(number)")) }
    self.clones = clones
  }

  /// A manifest for each environment.
  private static func own(_ count: Int) -> String {
    (1...count).map { number in
      """
      apiVersion: weir/v1
      kind: TierLimits
      metadata: {name: own\(number), environments: [e\(number)]}
      spec:
        parameter: /race/\(number)
        modes: [normal]
        tiers: {free: {defaults: {sessions: \(number)}}}

      """
    }.joined(separator: "---\n")
  }

  /// Each applies a policy of its own until it has come through.
  func onOneEnvironment() async throws {
    try await scene.weir("apply", "--env", "prod", "--auto-approve", "--quiet", in: clones[0])
    try await scene.account.forgetRequests()
    let first = try await scene.repository.git("-C", clones[0], "rev-parse", "HEAD")
    for (number, clone) in clones.enumerated() {
      let file = URL(filePath: clone).appending(path: "manifests/")
      for (name, old, new) in [
        ("budget", "limit: 800 USD", "limit: \(810 + number) USD"),
        ("limits", "sessions: 10", "sessions: \(110 + number)"),
      ] {
        let url = file.appending(path: "\(name).yaml")
        let text = try String(contentsOf: url, encoding: .utf8)
        try Data(text.replacingOccurrences(of: old, with: new).utf8).write(to: url)
      }
      try await scene.repository.git(
        "-C", clone, "commit", "-q", "-a", "-m", "As \(number) likes it")
    }
    let codes = try await withThrowingTaskGroup(of: [Int32].self) { group in
      for clone in clones { group.addTask { try await applyUntilDone(in: clone, "prod") } }
      return try await group.reduce(into: [Int32]()) { $0 += $1 }
    }
    #expect(Set(codes).isSubset(of: [0, 4, 5]))
    #expect(codes.count { $0 == 0 } == clones.count)
    try await expectOneAtATime(count: clones.count + 1)
    // Both writes of each apply stand side by side: nobody wrote in between.
    let writes = try await scene.account.requests().filter(\.write).map(\.operation)
    #expect(writes.count == 2 * clones.count)
    for index in stride(from: 0, to: writes.count - 1, by: 2) {
      #expect(Set(writes[index...index + 1]) == ["UpdateBudget", "PutParameter"])
    }
    // The last one's word counts.
    let last = try await remote.git(
      "log", "-1", "--format=%(trailers:key=Weir-Policy-Commit,valueonly,separator=)", "weir/prod")
    #expect(last != first)
    let clone = try await winner(last)
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", in: clone)
    #expect(try await remote.git("fsck", "--strict", "--no-dangling") == "")
  }

  /// Whose policy a commit is.
  private func winner(_ commit: String) async throws -> String {
    for clone in clones
    where try await scene.repository.git("-C", clone, "rev-parse", "HEAD") == commit {
      return clone
    }
    throw SandboxFailure(message: "nobody made \(commit)")
  }

  /// Beginnings and ends of serials from 1 take turns.
  private func expectOneAtATime(count: Int) async throws {
    let log = try await remote.git(
      "log", "--reverse",
      "--format=%(trailers:key=Weir-Event,valueonly,separator=) "
        + "%(trailers:key=Weir-Serial,valueonly,separator=)", "weir/prod")
    var events = log.split(separator: "\n").map(String.init)
    // Who saw the plan move after the beginning gave the lease back, and wrote nothing.
    while let index = events.firstIndex(where: { $0.hasPrefix("abort") }) {
      #expect(events[index - 1] == events[index].replacingOccurrences(of: "abort", with: "begin"))
      events.removeSubrange(index - 1...index)
    }
    #expect(events == (1...count).flatMap { ["begin \($0)", "end \($0)"] })
  }

  private func applyUntilDone(in clone: String, _ environment: String) async throws -> [Int32] {
    var codes: [Int32] = []
    let deadline = ContinuousClock.now + .seconds(240)
    while ContinuousClock.now < deadline {
      let result = try await scene.start(
        ["apply", "--env", environment, "--auto-approve", "--quiet"], in: clone
      ).result(within: 120)
      codes.append(result.code)
      if result.code == 0 { break }
      if result.code != 5 && result.code != 4 {
        Issue.record("\(clone) ends with \(result.code): \(result.errors)")
        break
      }
      try await Task.sleep(for: .milliseconds(.random(in: 50...500)))
    }
    return codes
  }

  /// Each applies to an environment of its own.
  func onTheirOwnEnvironments() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (number, clone) in clones.enumerated() {
        group.addTask {
          let codes = try await applyUntilDone(in: clone, "e\(number + 1)")
          #expect(codes == [0])
        }
      }
      try await group.waitForAll()
    }
    let names = try await scene.aws("sorted(n for n in aws.parameters() if n.startswith('/race/'))")
    #expect(try await scene.aws("len(\(names))") == "\(clones.count)")
    for number in 1...clones.count {
      #expect(try await remote.subjects("weir/e\(number)").first == "e\(number) 1: 1 created")
    }
    #expect(try await remote.git("fsck", "--strict", "--no-dangling") == "")
  }
}
