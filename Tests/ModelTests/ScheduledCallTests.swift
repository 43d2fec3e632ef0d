import Foundation
import Model
import Testing

/// Calls of EventBridge Scheduler say the same of a resource there and back.
@Suite struct ScheduledCallTests {
  static let calls: [(Address, [String: Value], String, Value)] = [
    (
      Address("rds/cluster", "orders"), ["minCapacity": .number(0.5), "maxCapacity": 1],
      "rds:modifyDBCluster",
      [
        "DbClusterIdentifier": "orders", "ApplyImmediately": true,
        "ServerlessV2ScalingConfiguration": ["MinCapacity": .number(0.5), "MaxCapacity": 1],
      ]
    ),
    (
      Address("rds/instance", "shop"), ["class": "db.t4g.small"], "rds:modifyDBInstance",
      ["DbInstanceIdentifier": "shop", "DbInstanceClass": "db.t4g.small", "ApplyImmediately": true]
    ),
    (
      Address("eks/nodegroup", "main/spot"), ["minSize": 0, "maxSize": 4, "desiredSize": 1],
      "eks:updateNodegroupConfig",
      [
        "ClusterName": "main", "NodegroupName": "spot",
        "ScalingConfig": ["MinSize": 0, "MaxSize": 4, "DesiredSize": 1],
      ]
    ),
    (
      Address("rds/instance", "shop"), ["state": "stopped"], "rds:stopDBInstance",
      ["DbInstanceIdentifier": "shop"]
    ),
    (
      Address("rds/cluster", "orders"), ["state": "running"], "rds:startDBCluster",
      ["DbClusterIdentifier": "orders"]
    ),
    (
      Address("ec2/instance", "i-1"), ["state": "stopped"], "ec2:stopInstances",
      ["InstanceIds": ["i-1"]]
    ),
    (
      Address("sagemaker/notebook", "lab"), ["state": "running"],
      "sagemaker:startNotebookInstance", ["NotebookInstanceName": "lab"]
    ),
    (
      Address("cloudwatch/alarm", "a/b: c"), ["actionsEnabled": false],
      "cloudwatch:disableAlarmActions", ["AlarmNames": ["a/b: c"]]
    ),
    (
      Address("cloudwatch/alarm", "busy"), ["actionsEnabled": .null],
      "cloudwatch:enableAlarmActions", ["AlarmNames": ["busy"]]
    ),
    (
      Address("lambda/function", "mail"), ["reservedConcurrency": 0],
      "lambda:putFunctionConcurrency",
      ["FunctionName": "mail", "ReservedConcurrentExecutions": 0]
    ),
    (
      Address("lambda/function", "mail"), ["reservedConcurrency": .null],
      "lambda:deleteFunctionConcurrency", ["FunctionName": "mail"]
    ),
    (
      Address("lambda/function", "mail"), ["provisionedConcurrency.live": 5],
      "lambda:putProvisionedConcurrencyConfig",
      ["FunctionName": "mail", "Qualifier": "live", "ProvisionedConcurrentExecutions": 5]
    ),
    (
      Address("lambda/function", "mail"), ["provisionedConcurrency.live": .null],
      "lambda:deleteProvisionedConcurrencyConfig", ["FunctionName": "mail", "Qualifier": "live"]
    ),
    (
      Address("ecs/service", "web/api"), ["desiredCount": 2], "ecs:updateService",
      ["Cluster": "web", "Service": "api", "DesiredCount": 2]
    ),
    (
      Address("application-autoscaling/target", "ecs:service:DesiredCount/service/web/api"),
      ["minCapacity": 0, "suspended": ["DynamicScalingOutSuspended"]],
      "applicationautoscaling:registerScalableTarget",
      [
        "ServiceNamespace": "ecs", "ScalableDimension": "ecs:service:DesiredCount",
        "ResourceId": "service/web/api", "MinCapacity": 0,
        "SuspendedState": [
          "DynamicScalingInSuspended": false, "DynamicScalingOutSuspended": true,
          "ScheduledScalingSuspended": false,
        ],
      ]
    ),
    (
      Address("kinesis/stream", "clicks"), ["shards": 1], "kinesis:updateShardCount",
      ["StreamName": "clicks", "TargetShardCount": 1, "ScalingType": "UNIFORM_SCALING"]
    ),
    (
      Address("dynamodb/table", "carts"), ["readCapacity": 1, "writeCapacity": 2],
      "dynamodb:updateTable",
      [
        "TableName": "carts",
        "ProvisionedThroughput": ["ReadCapacityUnits": 1, "WriteCapacityUnits": 2],
      ]
    ),
  ]

  @Test(arguments: calls)
  func areReadAsTheyAreWritten(
    _ address: Address, _ values: [String: Value], _ operation: String, _ input: Value
  ) {
    let call = ScheduledCall(address, values)
    #expect(call.operation == operation && call.input == input)
    #expect(ScheduledCall(operation: operation, input: input) == call)
    #expect(ScheduledCall(target: call.target.map { .string($0) }, input: input) == call)
  }

  @Test func othersAreNotKnown() {
    #expect(ScheduledCall(operation: "rds:modifyDBCluster", input: ["A": "b"]) == nil)
    #expect(ScheduledCall(operation: "sqs:sendMessage", input: [:]) == nil)
    #expect(ScheduledCall(Address("logs/log-group", "a"), [:]).operation == nil)
    // One call does not do both.
    let both: [String: Value] = ["reservedConcurrency": 0, "provisionedConcurrency.live": .null]
    #expect(ScheduledCall(Address("lambda/function", "mail"), both).operation == nil)
    #expect(ScheduledCall(Address("rds/instance", "a"), ["state": "paused"]).operation == nil)
    #expect(
      ScheduledCall(operation: "ec2:stopInstances", input: ["InstanceIds": ["i-1", "i-2"]]) == nil)
  }
}
