import Foundation
import TestSupport
import Testing

/// What a command tells of its calls to AWS, and how it ends while one of them hangs.
@Suite("Calls to AWS")
struct CallTests {
  /// The last lines of standard error as a table: each operation's columns.
  private func table(_ result: ProgramResult) -> [String: [String]] {
    let lines = result.errors.split(separator: "\n").map(String.init)
    guard let head = lines.lastIndex(where: { $0.hasPrefix("operation ") }) else { return [:] }
    let rows = lines[(head + 1)...].map { $0.split(separator: "  ").map { $0.trimmed } }
    return Dictionary(
      rows.compactMap { row in row.first.map { ($0, Array(row.dropFirst())) } },
      uniquingKeysWith: { first, _ in first })
  }

  @Test("--verbose ends with requests, tries, throttles, bytes and time of each operation")
  func counts() async throws {
    let scene = try await Scene()
    try await scene.account.fault("throttle", "budgets", "DescribeBudgets", times: 2)
    try await scene.account.fault("500", "ssm", "GetParameters", times: 1)
    let result = try await scene.weir("plan", "--env", "prod", "--verbose", isQuiet: true)
    let requests = try await scene.account.requests()
    let table = table(result)
    let operations = Dictionary(grouping: requests, by: { "\($0.service) \($0.operation)" })
    #expect(Set(table.keys) == Set(operations.keys).union(["total"]))
    for (operation, requests) in operations {
      let row = try #require(table[operation])
      #expect(row[1] == "\(requests.count)", "tries of \(operation)")
      #expect(row[2] == "\(requests.count { $0.fault == "throttle" })", "throttles")
      #expect((Int(row[3]) ?? 0) > 0, "bytes of \(operation)")
      #expect(row[4].hasSuffix(" ms"), "time of \(operation)")
    }
    #expect(table["budgets DescribeBudgets"]?.prefix(3) == ["1", "3", "2"])
    #expect(table["ssm GetParameters"]?.prefix(3) == ["1", "2", "0"])
    let sums = (0..<3).map { column in
      table.filter { $0.key != "total" }.compactMap { Int($0.value[column]) }.reduce(0, +)
    }
    #expect(table["total"]?.prefix(3) == sums.map(String.init)[...])
    #expect(result.errors.contains("aws: budgets DescribeBudgets 200 in "))
    #expect(result.errors.contains(", 3 tries"))
  }

  @Test("--verbose ends so where AWS fails, and no code of a server acts on the terminal")
  func countsFailures() async throws {
    let scene = try await Scene()
    try await scene.account.fault("throttle", "budgets", "DescribeBudgets", times: 9)
    let result = try await scene.weir("plan", "--env", "prod", "--verbose", exit: 1, isQuiet: true)
    #expect(table(result)["budgets DescribeBudgets"]?.prefix(3) == ["1", "3", "3"])
    #expect(result.errors.contains("error: AWS throttles"))
    let body = #"{"__type":"Evil\u001b[2J\nerror: fake","message":"no"}"#
    let server = LoopbackListener(
      answer: "HTTP/1.1 400 Bad\r\nContent-Length: \(body.utf8.count)\r\n"
        + "Content-Type: application/json\r\nConnection: close\r\n\r\n\(body)")
    let evil = try await scene.weir(
      "plan", "--env", "prod", "--verbose", exit: 1,
      variables: ["AWS_ENDPOINT_URL_BUDGETS": "http://\(server.address)"], isQuiet: true)
    #expect(evil.errors.contains("aws: budgets DescribeBudgets 400 Evil?[2J?error in"))
    #expect(!evil.errors.contains("\u{1b}"))
  }

