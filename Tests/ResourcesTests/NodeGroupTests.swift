import Foundation
import Model
import Testing

@testable import Resources

private func eks(_ changes: [String: Value] = [:]) -> FakeAWS {
  FakeAWS { operation, input in
    guard operation == "DescribeNodegroup" else { return [:] }
    if input["nodegroupName"] == "none" { throw FakeFailure(code: "ResourceNotFoundException") }
    let group: Value = [
      "status": "ACTIVE", "capacityType": "ON_DEMAND", "instanceTypes": ["t3.medium"],
      "scalingConfig": ["minSize": 1, "maxSize": 4, "desiredSize": 2],
      "labels": ["tier": "front", "example.com/a.b": "c"],
      "taints": [
        ["key": "spot", "effect": "NO_SCHEDULE"],
        ["key": "x", "value": "y", "effect": "NO_EXECUTE"],
      ],
    ]
    return ["nodegroup": group.with(changes)]
  }
}

@Suite struct NodeGroupTests {
  @Test(arguments: [1, 40, 1000])
  func readsOneARequest(count: Int) async throws {
    let aws = eks()
    let names = Set((0..<count).map { "shop/g\($0)" })
    #expect(try await resourceType("eks/nodegroup", aws).read(names).count == count)
    #expect(aws.calls.count == count)
  }

  @Test func readsLabelsAndTaintsByKey() async throws {
    let live = try await resourceType("eks/nodegroup", eks()).read(["shop/w", "shop/none"])
    #expect(
      live.mapValues(\.attributes) == [
        "shop/w": [
          "minSize": 1, "maxSize": 4, "desiredSize": 2, "labels.tier": "front",
          "labels.example.com/a.b": "c", "taints.spot:NO_SCHEDULE": "", "taints.x:NO_EXECUTE": "y",
        ]
      ])
  }

  @Test func writesOnlyWhatIsTouched() async throws {
    let aws = eks()
    let type = resourceType("eks/nodegroup", aws)
    let live = try await type.read(["shop/w"])["shop/w"]
    try await type.update(
      ResourceWrite(
        name: "shop/w", live: live,
        set: ["maxSize": 8, "labels.tier": "back", "taints.spot:NO_SCHEDULE": "yes"],
        unset: ["labels.example.com/a.b", "taints.x:NO_EXECUTE"]))
    try await type.update(ResourceWrite(name: "shop/w", live: live, set: ["labels.tier": "last"]))
    let inputs = aws.inputs(of: "UpdateNodegroupConfig")
    #expect(
      inputs[0] == [
        "clusterName": "shop", "nodegroupName": "w",
        "scalingConfig": ["minSize": 1, "maxSize": 8, "desiredSize": 2],
        "labels": ["addOrUpdateLabels": ["tier": "back"], "removeLabels": ["example.com/a.b"]],
        "taints": [
          "addOrUpdateTaints": [["key": "spot", "value": "yes", "effect": "NO_SCHEDULE"]],
          "removeTaints": [["key": "x", "value": "y", "effect": "NO_EXECUTE"]],
        ],
      ])
    #expect(
      inputs[1] == [
        "clusterName": "shop", "nodegroupName": "w",
        "labels": ["addOrUpdateLabels": ["tier": "last"]],
      ])
  }

  @Test(
    arguments: [
      (["maxSize": 1], "does not lie within 1 to 1"), (["minSize": 5], "more than the most"),
      (["desiredSize": 5], "does not lie within 1 to 4"),
      (["maxSize": 0, "minSize": 0], "room for one"),
      (["minSize": 3, "desiredSize": 3], nil), (["labels.a": "b"], nil),
    ] as [([String: Value], String?)])
  func checksSizes(set: [String: Value], reason: String?) async throws {
    let type = resourceType("eks/nodegroup", eks())
    let live = try await type.read(["shop/w"])["shop/w"]
    let errors = type.errors(ResourceWrite(name: "shop/w", live: live, set: set))
    #expect(errors.count == (reason == nil ? 0 : 1))
    if let reason { #expect(errors.first?.contains(reason) == true, "\(errors)") }
  }

  @Test func waitsForAnUpdateThatRuns() async throws {
    let type = resourceType("eks/nodegroup", eks(["status": "UPDATING"]))
    let live = try await type.read(["shop/w"])["shop/w"]
    #expect(type.errors(ResourceWrite(name: "shop/w", live: live, set: ["maxSize": 8])).count == 1)
  }

  @Test func costs() {
    let type = resourceType("eks/nodegroup")
    func cost(_ count: Value, _ context: [String: Value]) -> MonthlyCost {
      type.monthlyCost(
        attributes: ["desiredSize": count],
        context: context.merging(["desiredSize": 3, "capacityType": "ON_DEMAND"]) { own, _ in own })
    }
    #expect(
      cost(3, ["instanceTypes": ["m5.large", "t3.nano"]]).amount == Decimal(string: "210.24"))
    #expect(cost(3, ["instanceTypes": ["m5.large"]]).isKnown)
    #expect(!cost(2, ["instanceTypes": ["m5.large"]]).isKnown)
    #expect(cost(3, ["instanceTypes": ["x9.huge"]]).isKnown == false)
    #expect(cost(3, ["capacityType": "SPOT", "instanceTypes": ["m5.large"]]).amount == 0)
    #expect(cost(0, [:]) == .zero)
  }
}
