internal import Model

extension ParkedForm {
  /// ECS: scaling is suspended and may go down to nothing, then the count does.
  static let ecsService = ParkedForm(service: "ecs", type: "ecs/service") { subject in
    if subject.live?.context["schedulingStrategy"] == "DAEMON" {
      return .kept("A daemon service has no count: it runs on every instance of its cluster.")
    }
    let address = Address("ecs/service", subject.name)
    let target = Address(
      "application-autoscaling/target", "ecs:service:DesiredCount/service/\(subject.name)")
    return .parked([
      Part(
        address: target,
        attributes: [
          "minCapacity": .exactly(0),
          "suspended": .exactly(allScaling),
        ], isOptional: true),
      Part(
        address: address, attributes: ["desiredCount": .exactly(0)], dependsOn: [target],
        scaledBy: ["desiredCount": target]),
    ])
  }

  /// EC2: what cannot be stopped alone stays (EC2 user guide, "Stop and start Amazon EC2 instances").
  static let ec2Instance = ParkedForm(service: "ec2", type: "ec2/instance") { subject in
    let context = subject.live?.context ?? [:]
    if let group = context["autoScalingGroup"]?.string {
      return .kept("It belongs to the Auto Scaling group \(group), which would replace it.")
    }
    if context["lifecycle"] == "spot" {
      return .kept("A Spot Instance cannot simply be stopped.")
    }
    if context["rootDevice"] == "instance-store" {
      return .kept("Its root volume is an instance store, so that it cannot be stopped.")
    }
    return .parked([
      Part(
        address: Address("ec2/instance", subject.name), attributes: ["state": .exactly("stopped")],
        notes: [
          "its volumes stay and are billed; without an Elastic IP it has another public address"
            + " afterwards"
        ])
    ])
  }

  /// Lambda: scaling of what is kept warm is suspended and may go down to nothing, then no calls are taken, and
  /// nothing is kept warm. Left alone, scaling could provision again what is deleted. Targets take a least of 0
  /// (Application Auto Scaling user guide, services-that-can-integrate-lambda).
  static let function = ParkedForm(service: "lambda", type: "lambda/function") { subject in
    let prefix = "provisionedConcurrency."
    let provisioned = subject.attributes.union(subject.isAny ? ["\(prefix)*"] : [])
      .filter { $0.hasPrefix(prefix) }.sorted()
    var attributes: [String: DesiredValue] = ["reservedConcurrency": .exactly(0)]
    for name in provisioned { attributes[name] = .absent }
    let targets = provisioned.map { name in
      Address(
        "application-autoscaling/target",
        "lambda:function:ProvisionedConcurrency/function:\(subject.name):\(name.dropFirst(prefix.count))"
      )
    }
    return .parked(
      targets.map { target in
        Part(
          address: target,
          attributes: ["minCapacity": .exactly(0), "suspended": .exactly(allScaling)],
          isOptional: true)
      } + [
        Part(
          address: Address("lambda/function", subject.name), attributes: attributes,
          dependsOn: targets, scaledBy: Dictionary(uniqueKeysWithValues: zip(provisioned, targets)))
      ])
  }
}
