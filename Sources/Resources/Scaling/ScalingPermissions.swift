internal import Model

extension ScalingCalls {
  /// What reading takes: the operations that describe know no resources.
  func reading(_ operations: [String]) -> [IAMPermission] {
    [IAMPermission(operations.map { "application-autoscaling:\($0)" })]
  }

  /// What writing takes. The ARN of a scalable target holds an ID that only AWS knows.
  ///
  /// AWS makes the first target of a service with a role of its own, and asks whether the caller may
  /// change the capacity himself (Application Auto Scaling user guide, identity-based policies).
  func writing(
    _ operations: [String], to targets: [ScalingTargetName], in scope: ResourceScope
  ) -> [IAMPermission] {
    var permissions = [
      IAMPermission(
        operations.map { "application-autoscaling:\($0)" },
        on: [scope.arn("application-autoscaling", "scalable-target/*")])
    ]
    for (namespace, targets) in Dictionary(grouping: targets, by: \.namespace).sorted(by: {
      $0.key < $1.key
    }) {
      let role = "\(namespace).application-autoscaling.amazonaws.com"
      permissions.append(
        IAMPermission(
          ["iam:CreateServiceLinkedRole"],
          on: [scope.globalARN("iam", "role/aws-service-role/\(role)/*")],
          where: ["iam:AWSServiceName": role]))
      let changes = Self.capacityActions[namespace] ?? []
      if !changes.isEmpty {
        permissions.append(
          IAMPermission(
            changes, on: Set(targets.map { scope.arn(namespace, $0.arnPart) }).sorted()))
      }
    }
    return permissions
  }

  /// What a target of a namespace reads and changes.
  private static let capacityActions = [
    "dynamodb": ["dynamodb:DescribeTable", "dynamodb:UpdateTable"],
    "ecs": ["ecs:DescribeServices", "ecs:UpdateService"],
  ]
}
