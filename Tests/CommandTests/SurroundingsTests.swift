import Foundation
import Testing

/// What is wrong around Weir: repositories, credentials, endpoints, AWS itself, the command line.
@Suite("Bad surroundings")
struct SurroundingsTests {
  @Test("a directory that is no Git repository, and one that is not there")
  func noRepository() async throws {
    let scene = try await Scene("pythonide", seeded: false)
    let home = scene.repository.folder
    try FileManager.default.createDirectory(
      at: home.appending(path: "plain"), withIntermediateDirectories: true)
    try await scene.weir("validate", "--dir", "../plain", exit: 1)
    try await scene.weir("plan", "--dir", "../nowhere", "--env", "prod", exit: 1)
    try await scene.weir("validate", "--dir", "weir.yaml", exit: 1)
    try await scene.repository.git("clone", "-q", "--bare", ".", "../bare.git")
    try await scene.weir("validate", "--dir", "../bare.git", exit: 1)
    try await scene.weir("validate", "--dir", "../bare.git", "--ref", "main", "--quiet")
    try await scene.expectSnapshot("no-repository")
  }

  @Test("a repository without a commit can be validated and not applied")
  func noCommit() async throws {
    let scene = try await Scene(nil)
    for (file, text) in ["weir.yaml", "manifests/budget.yaml"].map({
      ($0, Places.tests.appending(path: "Policies/pythonide/\($0)"))
    }) {
      try scene.repository.write(
        file,
        try String(contentsOf: text, encoding: .utf8).replacingOccurrences(
          of: "123456789012", with: scene.account.id))
    }
    try await scene.weir("validate")
    try await scene.weir("plan", "--env", "prod", "--quiet")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", exit: 1)
    try await scene.expectSnapshot("no-commit")
  }

  @Test("credentials that are missing, expired or wrong")
  func credentials() async throws {
    let scene = try await Scene()
    let none: [String: String?] = ["AWS_ACCESS_KEY_ID": nil, "AWS_SECRET_ACCESS_KEY": nil]
    try await scene.account.forgetRequests()
    try await scene.weir("validate", variables: none)
    try await scene.weir("plan", "--env", "prod", exit: 1, variables: none)
    try await scene.weir(
      "plan", "--env", "prod", exit: 1, variables: none.merging(["AWS_PROFILE": "nobody"]) { $1 })
    try await scene.weir(
      "plan", "--env", "prod", exit: 1, variables: try await scene.account.expiredVariables())
    try await scene.weir(
      "plan", "--env", "prod", exit: 1,
      variables: ["AWS_SECRET_ACCESS_KEY": "wrong/wrong/wrong/wrong/wrong/wrong/wron"])
    try await scene.weir(
      "apply", "--env", "prod", "--auto-approve", exit: 1,
      variables: ["AWS_ACCESS_KEY_ID": "AKIAAAAAAAAAAAAAAAAA"])
    #expect(try await scene.account.writes() == [])
    try await scene.expectSnapshot("credentials")
  }

