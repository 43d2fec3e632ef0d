import Foundation
import Testing

/// Groups of resources that are stopped together and started as they were.
@Suite("Stop and start")
struct ParkingCommandTests {
  private let counts = """
    [aws.service()['desiredCount'], [[t['MinCapacity'], t['MaxCapacity'], \
    any(t['SuspendedState'].values())] for t in aws.targets()]]
    """

  /// The demo's service, with a group of what has its project's tag.
  private func scene(_ spec: String = "") async throws -> Scene {
    let scene = try await Scene()
    try scene.repository.write(
      "manifests/parking.yaml",
      """
      apiVersion: weir/v1
      kind: Parking
      metadata: {name: night, environments: [prod]}
      spec: {tags: {project: pythonide}, only: [ecs]\(spec)}
      """)
    try await scene.repository.commit("A group")
    return scene
  }

  private func plan(_ scene: Scene, exit code: Int32) async throws -> String {
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", exit: code, isQuiet: true)
      .output
  }

  @Test("a stop holds until the start, and TaskSize has its way afterwards")
  func stopAndStart() async throws {
    let scene = try await scene()
    let prod = ["--env", "prod", "--auto-approve"]
    try await scene.weir(["apply"] + prod, isQuiet: true)
    let before = try await scene.aws(counts)

    try await scene.account.forgetRequests()
    let dry = try await scene.weir("stop", "night", "--env", "prod", "--dry-run", isQuiet: true)
    #expect(dry.output.contains("desiredCount"), "\(dry.output)")
    let asked = try await scene.account.requests().map(\.operation)
    #expect(asked.count { $0 == "GetResources" } == 1, "what has the tags is looked for once")
    #expect(try await scene.aws(counts) == before)

    try await scene.weir(["stop", "night"] + prod)
    #expect(try await scene.aws(counts) == "[0, [[0, 4, true]]]")
    // Later plans keep it so, and say why.
    let parked = try await plan(scene, exit: 0)
    #expect(parked.contains("night is parked since"), "\(parked)")
    try await scene.weir(["stop", "night"] + prod, isQuiet: true)
    try await scene.weir(["apply"] + prod, isQuiet: true)
    try await scene.weir("status", "night", "--env", "prod")

    try await scene.weir(["start", "night"] + prod)
    #expect(try await scene.aws(counts) == before)
    #expect(try await plan(scene, exit: 0).contains("night") == false)
    try await scene.weir("status", "night", "--env", "prod")
    try await scene.expectSnapshot("parking")
  }

  @Test(
    "what nobody else asks for comes back as it was found, though stopped twice and meddled with")
  func foundValues() async throws {
    let scene = try await scene()
    let prod = ["--env", "prod", "--auto-approve"]
    // Nobody else sets the service.
    try scene.repository.remove("manifests/tasks.yaml", "manifests/exams.yaml")
    try await scene.repository.commit("No sizes")
    try await scene.aws(
      """
      [aws('application-autoscaling').register_scalable_target(ServiceNamespace='ecs',
        ScalableDimension='ecs:service:DesiredCount', MinCapacity=1, MaxCapacity=5,
        ResourceId='service/pythonide-cluster/pythonide-service'),
      aws('ecs').update_service(cluster='pythonide-cluster', service='pythonide-service',
        desiredCount=3)] and None
      """)
    #expect(try await scene.aws(counts) == "[3, [[1, 5, false]]]")
    try await scene.weir(["stop", "night"] + prod, isQuiet: true)
    try await scene.aws(
      "aws('ecs').update_service(cluster='pythonide-cluster', service='pythonide-service',"
        + " desiredCount=1) and None")
    try await scene.weir(["stop", "night"] + prod, isQuiet: true)
    #expect(try await scene.aws(counts) == "[0, [[0, 5, true]]]")
    // The way back is no rollback of what else was applied, and takes along what the command said.
    try await scene.weir(["start", "night"] + prod, isQuiet: true)
    #expect(try await scene.aws(counts) == "[3, [[1, 5, false]]]")
    try await scene.weir(["rollback"] + prod, isQuiet: true)
    #expect(try await scene.aws(counts) == "[0, [[0, 5, true]]]")
    #expect(try await plan(scene, exit: 2).contains("night is parked since"))
    try await scene.weir(["rollback"] + prod, isQuiet: true)
    #expect(try await scene.aws(counts) == "[3, [[1, 5, false]]]")
  }

