internal import Foundation
internal import Model
internal import Pricing

/// `ec2/instance`: an instance of EC2. Its name is its ID.
///
/// Attribute: `state`, `running` or `stopped`; one that is on its way there counts as there. Context:
/// `instanceType`, `platform`, `tenancy`, `lifecycle` (of a Spot Instance), `rootDevice`, `autoScalingGroup`. Weir
/// neither creates nor terminates any; what is terminated is not there.
///
/// Reads take one request for two hundred instances, which is how many values a filter takes, and one for a
/// thousand that a selector means (API description of ec2, DescribeInstances). Selectors: `tags`.
struct InstanceType: ExistingResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  var type: String { "ec2/instance" }
  var noun: String { "instances" }
  /// Stopping takes a minute or two.
  var verification: Verification { Verification(tries: 12, interval: 10) }

  var writeEvents: WriteEvents? {
    WriteEvents(
      changing: ["StartInstances", "StopInstances"], deleting: ["TerminateInstances"]
    ) { request in
      (request["instancesSet"]?["items"]?.elements ?? []).compactMap { $0["instanceId"]?.string }
    }
  }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    switch access {
    case .read: [IAMPermission(["ec2:DescribeInstances"])]
    case .write:
      [
        IAMPermission(
          ["ec2:StartInstances", "ec2:StopInstances"],
          on: names.map { scope.arn("ec2", "instance/\($0)") })
      ]
    }
  }

  /// EC2 user guide, "Stop and start Amazon EC2 instances" and "Stop a Spot Instance"; API description of ec2,
  /// StopInstances.
  func problems(with write: ResourceWrite) -> [ResourceProblem] {
    guard let state = write.set["state"], let context = write.live?.context else { return [] }
    guard state == "stopped" || state == "running" else {
      return [ResourceProblem("state", "An instance is `running` or `stopped`.")]
    }
    guard state == "stopped" else { return [] }
    if context["rootDevice"] == "instance-store" {
      return [
        ResourceProblem(
          "state", "Its root volume is an instance store: it can be terminated, but not stopped.")
      ]
    }
    if context["lifecycle"] == "spot" {
      return [ResourceProblem("state", "A Spot Instance cannot simply be stopped.")]
    }
    if let group = context["autoScalingGroup"]?.string {
      return [
        ResourceProblem(
          "state",
          "The Auto Scaling group \(group) would take it for ill and replace it: lower the group's"
            + " size instead.")
      ]
    }
    return []
  }

  /// The instance alone: its volumes and addresses are billed on their own.
  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    guard attributes["state"] == "running" else { return .zero }
    let kind = context["instanceType"]?.string ?? "unknown"
    if context["lifecycle"] == "spot" { return .unknown("the price of Spot Instances moves") }
    guard context["platform"] == "Linux/UNIX", context["tenancy"] ?? "default" == "default" else {
      return .unknown("no price for \(context["platform"]?.string ?? "the platform") instances")
    }
    return scope.prices.monthlyCost(
      of: .computeInstance(kind), quantity: 1, in: scope.region, called: "\(kind) instances")
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let found = try await inParallel(names.sorted().batches(of: 200)) { batch in
      try await describe([filter("instance-id", batch)])
    }
    return resources(found.joined()).filter { names.contains($0.key) }
  }

  func find(_ selector: ResourceSelector) async throws -> [String: LiveResource] {
    guard let tags = TagFilter(selector) else { return [:] }
    return resources(
      try await describe(tags.ec2Filters).filter { tags.matches($0["Tags"]?.tags ?? [:]) })
  }

  func update(_ write: ResourceWrite) async throws {
    let operation = write.set["state"] == "stopped" ? "StopInstances" : "StartInstances"
    guard write.set["state"] != nil else { return }
    _ = try await scope.client.call("ec2", operation, ["InstanceIds": [.string(write.name)]])
  }

  private func filter(_ name: String, _ values: [String]) -> Value {
    ["Name": .string(name), "Values": .list(values.map(Value.string))]
  }

  private func describe(_ filters: [Value]) async throws -> [Value] {
    let alive = filter("instance-state-name", ["pending", "running", "stopping", "stopped"])
    return try await scope.client.all(
      "ec2", "DescribeInstances", ["Filters": .list(filters + [alive]), "MaxResults": 1000],
      items: "Reservations"
    ).flatMap { $0["Instances"]?.elements ?? [] }
  }

  private func resources(_ instances: some Sequence<Value>) -> [String: LiveResource] {
    var found: [String: LiveResource] = [:]
    for instance in instances {
      guard let name = instance["InstanceId"]?.string,
        let state = instance["State"]?["Name"]?.string
      else { continue }
      let isRunning = ["pending", "running"].contains(state)
      let context: [String: Value] = [
        "instanceType": instance["InstanceType"] ?? .null,
        "platform": instance["PlatformDetails"] ?? .null,
        "tenancy": instance["Placement"]?["Tenancy"] ?? .null,
        "lifecycle": instance["InstanceLifecycle"] ?? .null,
        "rootDevice": instance["RootDeviceType"] ?? .null,
        "autoScalingGroup": (instance["Tags"]?.tags ?? [:])["aws:autoscaling:groupName"]
          .map(Value.string) ?? .null,
      ]
      found[name] = LiveResource(
        attributes: ["state": .string(isRunning ? "running" : "stopped")],
        context: context.without())
    }
    return found
  }
}
