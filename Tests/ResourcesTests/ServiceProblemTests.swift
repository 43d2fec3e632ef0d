import Model
import Testing

@testable import Resources

private func errors(
  _ set: [String: Value], _ context: [String: Value] = [:],
  live: [String: Value] = ["cpu": 2048, "memory": 8192]
) -> [String] {
  resourceType("ecs/service").errors(
    ResourceWrite(
      name: "c/s",
      live: LiveResource(
        attributes: live, context: ["launchType": "FARGATE"].merging(context) { $1 }), set: set))
}

@Suite struct ServiceProblemTests {
  @Test(arguments: [
    (256, 512), (256, 2048), (512, 3072), (1024, 8192), (2048, 16384), (4096, 30720),
    (8192, 61440), (16384, 122_880),
  ])
  func takesTheSizesThatFargateHas(cpu: Int, memory: Int) {
    #expect(errors(["cpu": Value(cpu), "memory": Value(memory)]).isEmpty)
  }

  @Test func namesTheValidMemorySizes() {
    #expect(
      errors(["cpu": 1024, "memory": 512]) == [
        "Fargate has no tasks with 1024 CPU units and 512 MiB of memory; with 1024 CPU units memory"
          + " is 2048 to 8192 in steps of 1024 MiB."
      ])
    #expect(
      errors(["cpu": 256]) == [
        "Fargate has no tasks with 256 CPU units and 8192 MiB of memory; with 256 CPU units memory"
          + " is 512, 1024 or 2048 MiB."
      ])
    #expect(errors(["cpu": 8192, "memory": 20480]) == [])
    #expect(errors(["cpu": 8192, "memory": 21504]).count == 1)
  }

  @Test func namesTheValidCPUSizes() {
    #expect(
      errors(["cpu": 333]) == [
        "Fargate has no tasks with 333 CPU units; it has 256, 512, 1024, 2048, 4096, 8192, 16384."
      ])
  }

  @Test func countsTheContainers() {
    let containers: [String: Value] = [
      "containers": [
        ["name": "app", "memory": 4096, "memoryReservation": 512], ["name": "b", "memory": 2048],
      ]
    ]
    #expect(
      errors(["memory": 4096, "cpu": 1024], containers).isEmpty)
    #expect(
      errors(["memory": 2048, "cpu": 1024], containers) == [
        "The container app has a limit of 4096 MiB, more than the 2048 MiB of the task."
      ])
    let reserved: [String: Value] = [
      "containers": [
        ["name": "a", "memoryReservation": 1024, "cpu": 1000],
        ["name": "b", "memory": 1025, "cpu": 25],
      ]
    ]
    #expect(
      errors(["memory": 2048, "cpu": 1024], reserved) == [
        "The containers reserve 2049 MiB together, more than the 2048 MiB of the task.",
        "The containers reserve 1025 CPU units together, more than the 1024 of the task.",
      ])
  }

  @Test func knowsWindowsAndOldPlatforms() {
    let windows: [String: Value] = ["operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"]
    #expect(errors(["cpu": 512, "memory": 1024], windows).count == 1)
    #expect(errors(["cpu": 1024, "memory": 2048], windows).isEmpty)
    #expect(errors(["cpu": 8192, "memory": 16384], windows).count == 1)
    #expect(
      errors(["cpu": 8192, "memory": 16384], ["platformVersion": "1.3.0"]) == [
        "Tasks with 8192 CPU units need platform version 1.4.0; the service is set to 1.3.0."
      ])
    #expect(errors(["cpu": 8192, "memory": 16384], ["platformVersion": "1.4.0"]).isEmpty)
  }

  @Test func leavesTheSizeAloneWhereOnlyTheCountChanges() {
    #expect(errors(["desiredCount": 1], live: ["cpu": 7, "memory": 7]).isEmpty)
    #expect(errors(["desiredCount": -1]).count == 1)
    #expect(errors(["desiredCount": 1], ["schedulingStrategy": "DAEMON"]).count == 1)
  }

  @Test func doesNotHoldInstancesToFargatesSizes() {
    let instances: [String: Value] = ["launchType": "EC2"]
    #expect(errors(["cpu": 333, "memory": 77], instances).isEmpty)
    #expect(errors(["cpu": 100], instances).count == 1)
    #expect(
      errors(["cpu": 333], ["launchType": "EC2", "requiresCompatibilities": ["FARGATE"]]).count
        == 1)
  }

  @Test func doesNotDeployForCodeDeploy() {
    let controller: [String: Value] = ["deploymentController": "CODE_DEPLOY"]
    #expect(errors(["cpu": 1024], controller).count == 1)
    #expect(errors(["desiredCount": 1], controller).isEmpty)
  }

  @Test func saysNothingOfAServiceThatIsNotThere() {
    let write = ResourceWrite(name: "c/s", live: nil, set: ["cpu": 333])
    #expect(resourceType("ecs/service").errors(write).isEmpty)
  }
}
