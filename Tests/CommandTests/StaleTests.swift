import Foundation
import Testing

/// A saved plan is bound to the policy, the state and the live values that it saw.
@Suite("Stale plans")
struct StaleTests {
  /// A saved plan to lower the budget of what has been applied once, and what `move` makes of it.
  private func check(
    _ name: String, exit code: Int32 = 4,
    _ move: (Scene, URL) async throws -> Void
  ) async throws {
    let scene = try await Scene()
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    try scene.repository.edit("manifests/budget.yaml", "800 USD", "700 USD")
    try scene.repository.edit("manifests/tasks.yaml", "max: 4", "max: 6")
    try await scene.repository.commit("Second")
    let plan = scene.repository.folder.appending(path: "plan.json")
    try await scene.weir("plan", "--env", "prod", "--out", plan.path(), "--quiet", isQuiet: true)
    try await move(scene, plan)
    let tip = try await scene.repository.tip("weir/prod")
    try await scene.account.forgetRequests()
    try await scene.weir("apply", "../plan.json", exit: code)
    if code != 0 {
      #expect(try await scene.account.writes() == [])
      #expect(try await scene.repository.tip("weir/prod") == tip)
    }
    try await scene.expectSnapshot("stale-\(name)")
  }

  @Test("the policy moved")
  func policy() async throws {
    try await check("policy") { scene, _ in
      try await scene.repository.commit("Another commit")
    }
  }

  @Test("a live value moved")
  func live() async throws {
    try await check("live") { scene, _ in
      try await scene.aws(
        """
        aws('application-autoscaling').register_scalable_target(ServiceNamespace='ecs', \
        ScalableDimension='ecs:service:DesiredCount', MaxCapacity=9, \
        ResourceId='service/pythonide-cluster/pythonide-service') and 0
        """)
      try await scene.aws("aws('ssm').delete_parameter(Name='/dig/turn/limits') and 0")
    }
  }

  @Test("the state moved")
  func state() async throws {
    try await check("state") { scene, _ in
      try await scene.weir(
        "rollback", "--env", "prod", "--auto-approve", "--select", "ssm/*", isQuiet: true)
    }
  }

  @Test("the file was edited")
  func edited() async throws {
    try await check("edited") { _, plan in
      let text = try String(contentsOf: plan, encoding: .utf8)
      try Data(text.replacingOccurrences(of: "700", with: "70").utf8).write(to: plan)
    }
  }

  @Test("the file has a newer format")
  func newerFormat() async throws {
    try await check("newer-format") { _, plan in
      let text = try String(contentsOf: plan, encoding: .utf8)
      let newer = text.replacingOccurrences(
        of: #""formatVersion" : "1.1""#, with: #""formatVersion" : "2.0""#)
      #expect(newer != text)
      try Data(newer.utf8).write(to: plan)
    }
  }

  @Test("the file is no plan", arguments: ["{}", "", "not JSON"])
  func noPlan(text: String) async throws {
    try await check("no-plan", exit: 1) { _, plan in try Data(text.utf8).write(to: plan) }
  }

  @Test("the file is not there")
  func noFile() async throws {
    try await check("no-file", exit: 1) { _, plan in
      try FileManager.default.removeItem(at: plan)
    }
  }

  private static let addNotification = """
    aws('budgets').create_notification(AccountId=aws.q['account'], \
    BudgetName='pythonide-monthly', Notification={'NotificationType': 'ACTUAL', \
    'ComparisonOperator': 'GREATER_THAN', 'Threshold': 99}, \
    Subscribers=[{'SubscriptionType': 'EMAIL', 'Address': 'boss@example.com'}]) and 0
    """

  @Test("what others add to a resource that the plan changes makes it stale")
  func addition() async throws {
    try await check("addition") { scene, _ in try await scene.aws(Self.addNotification) }
  }

  @Test("a deployment, or a new version of the same value, does not")
  func context() async throws {
    let scene = try await Scene()
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    try scene.repository.edit("manifests/tasks.yaml", "cpu: 1 vCPU", "cpu: 0.5 vCPU")
    try scene.repository.edit("manifests/limits.yaml", "sessions: 10", "sessions: 12")
    try await scene.repository.commit("Second")
    try await scene.weir(
      "plan", "--env", "prod", "--out", "../plan.json", "--quiet", isQuiet: true)
    try await scene.aws(
      """
      [aws('ssm').put_parameter(Name='/dig/turn/limits', Overwrite=True, Type='String', \
      Value=aws('ssm').get_parameter(Name='/dig/turn/limits')['Parameter']['Value']), \
      aws('ecs').update_service(cluster='pythonide-cluster', service='pythonide-service', \
      taskDefinition=aws('ecs').register_task_definition(**(without(aws.task(), 'taskDefinitionArn', \
      'revision', 'status', 'requiresAttributes', 'compatibilities', 'registeredAt', 'registeredBy', \
      'tags') | {'containerDefinitions': [c | {'image': 'deployed'} \
      for c in aws.task()['containerDefinitions']]}))['taskDefinition']['taskDefinitionArn'])] and 0
      """)
    try await scene.weir("apply", "../plan.json", isQuiet: true)
    #expect(
      try await scene.aws("[aws.task()['cpu'], aws.task()['containerDefinitions'][0]['image']]")
        == #"["512", "deployed"]"#)
  }

  @Test("what others do to a resource that the plan leaves alone does not")
  func beside() async throws {
    let scene = try await Scene()
    try await scene.weir(
      "plan", "--env", "prod", "--select", "ecs/*", "--out", "../plan.json", "--quiet",
      isQuiet: true)
    try await scene.aws(Self.addNotification)
    try await scene.weir("apply", "../plan.json", isQuiet: true)
    #expect(try await scene.aws("aws.task()['cpu']") == #""1024""#)
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    #expect(
      try await scene.aws("sorted(n['Threshold'] for n, _ in aws.budget()['told'])")
        == "[70.0, 85.0, 90.0, 99.0]")
    try await scene.weir("rollback", "--env", "prod", "--to", "0", "--auto-approve", isQuiet: true)
    #expect(
      try await scene.aws("sorted(n['Threshold'] for n, _ in aws.budget()['told'])")
        == "[90.0, 99.0]")
  }
}
