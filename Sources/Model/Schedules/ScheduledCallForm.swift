/// How an operation of AWS changes resources of a type.
///
/// EventBridge Scheduler calls every operation of the services that it knows but those that read, by the
/// names of the SDK for Java in small letters: `applicationautoscaling` (EventBridge Scheduler user guide,
/// managing-targets-universal). The members are those of the API descriptions of the services.
struct ScheduledCallForm: Sendable {
  let operation: String
  let type: String
  let naming: Naming
  /// By attribute the way to its member.
  var attributes: [String: [String]] = [:]
  /// Members that are the same in each call.
  var constants: [String: Value] = [:]
  /// What it makes of attributes whatever it is called with.
  var fixed: [String: Value] = [:]
  /// By attribute the flags of its member, of which the attribute lists those that are raised.
  var flags: [String: [String]] = [:]
  /// An attribute whose name goes on with what the member `Qualifier` says: `provisionedConcurrency.live`.
  var qualified: String?

  /// How the members say which resource is meant.
  enum Naming: Sendable {
    /// The texts of these members with `/` between them.
    case members([String])
    /// The only element of this member.
    case list(String)
    /// `DIMENSION/RESOURCEID`, with the namespace that the dimension begins with.
    case scalableTarget
  }

  private static let suspensions = [
    "DynamicScalingInSuspended", "DynamicScalingOutSuspended", "ScheduledScalingSuspended",
  ]

  /// All that are known, one line each. Those with fixed values come before others of their type.
  static let all: [ScheduledCallForm] = [
    .state("rds:stopDBCluster", "rds/cluster", .members(["DbClusterIdentifier"]), "stopped"),
    .state("rds:startDBCluster", "rds/cluster", .members(["DbClusterIdentifier"]), "running"),
    .state("rds:stopDBInstance", "rds/instance", .members(["DbInstanceIdentifier"]), "stopped"),
    .state("rds:startDBInstance", "rds/instance", .members(["DbInstanceIdentifier"]), "running"),
    .state("ec2:stopInstances", "ec2/instance", .list("InstanceIds"), "stopped"),
    .state("ec2:startInstances", "ec2/instance", .list("InstanceIds"), "running"),
    .state(
      "sagemaker:stopNotebookInstance", "sagemaker/notebook", .members(["NotebookInstanceName"]),
      "stopped"),
    .state(
      "sagemaker:startNotebookInstance", "sagemaker/notebook", .members(["NotebookInstanceName"]),
      "running"),
    Self(
      operation: "cloudwatch:disableAlarmActions", type: "cloudwatch/alarm",
      naming: .list("AlarmNames"), fixed: ["actionsEnabled": false]),
    Self(
      operation: "cloudwatch:enableAlarmActions", type: "cloudwatch/alarm",
      naming: .list("AlarmNames"), fixed: ["actionsEnabled": .null]),
    Self(
      operation: "lambda:deleteFunctionConcurrency", type: "lambda/function",
      naming: .members(["FunctionName"]), fixed: ["reservedConcurrency": .null]),
    Self(
      operation: "lambda:putFunctionConcurrency", type: "lambda/function",
      naming: .members(["FunctionName"]),
      attributes: ["reservedConcurrency": ["ReservedConcurrentExecutions"]]),
    Self(
      operation: "lambda:deleteProvisionedConcurrencyConfig", type: "lambda/function",
      naming: .members(["FunctionName"]), qualified: "provisionedConcurrency"),
    Self(
      operation: "lambda:putProvisionedConcurrencyConfig", type: "lambda/function",
      naming: .members(["FunctionName"]),
      attributes: ["provisionedConcurrency": ["ProvisionedConcurrentExecutions"]],
      qualified: "provisionedConcurrency"),
    Self(
      operation: "ecs:updateService", type: "ecs/service",
      naming: .members(["Cluster", "Service"]),
      attributes: ["desiredCount": ["DesiredCount"]]),
    Self(
      operation: "applicationautoscaling:registerScalableTarget",
      type: "application-autoscaling/target", naming: .scalableTarget,
      attributes: [
        "minCapacity": ["MinCapacity"], "maxCapacity": ["MaxCapacity"],
        "suspended": ["SuspendedState"],
      ], flags: ["suspended": suspensions]),
    Self(
      operation: "kinesis:updateShardCount", type: "kinesis/stream",
      naming: .members(["StreamName"]), attributes: ["shards": ["TargetShardCount"]],
      constants: ["ScalingType": "UNIFORM_SCALING"]),
    Self(
      operation: "dynamodb:updateTable", type: "dynamodb/table", naming: .members(["TableName"]),
      attributes: [
        "readCapacity": ["ProvisionedThroughput", "ReadCapacityUnits"],
        "writeCapacity": ["ProvisionedThroughput", "WriteCapacityUnits"],
      ]),
    Self(
      operation: "rds:modifyDBCluster", type: "rds/cluster",
      naming: .members(["DbClusterIdentifier"]),
      attributes: [
        "minCapacity": ["ServerlessV2ScalingConfiguration", "MinCapacity"],
        "maxCapacity": ["ServerlessV2ScalingConfiguration", "MaxCapacity"],
        "secondsUntilAutoPause": ["ServerlessV2ScalingConfiguration", "SecondsUntilAutoPause"],
      ], constants: ["ApplyImmediately": true]),
    Self(
      operation: "rds:modifyDBInstance", type: "rds/instance",
      naming: .members(["DbInstanceIdentifier"]), attributes: ["class": ["DbInstanceClass"]],
      constants: ["ApplyImmediately": true]),
    Self(
      operation: "eks:updateNodegroupConfig", type: "eks/nodegroup",
      naming: .members(["ClusterName", "NodegroupName"]),
      attributes: [
        "minSize": ["ScalingConfig", "MinSize"], "maxSize": ["ScalingConfig", "MaxSize"],
        "desiredSize": ["ScalingConfig", "DesiredSize"],
      ]),
  ]

