import Foundation
import Model
import Testing

@testable import AWSClient

@Suite struct PagingTests {
  @Test func followsEveryPage() async throws {
    let test = TestClient([
      .status(200, #"{"clusterArns":["a","b"],"nextToken":"1"}"#),
      .status(200, #"{"clusterArns":[],"nextToken":"2"}"#), .status(200, #"{"clusterArns":["c"]}"#),
    ])
    let found = try await test.client.all(
      "ecs", "ListClusters", ["maxResults": 2], items: "clusterArns")
    #expect(found == ["a", "b", "c"])
    #expect(
      test.transport.requests.map(\.text) == [
        #"{"maxResults":2}"#, #"{"maxResults":2,"nextToken":"1"}"#,
        #"{"maxResults":2,"nextToken":"2"}"#,
      ])
  }

  @Test func repeatedTokenEndsTheWalk() async {
    let test = TestClient([.status(200, #"{"ScalableTargets":[],"NextToken":"same"}"#)])
    await #expect {
      try await test.client.all(
        "application-autoscaling", "DescribeScalableTargets", ["ServiceNamespace": "ecs"],
        items: "ScalableTargets")
    } throws: { ($0 as? AWSError)?.code == "RepeatedPageToken" }
    #expect(test.transport.requests.count == 2)
  }

  @Test func oneCallWithoutPages() async throws {
    let test = TestClient([.status(200, #"{"Parameters":[{"Name":"a"}],"InvalidParameters":[]}"#)])
    let found = try await test.client.all(
      "ssm", "GetParameters", ["Names": ["a"]], items: "Parameters")
    #expect(found == [["Name": "a"]])
  }

  static let places: [(String, Value, Value?)] = [
    ("A.B", ["A": ["B": 1]], 1),
    ("A || C[-1].K", ["C": [["K": 1], ["K": 2]]], 2),
    ("A", ["B": 1], nil), ("A.B", ["A": 1], nil),
  ]

  @Test(arguments: places)
  func findsPlace(_ path: String, _ output: Value, _ value: Value?) {
    #expect(OutputPath(path).value(in: output) == value)
  }
}
