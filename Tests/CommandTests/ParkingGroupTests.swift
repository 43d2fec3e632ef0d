import Foundation
import Testing

/// Groups of what conformance cases make: databases, functions, alarms and endpoints.
@Suite("Parking groups")
struct ParkingGroupTests {
  private let prod = ["--env", "prod", "--auto-approve"]

  /// The account of a case, with a group of what has its tag.
  private func scene(_ name: String) async throws -> (Scene, (String) async throws -> String) {
    let conformance = ConformanceCase(name: name)
    let scene = try await Scene(nil, seeded: false)
    try scene.repository.write("weir.yaml", ConformanceCase.project(account: scene.account.id))
    try scene.repository.write(
      "manifests.yaml",
      """
      apiVersion: weir/v1
      kind: Parking
      metadata: {name: dev}
      spec: {tags: {group: dev}}
      """)
    try await scene.repository.commit("A group")
    let ask = { (expression: String) in
      try await scene.account(expression, script: conformance.script)
    }
    _ = try await ask("case.setup(aws)")
    return (scene, ask)
  }

  @Test("a start for which the account has too little concurrency left is partial, and goes on")
  func tooLittleConcurrency() async throws {
    let (scene, ask) = try await scene("Parking.data")
    let before = try await ask("case.picture(aws)['owned']")
    try await scene.weir(["stop", "dev"] + prod, isQuiet: true)
    func reserve(_ number: Int) async throws {
      _ = try await ask(
        "aws('lambda').put_function_concurrency(FunctionName='theirs',"
          + " ReservedConcurrentExecutions=\(number)) and None")
    }
    try await reserve(850)
    let told = try await scene.weir(["start", "dev"] + prod, exit: 6, isQuiet: true)
    #expect(told.errors.contains("at most 50"), "\(told.errors)")
    #expect(
      try await ask("[case.picture(aws)['owned'][name] for name in ('databases', 'functions')]")
        == #"[["available", "available", "available"], [[0, []], [null, []]]]"#)
    let status = try await scene.weir("status", "dev", "--env", "prod", isQuiet: true)
    #expect(status.output.contains("resize"), "\(status.output)")
    try await reserve(10)
    try await scene.weir(["start", "dev"] + prod, isQuiet: true)
    #expect(try await ask("case.picture(aws)['owned']") == before)
  }

  @Test("what has lost its tags, or is gone, is not meant, though the tagging API still lists it")
  func tagsLinger() async throws {
    let (scene, ask) = try await scene("Parking.data")
    _ = try await ask(
      """
      aws('sagemaker').create_notebook_instance(NotebookInstanceName='lab', InstanceType='ml.t3.medium',
        RoleArn='arn:aws:iam::123456789012:role/m', Tags=case.GROUP) and None
      """)
    func names() async throws -> String {
      let status = try await scene.weir(
        "status", "dev", "--env", "prod", "--format", "json", isQuiet: true
      ).output
      return try await scene.aws(
        "[r['address']['name'] for r in json.loads(text)['resources']]", text: status)
    }
    try await scene.account.fault("stale", "resourcegroupstaggingapi", "GetResources", times: nil)
    let before = try await names()
    #expect(
      before
        == #"["busy", "idle / off", "mail", "resize", "orders", "orders-1", "shop", "lab"]"#)
    _ = try await ask(
      """
      [aws('lambda').untag_resource(TagKeys=['group'],
         Resource=aws('lambda').get_function(FunctionName='mail')['Configuration']['FunctionArn']),
       aws('lambda').delete_function(FunctionName='resize'),
       aws('cloudwatch').delete_alarms(AlarmNames=['all']),
       aws('cloudwatch').delete_alarms(AlarmNames=['busy']),
       aws('cloudwatch').untag_resource(TagKeys=['group'], ResourceARN=aws('cloudwatch').describe_alarms(
         AlarmNames=['idle / off'])['MetricAlarms'][0]['AlarmArn']),
       aws('sagemaker').delete_tags(TagKeys=['group'], ResourceArn=aws('sagemaker')
         .describe_notebook_instance(NotebookInstanceName='lab')['NotebookInstanceArn'])] and None
      """)
    let after = try await names()
    #expect(!["busy", "idle", "mail", "resize", "lab"].contains(where: after.contains))
    let requests = try await scene.account.requests()
    #expect(requests.contains { $0.fault == "stale" })
  }

  @Test("what a script has stopped is started as its state file says")
  func importsAScriptsState() async throws {
    let (scene, ask) = try await scene("Parking.inference")
    let setUp = """
      [aws('cloudwatch').put_metric_alarm(AlarmName=name, Namespace='Web', MetricName='Load',
        Statistic='Sum', Period=60, EvaluationPeriods=1, Threshold=1, ActionsEnabled=False,
        ComparisonOperator='GreaterThanThreshold', Tags=[{'Key': 'group', 'Value': 'dev'}])
        for name in ('busy', 'off')] + [aws('sagemaker').delete_endpoint(EndpointName='search')] and None
      """
    _ = try await ask(setUp)
    let file = scene.repository.root.appending(path: "resources.json")
    try Data(
      """
      {"version": "1.0", "timestamp": "2026-01-01T00:00:00Z", "project": "web", "environment": "dev",
       "resources": {
         "sagemaker_endpoints": [
           {"name": "search", "endpoint_config_name": "small", "instance_type": "ml.m5.large"},
           {"name": "ranking", "endpoint_config_name": "small"},
           {"name": "lost", "endpoint_config_name": "gone"}],
         "cloudwatch_alarms": [{"name": "busy", "enabled": true}, {"name": "off", "enabled": false}]}}
      """.utf8
    ).write(to: file)
    let told = try await scene.weir(
      ["import", "dev", "resources.json"] + prod, isQuiet: true)
    // What still ran counts as it is.
    #expect(told.errors.contains("ranking is not stopped"), "\(told.errors)")
    // What is taken over is shown with what a start gives back; without its configuration none comes back.
    let shown = told.errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      shown.contains(
        "A start gives back: config small, scaling (unset), tags {Environment: dev, Project: web}."),
      "\(told.errors)")
    #expect(shown.contains("its endpoint configuration gone is gone"), "\(told.errors)")
    let picture =
      "[sorted(case.picture(aws)['owned'][0].items()), [[a['AlarmName'], a['ActionsEnabled']] "
      + "for a in aws('cloudwatch').describe_alarms(AlarmNames=['busy', 'off'])['MetricAlarms']]]"
    #expect(try await ask(picture) == #"[[], [["busy", false], ["off", false]]]"#)
    try await scene.weir(["start", "dev"] + prod, isQuiet: true)
    let started = try await ask(picture)
    #expect(started.contains(#""ranking", ["large""#), "\(started)")
    #expect(started.contains(#""search", ["small", [["Environment", "dev"], ["Project", "web"]]]"#))
    #expect(started.contains(#"[["busy", true], ["off", false]]"#))
    let wrong = try await scene.weir(
      ["import", "night", "weir.yaml"] + prod, exit: 1, isQuiet: true)
    #expect(wrong.errors.contains("It is no JSON"), "\(wrong.errors)")
    #expect(wrong.errors.contains("has no Parking manifest called night"), "\(wrong.errors)")
    try scene.repository.edit("manifests.yaml", "tags: {group: dev}", "tags: {Project: shop}")
    try await scene.repository.commit("Of a project")
    let other = try await scene.weir(
      ["import", "dev", "resources.json"] + prod, exit: 1, isQuiet: true)
    #expect(
      other.errors.contains("The file is of the project web, and the group means"),
      "\(other.errors)")
  }
}