  private static func state(
    _ operation: String, _ type: String, _ naming: Naming, _ state: String
  ) -> Self {
    Self(operation: operation, type: type, naming: naming, fixed: ["state": .string(state)])
  }

  /// Whether a call makes just these values of a resource.
  func makes(_ values: [String: Value]) -> Bool {
    guard fixed.allSatisfy({ values[$0] == $1 }) else { return false }
    // One call takes one qualifier.
    if qualified != nil, values.count != 1 { return false }
    return values.allSatisfy { name, value in
      if fixed[name] != nil { return true }
      let attribute = attribute(of: name)
      if value.isNull { return flags[name] != nil || attribute == qualified && attributes.isEmpty }
      return attributes[attribute] != nil
    }
  }

  /// The attribute that `name` is, without its qualifier.
  func attribute(of name: String) -> String {
    guard let qualified, name.hasPrefix("\(qualified).") else { return name }
    return qualified
  }

  /// The name of an attribute, with its qualifier.
  func attribute(_ attribute: String, in input: Value) -> String {
    guard attribute == qualified else { return attribute }
    return "\(attribute).\(input["Qualifier"]?.string ?? "")"
  }

  /// The member that says the qualifier in `name`.
  func qualifierMember(of name: String) -> (name: String, value: Value)? {
    guard let qualified, name.hasPrefix("\(qualified).") else { return nil }
    return ("Qualifier", .string(String(name.dropFirst(qualified.count + 1))))
  }
}

extension ScheduledCallForm.Naming {
  /// The members that mean the resource `name`.
  func members(of name: String) -> [String: Value] {
    switch self {
    case .list(let member): return [member: [.string(name)]]
    case .members(let members):
      let parts = name.split(
        separator: "/", maxSplits: members.count - 1, omittingEmptySubsequences: false)
      return Dictionary(
        zip(members, parts.map { Value.string(String($0)) }),
        uniquingKeysWith: { first, _ in first })
    case .scalableTarget:
      let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
      guard let dimension = parts.first, let resource = parts.last else { return [:] }
      return [
        "ServiceNamespace": .string(String(dimension.prefix { $0 != ":" })),
        "ScalableDimension": .string(dimension), "ResourceId": .string(resource),
      ]
    }
  }

  /// The name of the resource that an input means; nil where it means none, or several.
  func name(in input: Value) -> String? {
    switch self {
    case .list(let member):
      guard let elements = input[member]?.list, elements.count == 1 else { return nil }
      return elements.first?.string
    case .members(let members):
      let parts = members.compactMap { input[$0]?.string }
      return parts.count == members.count ? parts.joined(separator: "/") : nil
    case .scalableTarget:
      guard let dimension = input["ScalableDimension"]?.string,
        let resource = input["ResourceId"]?.string
      else { return nil }
      return "\(dimension)/\(resource)"
    }
  }
}
