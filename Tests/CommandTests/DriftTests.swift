import Foundation
import Testing

/// What others change, and what only seems so.
@Suite("Drift")
struct DriftTests {
  @Test("an outside change stands apart from what the policy wants, and is put back")
  func change() async throws {
    let scene = try await Scene()
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    let applied = try await scene.aws("aws.settled()")
    try await scene.aws(
      """
      [aws('application-autoscaling').register_scalable_target(ServiceNamespace='ecs', \
      ScalableDimension='ecs:service:DesiredCount', MinCapacity=3, MaxCapacity=9, \
      ResourceId='service/pythonide-cluster/pythonide-service'), \
      aws('budgets').update_budget(AccountId=aws.q['account'], NewBudget=without( \
      aws.budget()['budget'], 'BudgetLimit') | {'BudgetLimit': {'Amount': '950', 'Unit': 'USD'}}), \
      aws('ssm').put_parameter(Name='/dig/turn/limits', Value='{"tiers": {}}', Overwrite=True)] and 0
      """)
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", exit: 2)
    try await scene.weir("apply", "--env", "prod", "--auto-approve", "--quiet")
    expectSame(try await scene.aws("aws.settled()"), applied)
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", isQuiet: true)
    try await scene.expectSnapshot("drift")
  }

  @Test("what was deleted outside is made again, or told where Weir cannot")
  func deletion() async throws {
    let scene = try await Scene()
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    let applied = try await scene.aws("aws.picture()")
    try await scene.aws(
      """
      [aws('ssm').delete_parameter(Name='/dig/turn/limits'), \
      aws('budgets').delete_budget(AccountId=aws.q['account'], BudgetName='pythonide-monthly'), \
      aws('application-autoscaling').deregister_scalable_target(ServiceNamespace='ecs', \
      ScalableDimension='ecs:service:DesiredCount', \
      ResourceId='service/pythonide-cluster/pythonide-service')] and 0
      """)
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", exit: 2)
    try await scene.weir("apply", "--env", "prod", "--auto-approve", "--quiet")
    let without = "[p := json.loads(text), p.pop('budget'), p][-1]"
    // What others had in the budget is lost; Weir never knew their addresses.
    expectSame(
      try await scene.aws(without, text: try await scene.aws("aws.picture()")),
      try await scene.aws(without, text: applied))
    #expect(
      try await scene.aws("[n['Threshold'] for n, _ in aws.budget()['told']]") == "[70.0, 85.0]")
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", isQuiet: true)
    // A service and a bucket are not Weir's to make.
    try await scene.aws(
      """
      [aws('ecs').delete_service(cluster='pythonide-cluster', service='pythonide-service', force=True), \
      aws('s3').delete_bucket(Bucket='pythonide-data-' + aws.q['account'])] and 0
      """)
    try await scene.weir("plan", "--env", "prod", exit: 1)
    try await scene.expectSnapshot("deleted-outside")
  }

  @Test("the count that autoscaling moved is no drift, within its bounds")
  func autoscaling() async throws {
    let scene = try await Scene()
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    let scale =
      "aws('ecs').update_service(cluster='pythonide-cluster', service='pythonide-service', desiredCount=%) and 0"
    try await scene.aws(scale.replacingOccurrences(of: "%", with: "3"))
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode")
    try await scene.aws(scale.replacingOccurrences(of: "%", with: "7"))
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", exit: 2)
    try await scene.weir("apply", "--env", "prod", "--auto-approve", "--quiet")
    #expect(try await scene.aws("aws.service()['desiredCount']") == "4")
    try await scene.expectSnapshot("autoscaling")
  }

  /// A window around the present in a zone with its own clock, as the manifest writes it.
  private static func window(_ zone: String, from: Double, until: Double) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: zone)
    formatter.dateFormat = "HH:mm"
    let now = Date()
    return """
      timeZone: \(zone)
        windows:
          - {name: now, from: "\(formatter.string(from: now + from * 60))", \
      until: "\(formatter.string(from: now + until * 60))", min: 3, max: 8}
      """
  }

  @Test(
    "a window at work is no drift, and what it ends with is none either",
    arguments: ["America/New_York", "Asia/Kolkata", "UTC"])
  func windows(zone: String) async throws {
    let scene = try await Scene()
    try scene.repository.remove("manifests/exams.yaml")
    try await scene.repository.commit("No schedule")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    #expect(
      try await scene.aws("[[t['MinCapacity'], t['MaxCapacity']] for t in aws.targets()]")
        == "[[1, 4]]")
    // In force since an hour: its bounds are what the policy wants.
    func schedule(_ from: Double, _ until: Double) async throws {
      try scene.repository.write(
        "manifests/exams.yaml",
        """
        apiVersion: weir/v1
        kind: Schedule
        metadata: {name: exams, environments: [prod]}
        spec:
          target: {taskSize: ide}
          \(Self.window(zone, from: from, until: until))
        """)
      try await scene.repository.commit("Exams")
    }
    try await schedule(-60, 60)
    let plan = try await scene.weir("plan", "--env", "prod", isQuiet: true).output
    #expect(plan.contains("the window now of Schedule/exams is in force until"))
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    #expect(
      try await scene.aws("[[t['MinCapacity'], t['MaxCapacity']] for t in aws.targets()]")
        == "[[3, 8]]")
    #expect(try await scene.aws("aws.service()['desiredCount']") == "3")
    #expect(
      try await scene.aws("sorted({a['Timezone'] for a in aws.actions()})") == "[\"\(zone)\"]")
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", isQuiet: true)
    // The end of the window, as AWS would do it: an hour ago. The policy wants its own bounds again.
    try await schedule(-120, -60)
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    #expect(
      try await scene.aws("[[t['MinCapacity'], t['MaxCapacity']] for t in aws.targets()]")
        == "[[1, 4]]")
    // It begins again while nobody applies, and AWS moves the bounds.
    try await schedule(-2, 60)
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    // Just begun: both sides are accepted, as AWS acts a little late.
    #expect(try await scene.aws("len(aws.actions())") == "2")
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", isQuiet: true)
    try await scene.aws(
      """
      aws('application-autoscaling').register_scalable_target(ServiceNamespace='ecs', \
      ScalableDimension='ecs:service:DesiredCount', MinCapacity=3, MaxCapacity=8, \
      ResourceId='service/pythonide-cluster/pythonide-service') and 0
      """)
    let after = try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", isQuiet: true)
      .output
    #expect(!after.contains("Drift"))
  }
}
