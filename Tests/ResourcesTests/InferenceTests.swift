import Foundation
import Model
import Pricing
import Synchronization
import Testing

@testable import Resources

private let endpoint: Value = [
  "EndpointName": "Ranking", "EndpointArn": "arn:aws:sagemaker:us-east-1:1:endpoint/ranking",
  "EndpointConfigName": "large", "EndpointStatus": "InService",
]

private let target: Value = [
  "ResourceId": "endpoint/Ranking/variant/all", "MinCapacity": 1, "MaxCapacity": 4,
  "ScalableDimension": "sagemaker:variant:DesiredInstanceCount", "CreationTime": 1,
]

private let variant: Value = [
  "VariantName": "all", "InstanceType": "ml.m5.large", "InitialInstanceCount": 3,
  "ModelName": "m",
]

private let instances: Value = [["variant": "all", "type": "ml.m5.large", "count": 3]]

private func sagemaker(_ endpoint: Value?) -> FakeAWS {
  FakeAWS { operation, _ in
    switch operation {
    case "GetResources":
      return [
        "ResourceTagMappingList": [
          [
            "ResourceARN": "arn:aws:sagemaker:us-east-1:1:endpoint/ranking",
            "Tags": [["Key": "group", "Value": "dev"]],
          ]
        ]
      ]
    case "DescribeEndpoint":
      guard let endpoint else { throw FakeFailure(code: "ValidationException") }
      return endpoint
    case "ListTags": return ["Tags": [["Key": "group", "Value": "dev"]]]
    case "DescribeEndpointConfig": return ["ProductionVariants": [variant]]
    case "DescribeScalableTargets": return ["ScalableTargets": [target]]
    default: return [:]
    }
  }
}

@Suite struct InferenceTests {
  private let kind = "sagemaker/endpoint"

  private func find(_ aws: FakeAWS) async throws -> [String: LiveResource] {
    let filter = TagFilter(["group": ["dev"]])
    return try await resourceType(kind, aws).find(
      ResourceSelector(type: kind, criteria: ["tags": filter.criterion]))
  }

