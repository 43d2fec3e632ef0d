import Foundation
import Testing

/// No secret reaches the screen, a file or Git.
@Suite("Secrets")
struct SecretTests {
  /// Addresses that the policy writes in the clear, so that they stand in its own commits.
  private static let wished = ["ada@example.com", "oncall@example.com", "eve@example.com"]
  /// What only AWS holds.
  private static let found = [
    "finance@example.com", "cfo@corp.example", "a text of somebody's", "stranger@corp.example",
  ]

  @Test(
    "addresses, texts of parameters and environment variables appear nowhere",
    arguments: StateKeySource.allCases)
  func nowhere(sealedBy source: StateKeySource) async throws {
    let scene = try await Scene()
    let password = try await scene.aws(
      """
      [v['value'] for v in aws.task()['containerDefinitions'][0]['environment'] \
      if v['name'] == 'DATABASE_PASSWORD'][0]
      """
    ).trimmingCharacters(in: ["\""])
    #expect(password.count > 20)
    try await scene.addSubscriber(Self.found[1])
    try await scene.aws(
      "aws('ssm').put_parameter(Name='/dig/turn/limits', Type='String', Value=text, Overwrite=True)",
      text: Self.found[2])
    var variables = try await scene.prepare(source)
    let keys = variables.values.compactMap { $0 }
    let search = SecretSearch(
      scene, everywhere: Self.found + [password] + keys, outsideThePolicy: Self.wished)
    variables["TMPDIR"] = search.temporary.path()

    func run(_ arguments: String..., code: Int32 = 0) async throws {
      let result = try await scene.weir(
        arguments, exit: code, variables: variables, isQuiet: true)
      search.check(result.output + result.errors, arguments.joined(separator: " "))
    }
    for verbosity in [["--verbose"], ["--quiet"], []] {
      try await run("validate")
      for format in ["text", "json", "markdown", "html"] {
        let rest = ["--env", "prod", "--format", format] + verbosity
        let result = try await scene.weir(
          ["plan", "--out", "../plan.json"] + rest, variables: variables, isQuiet: true)
        search.check(result.output + result.errors, "plan \(rest)")
      }
    }
    try await run("apply", "../plan.json", "--verbose")
    // A crash leaves the journal and the pending plan.
    try scene.repository.edit("manifests/budget.yaml", "oncall@example.com", "eve@example.com")
    try await scene.repository.commit("Another address")
    let crashed = try await scene.killApply(
      at: "budgets", "UpdateSubscriber", ["--auto-approve", "--verbose"], variables: variables)
    search.check(crashed.output + crashed.errors, "a crashed apply")
    try await search.files()
    try await run("status", "--env", "prod", "--verbose")
    try await run("unlock", "2", "--env", "prod", "--verbose")
    try await run("recover", "--env", "prod", "--finish", "--auto-approve", "--verbose")
    let told = "sorted({s['Address'] for _, told in aws.budget()['told'] for s in told})"
    #expect(
      try await scene.aws(told)
        == #"["ada@example.com", "arn:aws:sns:us-east-2:\#(scene.account.id):cost-alerts", "eve@example.com", "finance@example.com"]"#
    )
    // Somebody else's address is drift, and is shown and saved as anything else.
    try await scene.aws(
      """
      aws('budgets').create_subscriber(AccountId=aws.q['account'], BudgetName='pythonide-monthly', \
      Notification=dict(NotificationType='ACTUAL', ComparisonOperator='GREATER_THAN', Threshold=70, \
      ThresholdType='PERCENTAGE'), Subscriber=dict(SubscriptionType='EMAIL', Address=text)) and 0
      """, text: Self.found[3])
    for format in ["text", "json", "markdown", "html"] {
      try await run("drift", "--env", "prod", "--verbose", "--format", format, code: 2)
    }
    try await run("drift", "--env", "prod", "--accept", "budgets/*", "--verbose", code: 1)
    try await run("rollback", "--env", "prod", "--out", "../back.json", "--verbose")
    try await run("state", "verify", "--env", "prod", "--verbose")
    try await run("state", "export", "--env", "prod", "--out", "../state.json", "--verbose")
    try await run("state", "restore", "../state.json", "--env", "prod", "--auto-approve")
    try await run("apply", "--env", "prod", "--auto-approve", "--verbose")
    // The way back finds the address in the policy of the commit that it returns to.
    try await run("rollback", "--env", "prod", "--to", "1", "--auto-approve", "--verbose")
    #expect(try await scene.aws(told).contains("oncall@example.com"))
    try await run("rollback", "--env", "prod", "--to", "0", "--auto-approve", "--verbose")
    #expect(try await scene.aws(told).contains(Self.found[1]) == source.seals)
    #expect(try await scene.aws("aws.parameters()").contains(Self.found[2]))
    for format in ["text", "json", "markdown", "html"] {
      try await run("status", "--env", "prod", "--verbose", "--format", format)
      try await run("history", "--env", "prod", "--verbose", "--format", format)
      try await run("show", "1", "--env", "prod", "--verbose", "--format", format)
      try await run("show", "2", "--env", "prod", "--format", format)
    }
    try await run("apply", "--env", "prod", "--auto-approve", "--quiet")
    // Errors of AWS that quote what was sent.
    try await scene.account.fault("denied", "budgets", "DeleteNotification", times: nil)
    try scene.repository.remove("manifests/budget.yaml")
    try await scene.repository.commit("Remove the budget")
    try await run("apply", "--env", "prod", "--auto-approve", "--verbose", code: 6)
    try await search.files()
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
