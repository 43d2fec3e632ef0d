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
  ]

  @Test(arguments: calls)
  func areReadAsTheyAreWritten(
    _ address: Address, _ values: [String: Value], _ operation: String, _ input: Value
  ) {
    let call = ScheduledCall(address, values)
    #expect(call.operation == operation && call.input == input)
    #expect(ScheduledCall(operation: operation, input: input) == call)
  }

  @Test func othersAreNotKnown() {
    #expect(ScheduledCall(operation: "rds:modifyDBCluster", input: ["A": "b"]) == nil)
    #expect(ScheduledCall(operation: "sqs:sendMessage", input: [:]) == nil)
    #expect(ScheduledCall(Address("logs/log-group", "a"), [:]).operation == nil)
  }
}
