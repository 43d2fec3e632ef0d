import Foundation
import Testing

/// `weir drift`: what others changed, who it was, and its way into the manifests.
@Suite("Drift told and accepted")
struct AcceptTests {
  /// Somebody changes the budget's limit, the size of the tasks and the scaling policy.
  private static let outside = """
    [aws('budgets').update_budget(AccountId=aws.q['account'], NewBudget=without( \
    aws.budget()['budget'], 'BudgetLimit') | {'BudgetLimit': {'Amount': '950', 'Unit': 'USD'}}), \
    aws('ecs').update_service(cluster='pythonide-cluster', service='pythonide-service', \
    taskDefinition=aws('ecs').register_task_definition(**(without(aws.task(), 'taskDefinitionArn', \
    'revision', 'status', 'requiresAttributes', 'compatibilities', 'registeredAt', 'registeredBy', \
    'tags') | {'cpu': '512', 'memory': '3072', 'containerDefinitions': [without(c, 'cpu', 'memory', \
    'memoryReservation') for c in aws.task()['containerDefinitions']]})) \
    ['taskDefinition']['taskDefinitionArn']), \
    aws('application-autoscaling').put_scaling_policy(**(without(aws.policies()[0], \
    'PolicyARN', 'Alarms', 'CreationTime') | {'TargetTrackingScalingPolicyConfiguration': \
    aws.policies()[0]['TargetTrackingScalingPolicyConfiguration'] | {'TargetValue': 72.5, \
    'ScaleOutCooldown': 90}}))] and 0
    """

  private func scene(_ outside: String? = AcceptTests.outside) async throws -> Scene {
    let scene = try await Scene()
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    if let outside { try await scene.aws(outside) }
    return scene
  }