  @Test("calls for credentials are told and counted, and nothing secret of them")
  func credentials() async throws {
    let scene = try await Scene()
    let role = "arn:aws:iam::\(scene.account.id):role/weir"
    try scene.repository.edit(
      "weir.yaml", "      region: us-east-2\n      values: {logDays: 90d}",
      "      region: us-east-2\n      role: \(role)\n      values: {logDays: 90d}")
    try await scene.repository.commit("Assume a role")
    let result = try await scene.weir("plan", "--env", "prod", "--verbose", isQuiet: true)
    let table = table(result)
    #expect(table["sts AssumeRole"]?.prefix(3) == ["1", "1", "0"])
    #expect(table["sts GetCallerIdentity"]?.prefix(3) == ["1", "1", "0"])
    #expect(result.errors.contains("aws: sts AssumeRole 200 in "))
    for secret in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] {
      let text = try #require(scene.account.variables[secret])
      #expect(!(result.errors + result.output).contains(text), "\(secret)")
    }
    #expect(!result.errors.contains("Signature=") && !result.errors.contains("ASIA"))
  }

  @Test(
    "an interrupt ends a command whose answer hangs",
    arguments: [
      (["plan", "--out", "../plan.json"], "budgets DescribeBudgets", SIGINT),
      (["apply", "--auto-approve"], "ssm GetParameters", SIGINT),
      (["drift"], "sts GetCallerIdentity", SIGTERM),
    ])
  func interrupt(_ command: [String], _ request: String, _ signal: Int32) async throws {
    let scene = try await Scene()
    let words = request.split(separator: " ").map(String.init)
    try await scene.account.hold(words[0], words[1], times: 9)
    let run = try scene.start(command + ["--env", "prod", "--verbose"])
    try await scene.waitForRequest(request)
    run.send(signal)
    // The answer comes only when the fault is cleared, long after the command has ended.
    let result = await run.result(within: 120)
    // On a machine so slow that it does not end cleanly within its second, the command is ended.
    let isClean = result.code == 1 && result.errors.contains("error: interrupted")
    let isEnded = result.code == 130 && result.errors.contains("Interrupted.")
    #expect(isClean || isEnded, "\(result.code): \(result.errors)")
    #expect(!result.errors.contains("Fatal") && result.output == "")
    #expect(try await scene.account.writes() == [])
    #expect(try await scene.repository.tip("weir/prod") == "")
    let plan = scene.repository.folder.appending(path: "plan.json")
    #expect(!FileManager.default.fileExists(atPath: plan.path()))
    try await scene.account.clearFaults()
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
  }

  @Test("--timeout ends a command whose answer hangs")
  func timeout() async throws {
    let scene = try await Scene()
    try await scene.account.hold("budgets", "DescribeBudgets", times: 9)
    // The answer never comes: the command ends by its own deadline, or not at all.
    let result = try await scene.weir(
      "plan", "--env", "prod", "--timeout", "2", exit: 1, isQuiet: true)
    #expect(result.errors.hasPrefix("error: AWS did not answer in time"), "\(result.errors)")
    #expect(result.output == "")
    try await scene.account.clearFaults()
    try await scene.weir("plan", "--env", "prod", "--timeout", "0", exit: 64, isQuiet: true)
  }

  @Test("HTTPS_PROXY is the way to https endpoints, and NO_PROXY goes around it")
  func proxy() async throws {
    let scene = try await Scene(seeded: false)
    let proxy = LoopbackListener(answer: "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
    var variables: [String: String?] = [
      "AWS_ENDPOINT_URL": "https://aws.invalid:8443", "HTTPS_PROXY": "http://\(proxy.address)",
    ]
    try await scene.weir("plan", "--env", "prod", exit: 1, variables: variables, isQuiet: true)
    let asked = proxy.requests
    #expect(asked.contains { $0.hasPrefix("CONNECT aws.invalid:8443 HTTP/1.1\r\n") })
    for noProxy in ["elsewhere.invalid,.invalid", "*", "elsewhere.invalid, *"] {
      variables["NO_PROXY"] = noProxy
      try await scene.weir("plan", "--env", "prod", exit: 1, variables: variables, isQuiet: true)
      #expect(proxy.requests.count == asked.count, "\(noProxy)")
    }
  }

  @Test("certificates that cannot be read are named, from the variable and from the profile")
  func certificates() async throws {
    let scene = try await Scene(seeded: false)
    try scene.repository.write("../.aws/config", "[profile work]\nca_bundle = /nowhere/work.pem\n")
    let endpoint = try #require(scene.account.variables["AWS_ENDPOINT_URL"])
    let secure = [
      "AWS_ENDPOINT_URL": endpoint.replacing("http:", with: "https:"), "AWS_PROFILE": "work",
    ]
    for (variables, file) in [
      (secure, "/nowhere/work.pem"),
      (secure.merging(["AWS_CA_BUNDLE": "/nowhere/all.pem"]) { $1 }, "/nowhere/all.pem"),
    ] {
      let result = try await scene.weir(
        "plan", "--env", "prod", exit: 1, variables: variables.mapValues { $0 }, isQuiet: true)
      #expect(result.errors.contains(file), "\(result.errors)")
    }
  }
}

extension Substring {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
