import Foundation
import Testing

/// The main road: validate, plan, apply, plan again, rollback.
@Suite("The road")
struct RoadTests {
  @Test("plan shows every change with money and source, and writes nothing anywhere")
  func plans() async throws {
    let scene = try await Scene()
    try await scene.weir("validate")
    try await scene.account.forgetRequests()
    try await scene.weir("plan", "--env", "prod")
    try await scene.weir(
      "plan", "--env", "prod", "--detailed-exitcode", "--quiet", exit: 2, isQuiet: true)
    #expect(try await scene.account.writes() == [])
    #expect(try await scene.repository.tip("weir/prod") == "")
    #expect(try await scene.repository.git("status", "--porcelain") == "")
    try await scene.expectSnapshot("plan")
  }

  @Test("the plan as a comment for a pull request")
  func markdown() async throws {
    let scene = try await Scene()
    let plan = try await scene.weir("plan", "--env", "prod", "--format", "markdown")
    #expect(plan.output.utf8.count < 65_536)
    try await scene.expectSnapshot("plan-markdown")
  }

  @Test("the plan as a page: whole, without scripts, with the same facts")
  func html() async throws {
    let scene = try await Scene()
    let page = try await scene.weir("plan", "--env", "prod", "--format", "html").output
    let parsed = """
      [p := type('P', (__import__('html.parser').parser.HTMLParser,), {'handle_starttag': \
      lambda self, tag, _: self.__dict__.setdefault('tags', []).append(tag)})(), p.feed(text), \
      p.tags.count('html'), p.tags.count('details') >= 8, p.tags.count('script')][2:]
      """
    #expect(try await scene.aws(parsed, text: page) == "[1, true, 0]")
    #expect(page.contains("-$133.88/mo and 1 unknown"))
    #expect(page.contains("170.12 -&gt; 36.04 USD/mo"))
  }

  @Test("a JSON plan is versioned, and says what the right size of the tasks saves")
  func json() async throws {
    let scene = try await Scene()
    let plan = try await scene.weir("plan", "--env", "prod", "--format", "json").output
    func read(_ expression: String) async throws -> String {
      try await scene.aws(expression, text: plan)
    }
    #expect(try await read("json.loads(text)['formatVersion']") == #""1.1""#)
    let service =
      "[c for c in json.loads(text)['changes'] if c['address']['type'] == 'ecs/service'][0]"
    let cost = "round(\(service)['cost']['%@']['amount'], 2)"
    #expect(try await read(cost.replacingOccurrences(of: "%@", with: "before")) == "170.12")
    #expect(try await read(cost.replacingOccurrences(of: "%@", with: "after")) == "36.04")
    let fields =
      "{f['path']: [f['before'], f['after'], f['source']['file'], f['source']['start']['line']]"
      + " for f in \(service)['fields']}"
    #expect(
      try await read(fields)
        == #"{"cpu": [2048, 1024, "manifests/tasks.yaml", 7], "#
        + #""desiredCount": [2, 1, "manifests/tasks.yaml", 9], "#
        + #""memory": [8192, 2048, "manifests/tasks.yaml", 8]}"#)
    // What the plan says of before is what AWS says.
    #expect(
      try await scene.aws(
        "[aws.task()['cpu'], aws.task()['memory'], aws.service()['desiredCount']]")
        == #"["2048", "8192", 2]"#)
    #expect(try await scene.aws("aws.limit()") == #""900""#)
  }

