import Foundation
import Testing

/// What people write wrong is told in plain words with its place, all of a run together, and
/// nothing is written anywhere.
@Suite("Bad manifests")
struct BadManifestTests {
  /// Files to write over the good policy, and what each case is called.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let files: [String: String]
    var testDescription: String { name }

    init(_ name: String, _ files: [String: String]) { (self.name, self.files) = (name, files) }

    /// A manifest of its own.
    init(_ name: String, _ kind: String, _ spec: String, metadata: String = "{name: new}") {
      self.init(
        name,
        [
          "manifests/new.yaml":
            "apiVersion: weir/v1\nkind: \(kind)\nmetadata: \(metadata)\nspec: \(spec)\n"
        ])
    }
  }

  private static let cases = [
    Case("unknown-kind", "TaskSise", "{cluster: a, service: b, count: 1}"),
    Case("unknown-field", "TaskSize", "{cluster: a, service: b, memry: 2 GB}"),
    Case("wrong-type", "TaskSize", "{cluster: a, service: b, count: many}"),
    Case("missing-field", "TaskSize", "{cluster: a, count: 1}"),
    Case("bad-unit", "TaskSize", "{cluster: a, service: b, cpu: 1 vCPU, memory: 2 GiBi}"),
    Case("bad-money", "CostBudget", "{limit: 800 EUR}"),
    Case("impossible-size", "TaskSize", "{cluster: a, service: b, cpu: 1 vCPU, memory: 12 GB}"),
    Case(
      "early-transition", "LifecycleRule",
      "{bucket: data, rules: [{id: a, transitions: [{to: standard-ia, after: 29d}]}]}"),
    Case(
      "unknown-zone", "Schedule",
      "{target: {taskSize: ide}, timeZone: Europe/Berln, "
        + "windows: [{name: a, from: \"01:00\", until: \"02:00\", min: 2}]}",
      metadata: "{name: new, environments: [prod]}"),
    Case(
      "duplicate-name", "TaskSize", "{cluster: a, service: b, count: 1}", metadata: "{name: ide}"),
    Case(
      "claimed-twice", "TaskSize",
      "{cluster: pythonide-cluster, service: pythonide-service, cpu: 1 vCPU}",
      metadata: "{name: new, environments: [prod]}"),
    Case("duplicate-key", "TaskSize", "\n  cluster: a\n  service: b\n  count: 1\n  cluster: c"),
    Case(
      "undefined-value", "LifecycleRule",
      "{bucket: \"${bucket}\", rules: [{id: a, expireAfter: \"${logDay}\"}]}"),
    Case(
      "value-in-one-environment",
      [
        "weir.yaml": """
        apiVersion: weir/v1
        kind: Project
        metadata: {name: pythonide}
        spec:
          environments:
            prod: {account: "123456789012", region: us-east-2, values: {logDays: 90d, tasks: 2}}
            staging: {account: "123456789012", region: us-east-2}
        """,
        "manifests/new.yaml": """
        apiVersion: weir/v1
        kind: TaskSize
        metadata: {name: new}
        spec: {cluster: a, service: b, count: "${tasks}"}
        """,
      ]),
    Case(
      "unknown-environment", "TaskSize", "{cluster: a, service: b, count: 1}",
      metadata: "{name: new, environments: [prd]}"),
    Case(
      "no-yaml",
      ["manifests/new.yaml": "apiVersion: weir/v1\nkind: [TaskSize\nmetadata: {name: new}\n"]),
    Case(
      "tabs", ["manifests/new.yaml": "apiVersion: weir/v1\nkind: TaskSize\nspec:\n\tcluster: a\n"]),
    Case(
      "no-utf8-name",
      [
        "manifests/new.yaml":
          "apiVersion: weir/v1\nkind: TaskSize\nmetadata: {name: größe ✗}\nspec: {cluster: a, service: b, count: 1}\n"
      ]),
    Case(
      "old-version",
      [
        "manifests/new.yaml":
          "apiVersion: weir/v0\nkind: TaskSize\nmetadata: {name: new}\nspec: {cluster: a, service: b, count: 1}\n"
      ]),
    Case("not-a-manifest", ["manifests/new.yaml": "- just\n- a list\n"]),
    Case(
      "bad-project",
      [
        "weir.yaml":
          "apiVersion: weir/v1\nkind: Project\nmetadata: {name: x}\nspec:\n  environments:\n    prod: {account: 123456789012, region: useast2}\n"
      ]),
  ]

  @Test("each mistake has its place, and nothing is asked of AWS or written", arguments: cases)
  func mistake(_ wrong: Case) async throws {
    let scene = try await Scene("pythonide", seeded: false)
    for (file, text) in wrong.files {
      try scene.repository.write(
        file, text.replacingOccurrences(of: "123456789012", with: scene.account.id))
    }
    try await scene.repository.commit("Wrong")
    let told = try await scene.weir("validate", exit: 1)
    let planned = try await scene.weir("plan", "--env", "prod", exit: 1, isQuiet: true)
    #expect(planned.errors == told.errors)
    #expect(planned.output == "")
    let applied = try await scene.weir(
      "apply", "--env", "prod", "--auto-approve", exit: 1, isQuiet: true)
    #expect(applied.errors == told.errors)
    #expect(try await scene.account.requests().isEmpty)
    #expect(
      try await scene.repository.git("for-each-ref", "--format=%(refname)") == "refs/heads/main")
    try await scene.expectSnapshot("bad-\(wrong.name)")
  }

  @Test("all mistakes of a run are told together, in all files and environments")
  func together() async throws {
    let scene = try await Scene("pythonide", seeded: false)
    try scene.repository.edit("manifests/budget.yaml", "limit: 800 USD", "limt: 800 USD")
    try scene.repository.edit("manifests/limits.yaml", "bandwidth: 20 Mbps", "bandwidth: 20 Mbsp")
    try scene.repository.edit(
      "manifests/tasks.yaml", "memory: 2 GB\n  count: 1", "memory: 9 GB\n  count: one")
    try scene.repository.edit("manifests/tasks.yaml", "    count: 0", "    counts: 0")
    try scene.repository.edit("manifests/data.yaml", "after: 30d", "after: 3d")
    try scene.repository.edit("manifests/exams.yaml", "America/New_York", "America/NewYork")
    let text = try await scene.weir("validate", exit: 1)
    let last = text.errors.split(separator: "\n").last ?? ""
    let errors = try #require(Int(last.prefix { $0.isNumber }))
    let json = try await scene.weir("validate", "--format", "json", exit: 1, isQuiet: true)
    let files =
      "[d['range']['file'] for d in json.loads(text)['diagnostics'] if d['severity'] == 'error']"
    let told = try await scene.aws("len(\(files)), len(set(\(files)))", text: json.output)
    #expect(told == "[\(errors), 5]" && json.errors == "")
    try await scene.expectSnapshot("bad-together")
  }

  @Test("files that cannot be read are told, not passed over")
  func unreadable() async throws {
    let scene = try await Scene("pythonide", seeded: false)
    try await scene.repository.git("mv", "manifests/data.yaml", "data.txt")
    let root = scene.repository.root
    try FileManager.default.createSymbolicLink(
      at: root.appending(path: "manifests/data.yaml"),
      withDestinationURL: URL(filePath: "../data.txt"))
    try scene.repository.write(
      "manifests/folder.yaml/inner.yaml", try scene.repository.read("manifests/budget.yaml"))
    try Data([0x61, 0x3A, 0x20, 0xFF, 0xFE, 0x0A]).write(
      to: root.appending(path: "manifests/bytes.yaml"))
    try await scene.weir("validate", exit: 1)
    try scene.repository.remove("manifests/data.yaml")
    try await scene.weir("validate", exit: 1)
    try await scene.expectSnapshot("bad-files")
  }

  @Test("a symbolic link in a commit is told as well")
  func committedLink() async throws {
    let scene = try await Scene("pythonide", seeded: false)
    try await scene.repository.git("mv", "manifests/data.yaml", "data.txt")
    try FileManager.default.createSymbolicLink(
      at: scene.repository.root.appending(path: "manifests/data.yaml"),
      withDestinationURL: URL(filePath: "../data.txt"))
    try await scene.repository.commit("A link")
    let result = try await scene.weir("validate", "--ref", "HEAD", exit: 1)
    #expect(result.errors.contains("manifests/data.yaml"))
  }

  @Test("scalars are those of YAML 1.2: no and on are texts, 012 is twelve")
  func scalars() async throws {
    let scene = try await Scene()
    try scene.repository.write(
      "manifests/new.yaml",
      "apiVersion: weir/v1\nkind: TaskSize\nmetadata: {name: new, environments: [prod]}\nspec: {cluster: no, service: on, scaling: {min: 012, max: 20}}\n"
    )
    let plan = try await scene.weir(
      "plan", "--env", "prod", "--select", "application-autoscaling/target *", "--format", "json",
      isQuiet: true)
    let found =
      "[c['set']['minCapacity'] for c in json.loads(text)['changes'] if c['address']['name'].endswith('service/no/on')]"
    #expect(try await scene.aws(found, text: plan.output) == "[12]")
  }

  @Test(
    "bombs and monsters are refused in bounded time", arguments: ["aliases", "depth", "scalar"])
  func bombs(what: String) async throws {
    let scene = try await Scene("pythonide", seeded: false)
    let text =
      switch what {
      case "aliases":
        "a0: &a0 [x]\n"
          + (1...12).map {
            "a\($0): &a\($0) [" + Array(repeating: "*a\($0 - 1)", count: 10).joined(separator: ",")
              + "]\n"
          }.joined()
      case "depth": String(repeating: "[", count: 100_000)
      default: "a: " + String(repeating: "x", count: 30_000_000) + "\n"
      }
    try scene.repository.write("manifests/new.yaml", text)
    let result = try await scene.weir("validate", exit: 1, within: 20)
    #expect(result.errors.utf8.count < 4_000)
    try await scene.expectSnapshot("bad-bomb-\(what)")
  }
}