  @Test("the credentials of another account")
  func otherAccount() async throws {
    let scene = try await Scene()
    let other = try await Account(seeded: false)
    let result = try await scene.weir(
      "apply", "--env", "prod", "--auto-approve", exit: 1,
      variables: other.variables.mapValues { $0 }, isQuiet: true)
    #expect(result.errors.hasPrefix("error: wrong AWS account\n"))
    #expect(
      result.errors.contains(
        "The credentials belong to account \(other.id), but the environment prod is account \(scene.account.id)."
      ))
    let asked = try await other.requests().map { "\($0.service) \($0.operation)" }
    #expect(asked == ["sts GetCallerIdentity"], "who it is, and nothing else")
    #expect(try await scene.account.requests().isEmpty)
    #expect(try await scene.repository.tip("weir/prod") == "")
  }

  @Test("credentials from the shared files")
  func sharedFiles() async throws {
    let scene = try await Scene()
    let keys = scene.account.variables
    try scene.repository.write(
      "../.aws/config",
      "[profile work]\nregion = eu-west-1\nendpoint_url = \(keys["AWS_ENDPOINT_URL"] ?? "")\n")
    try scene.repository.write(
      "../.aws/credentials",
      "[work]\naws_access_key_id = \(keys["AWS_ACCESS_KEY_ID"] ?? "")\naws_secret_access_key = \(keys["AWS_SECRET_ACCESS_KEY"] ?? "")\n"
    )
    try await scene.weir(
      "plan", "--env", "prod", "--detailed-exitcode", exit: 2,
      variables: [
        "AWS_ACCESS_KEY_ID": nil, "AWS_SECRET_ACCESS_KEY": nil, "AWS_ENDPOINT_URL": nil,
        "AWS_PROFILE": "work",
      ], isQuiet: true)
  }

  @Test("endpoints that nobody listens at, that are none, and that hang")
  func endpoints() async throws {
    let scene = try await Scene()
    try await scene.weir(
      "plan", "--env", "prod", exit: 1, variables: ["AWS_ENDPOINT_URL": "http://127.0.0.1:9"])
    try await scene.weir(
      "plan", "--env", "prod", exit: 1, variables: ["AWS_ENDPOINT_URL": "not a url"])
    try await scene.weir(
      "plan", "--env", "prod", exit: 1,
      variables: ["AWS_ENDPOINT_URL": nil, "AWS_ENDPOINT_URL_STS": "http://no-such-host.invalid"])
    try await scene.account.fault("hang", "budgets", "DescribeBudgets", times: nil, seconds: 1)
    try await scene.weir("plan", "--env", "prod", exit: 1)
    try await scene.expectSnapshot("endpoints")
  }

  @Test("what the policy is about and AWS does not have")
  func notThere() async throws {
    let scene = try await Scene()
    try scene.repository.edit(
      "manifests/tasks.yaml", "  service: pythonide-service", "  service: pythonide-servic")
    try scene.repository.edit(
      "manifests/data.yaml", "bucket: pythonide-data-", "bucket: pythonide-date-")
    try await scene.repository.commit("Wrong names")
    try await scene.account.forgetRequests()
    let select = ["--select", "ecs/*", "--select", "s3/*"]
    try await scene.weir(["plan", "--env", "prod"] + select, exit: 1)
    try await scene.weir(["apply", "--env", "prod", "--auto-approve", "--quiet"] + select, exit: 1)
    #expect(try await scene.account.writes() == [])
    #expect(try await scene.repository.tip("weir/prod") == "")
    try await scene.expectSnapshot("not-there")
  }

  @Test("a plan that cannot be saved")
  func unwritable() async throws {
    let scene = try await Scene()
    try await scene.weir(
      "plan", "--env", "prod", "--quiet", "--select", "none", "--out",
      "../no/such/folder/plan.json", exit: 1)
    try await scene.expectSnapshot("unwritable")
  }

  @Test(
    "a state branch that somebody damaged",
    arguments: ["not JSON", #"{"formatVersion": "9.0"}"#, "{}"])
  func damagedState(text: String) async throws {
    let scene = try await Scene()
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    try await scene.repository.git("checkout", "-q", "weir/prod")
    try scene.repository.write("state.json", text)
    try await scene.repository.commit("Tidy up")
    try await scene.repository.git("checkout", "-q", "main")
    try await scene.account.forgetRequests()
    for arguments in [
      ["plan"], ["apply", "--auto-approve"], ["rollback", "--auto-approve"], ["status"],
    ] {
      try await scene.weir(arguments + ["--env", "prod"], exit: 1, isQuiet: arguments[0] != "plan")
    }
    #expect(try await scene.account.writes() == [])
    let name = text.hasPrefix("not") ? "no-json" : text == "{}" ? "empty" : "newer"
    try await scene.expectSnapshot("damaged-state-\(name)")
  }

  @Test("an environment whose account changed")
  func movedEnvironment() async throws {
    let scene = try await Scene()
    try await scene.weir("apply", "--env", "staging", "--auto-approve", isQuiet: true)
    let other = try await Account(seeded: false)
    try scene.repository.edit("weir.yaml", scene.account.id, other.id)
    try await scene.repository.commit("Move")
    let result = try await scene.weir("plan", "--env", "staging", exit: 1, isQuiet: true)
    #expect(result.errors.contains("error: the state is of another account or region"))
  }

  @Test("wrong usage ends with 64 and help")
  func usage() async throws {
    let scene = try await Scene("pythonide", seeded: false)
    for arguments in [
      ["plam"], ["state", "verfy"], ["bring"], ["plan", "--evn", "prod"], ["show"],
      ["show", "one"], ["plan", "--format", "pdf"], ["apply", "--parallelism", "0"],
      ["apply", "a.json", "b.json"], ["plan", "--out"],
    ] {
      try await scene.weir(arguments, exit: 64)
    }
    try await scene.weir("--version")
    try await scene.weir("--help")
    try await scene.weir("rollback", "--help")
    try await scene.expectSnapshot("usage")
  }
}