  @Test("drift is told with who and when; nothing is written anywhere, and no lease is taken")
  func told() async throws {
    let scene = try await scene()
    let tip = try await scene.repository.tip("weir/prod")
    try await scene.account.forgetRequests()
    try await scene.weir("drift", "--env", "prod", exit: 2)
    try await scene.weir(
      "drift", "--env", "prod", "--select", "budgets/*", "--format", "markdown", exit: 2)
    #expect(try await scene.account.writes() == [])
    #expect(try await scene.repository.tip("weir/prod") == tip)
    #expect(try await scene.repository.git("status", "--porcelain") == "")
    let json = try await scene.weir(
      "drift", "--env", "prod", "--format", "json", exit: 2, isQuiet: true
    ).output
    #expect(
      try await scene.aws(
        """
        sorted([d['address']['type'], d['by']['who'].split('/')[-1], d['by']['operation'], \
        [[f['path'], f['applied'], f['live']] for f in d['fields']]] \
        for d in json.loads(text)['drift'])
        """, text: json)
          == #"""
          [["application-autoscaling/policy", "sandbox", "PutScalingPolicy", [["scaleOutCooldown", 60, 90], ["targetValue", 60, 72.5]]], \#
          ["budgets/budget", "sandbox", "UpdateBudget", [["limit", 800, 950]]], \#
          ["ecs/service", "sandbox", "UpdateService", [["cpu", 1024, 512], ["memory", 2048, 3072]]]]
          """#)
  }

  @Test("where CloudTrail may not be read, who it was is not known, and that is no failure")
  func denied() async throws {
    let scene = try await scene()
    try await scene.account.fault("denied", "cloudtrail", "LookupEvents", times: nil)
    try await scene.account.forgetRequests()
    try await scene.weir("drift", "--env", "prod", "--select", "budgets/*", exit: 2)
    let asked = try await scene.account.requests().filter { $0.service == "cloudtrail" }
    #expect(asked.count == 1)
    try await scene.account.forgetRequests()
    try await scene.weir("drift", "--env", "prod", "--no-cloudtrail", exit: 2, isQuiet: true)
    #expect(try await scene.account.requests().allSatisfy { $0.service != "cloudtrail" })
    try await scene.expectSnapshot("drift-denied")
  }

  @Test("without drift the code is 0, and what has gone is told")
  func none() async throws {
    let scene = try await scene(nil)
    try await scene.weir("drift", "--env", "prod")
    try await scene.aws("aws('ssm').delete_parameter(Name='/dig/turn/limits') and 0")
    try await scene.weir("drift", "--env", "prod", exit: 2)
    try await scene.weir("drift", "--env", "prod", "--accept", "ssm/*", exit: 1)
    try await scene.weir("drift", "--env", "prod", "--accept", "budgets/*", exit: 1)
    try await scene.weir(
      "drift", "--env", "prod", "--accept", "*", "--ref", "HEAD", exit: 64, isQuiet: true)
    try await scene.expectSnapshot("drift-gone")
  }

  @Test("accepted values stand in the manifests, each at its place, and the plan is empty")
  func accepted() async throws {
    let scene = try await scene()
    let before = try scene.repository.read("manifests/tasks.yaml")
    let head = try await scene.repository.tip("main")
    try await scene.weir("drift", "--env", "prod", "--accept", "*")
    #expect(try await scene.repository.tip("main") == head)
    let budget = try scene.repository.read("manifests/budget.yaml")
    #expect(budget.contains("  limit: 950 USD\n"))
    // The sizes are shared with staging, which keeps its own.
    #expect(
      try scene.repository.read("manifests/tasks.yaml")
        == before + """
            prod:
              scaling:
                scaleOutCooldown: 90s
                targetCPU: 72.5%
              cpu: 0.5 vCPU
              memory: 3 GB

          """)
    try await scene.repository.commit("Accepted")
    try await scene.account.forgetRequests()
    let plan = try await scene.weir("plan", "--env", "prod", "--detailed-exitcode")
    #expect(plan.output.contains("No changes."))
    try await scene.weir("drift", "--env", "prod", isQuiet: true)
    try await scene.weir("apply", "--env", "prod", "--auto-approve", "--quiet", isQuiet: true)
    #expect(try await scene.account.writes() == [])
    #expect(try await scene.aws("aws.limit()") == "\"950\"")
    try await scene.expectSnapshot("accept")
  }

  @Test("one field of a resource is accepted, in a file with its own line breaks, mode and end")
  func oneField() async throws {
    let scene = try await scene()
    let path = scene.repository.root.appending(path: "manifests/budget.yaml")
    let text =
      "\u{FEFF}"
      + (try scene.repository.read("manifests/budget.yaml")).dropLast()
      .replacing("limit: 800 USD", with: "limit: \"800 USD\" # for now").replacing(
        "\n", with: "\r\n")
    try Data(text.utf8).write(to: path)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path.path())
    try await scene.repository.commit("Line breaks")
    try await scene.weir("drift", "--env", "prod", "--accept", "pythonide-monthly#limit")
    let after = try Data(contentsOf: path)
    #expect(after == Data(text.replacing("\"800 USD\"", with: "\"950 USD\"").utf8))
    let attributes = try FileManager.default.attributesOfItem(atPath: path.path())
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o640)
    #expect(try await scene.repository.git("status", "--porcelain") == " M manifests/budget.yaml")
    // A size alone would be one that Fargate has, but not that of AWS.
    try await scene.weir("drift", "--env", "prod", "--accept", "ecs/service *#cpu", isQuiet: true)
    #expect(
      try await scene.repository.git("diff", "--name-only").split(separator: "\n")
        == ["manifests/budget.yaml", "manifests/tasks.yaml"])
  }

  @Test("what cannot be accepted is refused with its place, and nothing is written")
  func refused() async throws {
    let scene = try await scene(nil)
    try await scene.aws(
      """
      [aws('ssm').put_parameter(Name='/dig/turn/limits', Value='{"tiers": {}}', Overwrite=True), \
      aws('s3').put_bucket_lifecycle_configuration(Bucket='pythonide-data-' + aws.q['account'], \
      LifecycleConfiguration={'Rules': [r | ({'Expiration': {'Days': 45}} if r['ID'] == 'logs' else \
      {'Transitions': r['Transitions'][:1]} if r['ID'] == 'tiering' else {}) \
      for r in aws.lifecycle()['Rules']]}), \
      aws('application-autoscaling').register_scalable_target(ServiceNamespace='ecs', \
      ScalableDimension='ecs:service:DesiredCount', MinCapacity=2, MaxCapacity=9, \
      ResourceId='service/pythonide-cluster/pythonide-service')] and 0
      """)
    try await scene.weir("drift", "--env", "prod", "--accept", "s3/*", "--accept", "ssm/*", exit: 1)
    // The end of the exams sets the same bounds.
    try await scene.weir(
      "drift", "--env", "prod", "--accept", "application-autoscaling/target*", exit: 1)
    #expect(try await scene.repository.git("status", "--porcelain") == "")
    try await scene.expectSnapshot("accept-refused")
  }

  @Test("values of a document and of a rule are accepted, as far as one place says them")
  func leaves() async throws {
    let scene = try await scene(nil)
    try await scene.aws(
      """
      [aws('s3').put_bucket_lifecycle_configuration(Bucket='pythonide-data-' + aws.q['account'], \
      LifecycleConfiguration={'Rules': [r | ({'NoncurrentVersionExpiration': {'NoncurrentDays': 60}, \
      'AbortIncompleteMultipartUpload': {'DaysAfterInitiation': 14}} if r['ID'] == 'tiering' else {}) \
      for r in aws.lifecycle()['Rules']]}), \
      [d := json.loads(aws.parameters()['/dig/turn/limits'][3][0]), \
      d['tiers']['premium'].update(priceUSD=60), \
      d['tiers']['premium']['modes']['throttle'].update(maxSessions=3), \
      aws('ssm').put_parameter(Name='/dig/turn/limits', Value=json.dumps(d), Overwrite=True)]] and 0
      """)
    try await scene.weir("drift", "--env", "prod", "--accept", "*")
    try await scene.repository.commit("Accepted")
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", isQuiet: true)
    // The ten sessions of premium are those of several modes: one of them alone is no edit.
    try await scene.aws(
      """
      [d := json.loads(aws.parameters()['/dig/turn/limits'][3][0]), \
      d['tiers']['premium']['modes']['normal'].update(maxDurationSeconds=7200), \
      d['tiers']['free']['modes']['normal'].update(maxSessions=2), \
      aws('ssm').put_parameter(Name='/dig/turn/limits', Value=json.dumps(d), Overwrite=True)] and 0
      """)
    try await scene.weir("drift", "--env", "prod", "--accept", "ssm/*#value.tiers.free", exit: 1)
    #expect(try await scene.repository.git("status", "--porcelain") == "")
    try await scene.expectSnapshot("accept-leaves")
  }

  @Test("what a manifest selects is accepted where all of it drifted alike, else explained")
  func selected() async throws {
    let scene = try await Scene()
    try await scene.aws(
      "[aws('logs').create_log_group(logGroupName='/ecs/' + n) for n in ('one', 'two')]")
    try scene.repository.write(
      "manifests/logs.yaml",
      "apiVersion: weir/v1\nkind: LogRetention\nmetadata: {name: services, environments: [prod]}\n"
        + "spec:\n  retention: 90d  # long enough\n  prefixes: [/ecs/]\n")
    try await scene.repository.commit("Logs")
    try await scene.weir(
      "apply", "--env", "prod", "--auto-approve", "--allow-irreversible", isQuiet: true)
    func retain(_ days: Int, _ names: String) async throws {
      try await scene.aws(
        "[aws('logs').put_retention_policy(logGroupName='/ecs/' + n, retentionInDays=\(days)) "
          + "for n in \(names)]")
    }
    let accept = ["drift", "--env", "prod", "--accept", "logs/*"]
    try await retain(30, "('one',)")
    let one = try await scene.weir(accept, exit: 1, isQuiet: true)
    #expect(one.errors.contains("retentionDays of logs/log-group /ecs/two would change, too"))
    #expect(one.errors.contains("a manifest of its own"))
    try await retain(60, "('two',)")
    let unlike = try await scene.weir(accept, exit: 1, isQuiet: true)
    #expect(unlike.errors.contains("which differ in AWS"))
    #expect(try await scene.repository.git("status", "--porcelain") == "")
    try await retain(30, "('two',)")
    try await scene.weir(accept, isQuiet: true)
    #expect(
      try scene.repository.read("manifests/logs.yaml").contains("  retention: 30d  # long enough\n")
    )
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", isQuiet: true)
  }

  @Test("onDrift: keep leaves it alone, refuse stops the apply before any write")
  func onDrift() async throws {
    let scene = try await Scene()
    try scene.repository.edit(
      "manifests/budget.yaml", "environments: [prod]}", "environments: [prod], onDrift: keep}")
    try scene.repository.edit("manifests/tasks.yaml", "{name: ide}", "{name: ide, onDrift: refuse}")
    try await scene.repository.commit("On drift")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    try await scene.aws(Self.outside)
    let live = try await scene.aws("aws.picture()")
    try await scene.account.forgetRequests()
    try await scene.weir("drift", "--env", "prod", "--no-cloudtrail", exit: 2)
    try await scene.weir("plan", "--env", "prod", exit: 3)
    try await scene.weir("apply", "--env", "prod", "--auto-approve", "--quiet", exit: 3)
    #expect(try await scene.account.writes() == [])
    expectSame(try await scene.aws("aws.picture()"), live)
    try await scene.weir(
      "drift", "--env", "prod", "--accept", "ecs/service*", "--accept", "application-autoscaling/*",
      isQuiet: true)
    try await scene.repository.commit("Accepted")
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", "--quiet", isQuiet: true)
    expectSame(try await scene.aws("aws.picture()"), live)
    // The state still says what was applied, and a new wish of the policy goes through.
    let state = try await scene.repository.git(
      "show", "weir/prod:resources/budgets/budget/pythonide-monthly.json")
    #expect(try await scene.aws("json.loads(text)['attributes']['limit']", text: state) == "800")
    try scene.repository.edit("manifests/budget.yaml", "800 USD", "700 USD")
    try await scene.repository.commit("Less")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", "--quiet", isQuiet: true)
    #expect(try await scene.aws("aws.limit()") == "\"700\"")
    try await scene.expectSnapshot("on-drift")
  }
}