  @Test func endpointsAreFoundByTheirOwnSpelling() async throws {
    let live = try await find(sagemaker(endpoint))
    let scaling = target.with(["CreationTime": .null])
    #expect(
      live == [
        "Ranking": LiveResource(
          attributes: ["config": "large", "tags": ["group": "dev"], "scaling": [scaling]],
          context: ["status": "InService", "instances": instances])
      ])
  }

  @Test func whatTagsStillNameMayBeGone() async throws {
    #expect(try await find(sagemaker(nil)) == [:])
    #expect(try await find(sagemaker(endpoint.with(["EndpointStatus": "Deleting"]))) == [:])
    let gone = try await resourceType(kind, sagemaker(nil)).read(["Ranking"])
    #expect(gone == ["Ranking": LiveResource(attributes: [:], context: [:])])
  }

  @Test func deletesAndMakesAnew() async throws {
    let aws = sagemaker(endpoint)
    let type = resourceType(kind, aws)
    let live = try #require(try await find(aws)["Ranking"])
    let before = aws.calls.count
    try await type.update(
      ResourceWrite(
        name: "Ranking", live: live, set: [:], unset: ["config", "tags", "scaling"]))
    #expect(aws.operations.dropFirst(before) == ["DeregisterScalableTarget", "DeleteEndpoint"])
    let gone = LiveResource(attributes: [:], context: [:])
    let write = ResourceWrite(name: "Ranking", live: gone, set: live.attributes)
    #expect(type.errors(write) == [])
    try await type.update(write)
    #expect(
      aws.operations.suffix(3) == ["CreateEndpoint", "DescribeEndpoint", "RegisterScalableTarget"])
    #expect(
      aws.inputs(of: "CreateEndpoint") == [
        [
          "EndpointName": "Ranking", "EndpointConfigName": "large",
          "Tags": [["Key": "group", "Value": "dev"]],
        ]
      ])
  }

  @Test(arguments: [("InService", true), ("Failed", false)])
  func scalingWaitsUntilTheEndpointServes(end: String, isScaled: Bool) async throws {
    let looks = Mutex(0)
    let aws = FakeAWS { operation, _ in
      guard operation == "DescribeEndpoint" else { return [:] }
      let look = looks.withLock {
        $0 += 1
        return $0
      }
      return ["EndpointStatus": .string(look < 8 ? "Creating" : end), "FailureReason": "No room."]
    }
    let scope = ResourceScope(
      client: aws, account: "123456789012", region: "us-east-1", prices: .builtIn)
    let waited = Mutex(0.0)
    let type = InferenceEndpointType(
      scope: scope, pause: { seconds in waited.withLock { $0 += seconds } })
    let write = ResourceWrite(
      name: "Ranking", live: LiveResource(attributes: [:]),
      set: ["config": "large", "scaling": [target]])
    if isScaled {
      try await type.update(write)
    } else {
      await #expect(throws: ResourceError.self) { try await type.update(write) }
    }
    #expect(looks.withLock { $0 } == 8 && waited.withLock { $0 } > 0)
    #expect(aws.operations.contains("RegisterScalableTarget") == isScaled)
    // Where there is nothing to scale, nobody waits.
    let before = looks.withLock { $0 }
    try await type.update(
      ResourceWrite(
        name: "Plain", live: LiveResource(attributes: [:]), set: ["config": "large"]))
    #expect(looks.withLock { $0 } == before)
  }

  @Test func readsEachConfigurationOnce() async throws {
    let names = (0..<40).map { "Ranking\($0)" }
    let aws = sagemaker(endpoint)
    let live = try await resourceType(kind, aws).read(Set(names))
    #expect(live.count == 40)
    // Two for each endpoint, one for the configuration, three for the scaling of all.
    #expect(aws.calls.count == 84)
  }

  /// 0.115 an hour, 730 hours a month.
  @Test(
    arguments: [
      (instances, nil, "251.85", true), (instances, [target], "83.95", false),
      ([["variant": "all"]], nil, "0", false), (nil, nil, "0", false),
      ([["variant": "all", "type": "ml.x9.huge", "count": 1]], nil, "0", false),
    ] as [(Value?, Value?, String, Bool)])
  func costs(instances: Value?, scaling: Value?, amount: String, isKnown: Bool) {
    var attributes: [String: Value] = ["config": "large"]
    attributes["scaling"] = scaling
    var context: [String: Value] = [:]
    context["instances"] = instances
    let type = resourceType(kind)
    let cost = type.monthlyCost(attributes: attributes, context: context)
    #expect(cost.amount == Decimal(string: amount))
    #expect(cost.isKnown == isKnown)
    #expect(type.monthlyCost(attributes: [:], context: context) == .zero)
  }

  @Test(arguments: [(1, 1), (2, 1), (1000, 10)])
  func notebooksAreListedByTheHundred(count: Int, requests: Int) async throws {
    let rows = (0..<count).map { index -> Value in
      ["NotebookInstanceName": .string("n\(index)"), "NotebookInstanceStatus": "Stopping"]
    }
    let aws = FakeAWS { operation, input in
      if operation == "DescribeNotebookInstance" {
        return rows.first { $0["NotebookInstanceName"] == input["NotebookInstanceName"] } ?? .null
      }
      return page(rows, of: "NotebookInstances", size: 100, input)
    }
    let type = resourceType("sagemaker/notebook", aws)
    let live = try await type.read(Set((0..<count).map { "n\($0)" }))
    #expect(live.count == count && aws.calls.count == requests)
    #expect(live["n0"]?.attributes == ["state": "stopped"])
    if count > 200 {
      let before = aws.calls.count
      #expect(try await type.read(["n998", "n999"]).count == 2)
      #expect(aws.calls.count - before == 4)
    }
  }
}