  @Test("a start that AWS refuses in part goes on where it stopped")
  func partialStart() async throws {
    let scene = try await scene(", state: parked")
    let prod = ["--env", "prod", "--auto-approve"]
    try await scene.weir(["apply"] + prod, isQuiet: true)
    #expect(try await scene.aws(counts) == "[0, [[0, 4, true]]]")
    try await scene.account.fault("denied", "ecs", "UpdateService", times: nil)
    let refused = try await scene.weir(
      ["start", "night", "--for", "2h"] + prod, exit: 6, isQuiet: true)
    #expect(refused.output.contains("failed"), "\(refused.output)")
    try await scene.account.clearFaults()
    try await scene.weir(["start", "night", "--for", "2h"] + prod, isQuiet: true)
    #expect(try await scene.aws(counts) == "[1, [[1, 4, false]]]")
    #expect(try await plan(scene, exit: 0).contains("the first apply after that parks it"))
    // The manifest holds again.
    try await scene.weir(["stop", "night"] + prod, isQuiet: true)
    #expect(try await plan(scene, exit: 0).contains("weir start") == false)
    #expect(try await scene.aws(counts) == "[0, [[0, 4, true]]]")
  }

  @Test("what nobody has parked yet is not told to be parked, nor to save anything")
  func statusBeforeAnApply() async throws {
    let scene = try await scene(", state: parked")
    func status() async throws -> String {
      try await scene.weir("status", "night", "--env", "prod", isQuiet: true).output
    }
    #expect(try await status().contains("parking would save $"))
    try await scene.aws(
      "[aws('ecs').update_service(cluster='pythonide-cluster', service='pythonide-service',"
        + " desiredCount=0)] and None")
    let stopped = try await status()
    #expect(stopped.contains("It is so already, and not by Weir"), "\(stopped)")
    #expect(stopped.contains("parking saves nothing"), "\(stopped)")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    #expect(try await status().contains("  parked  "))
    let wrong = try await scene.weir(
      "status", "night", "--env", "prod", "--commitments", exit: 64, isQuiet: true)
    #expect(wrong.errors.contains("leave out the name of the group"), "\(wrong.errors)")
  }

  @Test("a stop and a start leave alone what parking does not touch")
  func onlyWhatParkingTouches() async throws {
    let scene = try await scene()
    let prod = ["--env", "prod", "--auto-approve"]
    try await scene.weir(["apply"] + prod, isQuiet: true)
    let size = """
      [[d['cpu'], d['memory']] for d in [aws('ecs').describe_task_definition(taskDefinition=
        aws.service()['taskDefinition'])['taskDefinition']]]
      """
    let before = try await scene.aws(size)
    try scene.repository.edit(
      "manifests/tasks.yaml", "cpu: 1 vCPU\n  memory: 2 GB", "cpu: 0.5 vCPU\n  memory: 1 GB")
    try await scene.repository.commit("Smaller")
    let dry = try await scene.weir("stop", "night", "--env", "prod", "--dry-run", isQuiet: true)
    #expect(dry.output.contains("desiredCount") && !dry.output.contains("cpu"), "\(dry.output)")
    try await scene.weir(["stop", "night"] + prod, isQuiet: true)
    #expect(try await scene.aws(size) == before)
    let planned = try await plan(scene, exit: 2)
    #expect(planned.contains("cpu") && !planned.contains("desiredCount  "), "\(planned)")
    try await scene.weir(["start", "night"] + prod, isQuiet: true)
    #expect(try await scene.aws(size) == before)
    #expect(try await scene.aws(counts) == "[1, [[1, 4, false]]]")
    #expect(try await plan(scene, exit: 2).contains("cpu"))
    try await scene.weir(["apply"] + prod, isQuiet: true)
    #expect(try await scene.aws(size) == #"[["512", "1024"]]"#)
  }

  @Test("what another group holds parked is told with that group")
  func overlappingGroups() async throws {
    let scene = try await scene()
    let prod = ["--env", "prod", "--auto-approve"]
    try scene.repository.write(
      "manifests/other.yaml",
      """
      apiVersion: weir/v1
      kind: Parking
      metadata: {name: holidays, environments: [prod]}
      spec: {tags: {project: pythonide}, only: [ecs]}
      """)
    try await scene.repository.commit("Another group")
    try await scene.weir(["apply"] + prod, isQuiet: true)
    for group in ["night", "holidays"] {
      try await scene.weir(["stop", group] + prod, isQuiet: true)
    }
    let told = try await scene.weir(["start", "night"] + prod, isQuiet: true)
    #expect(
      told.errors.contains("It stays parked: Parking/holidays holds it"), "\(told.errors)")
    #expect(try await scene.aws(counts) == "[0, [[0, 4, true]]]")
    let status = try await scene.weir("status", "night", "--env", "prod", isQuiet: true)
    #expect(status.output.contains("Parking/holidays has it parked."), "\(status.output)")
    try await scene.weir(["start", "holidays"] + prod, isQuiet: true)
    #expect(try await scene.aws(counts) == "[1, [[1, 4, false]]]")
  }

  @Test("a group that is not there is told with those that are")
  func unknownGroup() async throws {
    let scene = try await scene()
    let told = try await scene.weir("stop", "day", "--env", "prod", exit: 1, isQuiet: true)
    #expect(told.errors.contains("There are: night."), "\(told.errors)")
    try await scene.weir(
      "start", "night", "--env", "prod", "--for", "ever", exit: 64, isQuiet: true)
  }
}
