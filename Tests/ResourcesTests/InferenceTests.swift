import Foundation
import Model
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
          context: ["status": "InService"])
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

  @Test(arguments: [(1, 1), (2, 1), (1000, 10)])
  func notebooksAreListedByTheHundred(count: Int, requests: Int) async throws {
    let rows = (0..<count).map { index -> Value in
      ["NotebookInstanceName": .string("n\(index)"), "NotebookInstanceStatus": "Stopping"]
    }
    let aws = FakeAWS { operation, input in
      if operation == "DescribeNotebookInstance" { return rows[0] }
      return page(rows, of: "NotebookInstances", size: 100, input)
    }
    let type = resourceType("sagemaker/notebook", aws)
    let live = try await type.read(Set((0..<count).map { "n\($0)" }))
    #expect(live.count == count && aws.calls.count == requests)
    #expect(live["n0"]?.attributes == ["state": "stopped"])
  }
}