  @Test("a saved plan is applied, the next one is empty, and rollback restores field for field")
  func wholeRoad() async throws {
    let scene = try await Scene()
    let before = try await scene.aws("aws.picture()")
    let oldTask = try await scene.aws("changed(aws.task(), 'cpu', 'memory')")
    try await scene.weir("plan", "--env", "prod", "--out", "../plan.json", "--quiet", isQuiet: true)
    try await scene.weir("apply", "../plan.json")

    #expect(
      try await scene.aws(
        "[aws.task()['cpu'], aws.task()['memory'], aws.service()['desiredCount']]")
        == #"["1024", "2048", 1]"#)
    #expect(try await scene.aws("changed(aws.task(), 'cpu', 'memory')") == oldTask)
    #expect(
      try await scene.aws("[[t['MinCapacity'], t['MaxCapacity']] for t in aws.targets()]")
        == "[[1, 4]]")
    #expect(
      try await scene.aws("aws.policies()[0]['TargetTrackingScalingPolicyConfiguration']")
        == #"{"PredefinedMetricSpecification": {"PredefinedMetricType": "#
        + #""ECSServiceAverageCPUUtilization"}, "ScaleInCooldown": 300, "ScaleOutCooldown": 60, "#
        + #""TargetValue": 60.0}"#)
    #expect(
      try await scene.aws("sorted([a['Schedule'], a['Timezone']] for a in aws.actions())")
        == #"[["at(2039-12-01T08:00:00)", "America/New_York"], "#
        + #"["at(2039-12-09T20:00:00)", "America/New_York"]]"#)
    #expect(
      try await scene.aws("sorted(aws.rule_ids())")
        == #"["archive-old-exports", "logs", "tiering"]"#)
    #expect(
      try await scene.aws("aws.lifecycle()['TransitionDefaultMinimumObjectSize']")
        == #""varies_by_storage_class""#)
    #expect(try await scene.aws("aws.limit()") == #""800""#)
    #expect(
      try await scene.aws("[n['Threshold'] for n, _ in aws.budget()['told']]")
        == "[70.0, 90.0, 85.0]")
    #expect(
      try await scene.aws(
        "json.loads(aws.parameters()['/dig/turn/limits'][3][0])['tiers']['premium']['modes']['throttle']"
      )
        == #"{"admission": "all", "maxBandwidthMbps": 20, "maxDurationSeconds": 600, "maxSessions": 5}"#
    )

    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode")
    let tip = try await scene.repository.tip("weir/prod")
    try await scene.account.forgetRequests()
    try await scene.weir("apply", "--env", "prod", "--auto-approve")
    #expect(try await scene.account.writes() == [])
    #expect(try await scene.repository.tip("weir/prod") == tip)
    try await scene.weir("rollback", "--env", "prod", "--auto-approve")
    expectSame(try await scene.aws("aws.picture()"), before)
    try await scene.weir("history", "--env", "prod")
    try await scene.weir("status", "--env", "prod")
    #expect(
      try await scene.repository.subjects("weir/prod") == [
        "prod 2: rollback to serial 0: 3 changed, 5 deleted", "prod 2: begin",
        "prod 1: 5 created, 3 changed", "prod 1: begin",
      ])
    #expect(try await scene.repository.git("status", "--porcelain") == "")
    try await scene.expectSnapshot("road")
  }

  @Test(
    "plan right after apply is empty and rollback restores what was, for each kind",
    arguments: [
      ["budget"], ["limits"], ["tasks"], ["data"], ["tasks", "exams"],
    ])
  func eachKind(manifests: [String]) async throws {
    let scene = try await Scene()
    let all: Set = ["budget", "limits", "tasks", "data", "exams"]
    for name in all.subtracting(manifests) {
      try scene.repository.remove("manifests/\(name).yaml")
    }
    try await scene.repository.commit("Only \(manifests.joined(separator: ", "))")
    let before = try await scene.aws("aws.picture()")
    try await scene.weir("apply", "--env", "prod", "--auto-approve")
    #expect(try await scene.aws("aws.picture()") != before)
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode")
    try await scene.weir("rollback", "--env", "prod", "--auto-approve")
    expectSame(try await scene.aws("aws.picture()"), before)
  }

  @Test("a change of policy by commit is applied alone, and the state says so")
  func policyChange() async throws {
    let scene = try await Scene()
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    try scene.repository.edit("manifests/budget.yaml", "800 USD", "700 USD")
    try await scene.repository.commit("Lower the budget")
    try await scene.weir("status", "--env", "prod")
    try await scene.account.forgetRequests()
    try await scene.weir("apply", "--env", "prod", "--auto-approve")
    #expect(try await scene.account.writes() == ["budgets UpdateBudget"])
    #expect(try await scene.aws("aws.limit()") == #""700""#)
    #expect(
      try await scene.repository.git(
        "diff", "--stat", "--format=", "weir/prod~2", "weir/prod", "--", "resources"
      )
      .contains("1 file changed"))
    try await scene.weir("show", "2", "--env", "prod")
    try await scene.expectSnapshot("policy-change")
  }

  @Test("a request costs no more than a page of each list, and --verbose counts them")
  func requests() async throws {
    let scene = try await Scene()
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    try await scene.account.forgetRequests()
    try await scene.weir("plan", "--env", "prod", "--verbose")
    let operations = Dictionary(
      grouping: try await scene.account.requests(), by: { "\($0.service) \($0.operation)" })
    // Three notifications have their subscribers each; everything else is one page.
    for (operation, requests) in operations {
      let most = operation == "budgets DescribeSubscribersForNotification" ? 3 : 1
      #expect(requests.count == most, "\(operation)")
    }
    #expect(operations.count == 12)
    try await scene.expectSnapshot("verbose")
  }

  @Test("lists in many pages give the same plan")
  func pages() async throws {
    let scene = try await Scene()
    let plan = try await scene.weir("plan", "--env", "prod", isQuiet: true).output
    try await scene.account.setPageSize(1)
    let paged = try await scene.weir("plan", "--env", "prod", isQuiet: true).output
    #expect(paged == plan)
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", isQuiet: true)
  }

  @Test("history, show and status read well, and as JSON")
  func records() async throws {
    let scene = try await Scene()
    for file in ["tasks", "exams", "data", "limits"] {
      try scene.repository.remove("manifests/\(file).yaml")
    }
    try await scene.repository.commit("Just the budget")
    try await scene.weir("history", "--env", "prod")
    try await scene.weir("status", "--env", "prod")
    try await scene.weir("show", "1", "--env", "prod", exit: 1)
    try await scene.weir("apply", "--env", "prod", "--auto-approve", "--format", "json", "--quiet")
    for arguments in [["history"], ["show", "1"], ["status"], ["validate"]] {
      let command = arguments + ["--env", "prod"]
      try await scene.weir(command)
      let json = try await scene.weir(
        command + ["--format", "json"], isQuiet: arguments[0] == "show")
      #expect(
        try await scene.aws("json.loads(text)['formatVersion']", text: json.output) == #""1.0""#)
    }
    try await scene.weir("history", "--env", "prod", "--format", "markdown")
    try await scene.expectSnapshot("records")
  }
}
