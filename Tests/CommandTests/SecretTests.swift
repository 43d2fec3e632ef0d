import Foundation
import Testing

/// No secret reaches the screen, a file or Git.
@Suite("Secrets")
struct SecretTests {
  /// Addresses of subscribers, found and wished, and those of later.
  private static let addresses = [
    "finance@example.com", "ada@example.com", "oncall@example.com", "eve@example.com",
  ]

  @Test("addresses and environment variables appear nowhere: output, plan file, state, journal")
  func nowhere() async throws {
    let scene = try await Scene()
    let password = try await scene.aws(
      """
      [v['value'] for v in aws.task()['containerDefinitions'][0]['environment'] \
      if v['name'] == 'DATABASE_PASSWORD'][0]
      """
    ).trimmingCharacters(in: ["\""])
    #expect(password.count > 20)
    let secrets = Self.addresses + [password]
    func check(_ text: String, _ place: String) {
      for secret in secrets { #expect(!text.contains(secret), "\(secret) in \(place)") }
    }
    func run(_ arguments: String..., code: Int32 = 0) async throws {
      let result = try await scene.weir(arguments, exit: code, isQuiet: true)
      check(result.output + result.errors, arguments.joined(separator: " "))
    }
    func checkFiles() async throws {
      // Everything that Git holds, but for the policy itself, where people write the addresses.
      check(try await scene.repository.git("log", "-p", "--format=%B", "weir/prod"), "the state")
      let folder = scene.repository.root.appending(path: ".git/weir")
      for file in try FileManager.default.subpathsOfDirectory(atPath: folder.path()) {
        let data = try? Data(contentsOf: folder.appending(path: file))
        check(String(decoding: data ?? Data(), as: UTF8.self), ".git/weir/\(file)")
      }
    }
    for format in ["text", "json", "markdown", "html"] {
      try await run(
        "plan", "--env", "prod", "--format", format, "--verbose", "--out", "../plan.json")
    }
    check(
      try String(contentsOf: scene.repository.folder.appending(path: "plan.json"), encoding: .utf8),
      "plan.json")
    try await run("apply", "../plan.json", "--verbose")
    try await run("show", "1", "--env", "prod", "--format", "json")
    // A crash leaves the journal and the pending plan.
    try scene.repository.edit("manifests/budget.yaml", "oncall@example.com", "eve@example.com")
    try await scene.repository.commit("Another address")
    try await scene.account.fault("hang", "budgets", "UpdateSubscriber", seconds: 600)
    let crashed = try scene.start(["apply", "--env", "prod", "--auto-approve", "--verbose"])
    try await scene.waitForRequest("budgets UpdateSubscriber", fault: "hang")
    crashed.send(SIGKILL)
    let result = await crashed.result()
    check(result.output + result.errors, "a crashed apply")
    try await checkFiles()
    try await run("recover", "--env", "prod", "--finish", "--auto-approve", "--verbose")
    let told = "sorted({s['Address'] for _, told in aws.budget()['told'] for s in told})"
    #expect(
      try await scene.aws(told)
        == #"["ada@example.com", "arn:aws:sns:us-east-2:\#(scene.account.id):cost-alerts", "eve@example.com", "finance@example.com"]"#
    )
    // The way back finds the address in the policy of the commit that it returns to.
    try await run("rollback", "--env", "prod", "--auto-approve", "--verbose")
    #expect(try await scene.aws(told).contains("oncall@example.com"))
    try await run("status", "--env", "prod", "--verbose")
    try await run("history", "--env", "prod", "--format", "json", "--verbose")
    // Errors of AWS that quote what was sent.
    try await scene.account.fault("denied", "budgets", "DeleteNotification", times: nil)
    try scene.repository.remove("manifests/budget.yaml")
    try await scene.repository.commit("Remove the budget")
    try await run("apply", "--env", "prod", "--auto-approve", "--verbose", code: 6)
    try await checkFiles()
  }

  @Test("keys appear nowhere, also where they are wrong")
  func keys() async throws {
    let scene = try await Scene("pythonide", seeded: false)
    for changes in [
      ["AWS_SECRET_ACCESS_KEY": "S3cr3t-that-is-wrong"],
      ["AWS_SESSION_TOKEN": "t0ken-that-is-wrong"],
    ] {
      let result = try await scene.weir(
        "plan", "--env", "prod", "--verbose", exit: 1, variables: changes, isQuiet: true)
      let text = result.output + result.errors
      #expect(!text.contains("that-is-wrong"))
      #expect(!text.contains("AKIA"))
    }
  }
}
