import Foundation
import Model
import Testing

@testable import Resources

private func clusters(_ known: [String: [String]]) -> FakeAWS {
  FakeAWS { operation, input in
    precondition(operation == "DescribeClusters")
    let names = input["clusters"]?.texts ?? []
    precondition(names.count <= 100)
    return [
      "clusters": .list(
        names.compactMap { name in
          known[name].map {
            [
              "clusterName": .string(name), "status": "ACTIVE",
              "capacityProviders": .list($0.map(Value.string)),
            ]
          }
        })
    ]
  }
}

@Suite struct ClusterProviderTests {
  @Test func readsAHundredClustersARequest() async throws {
    let names = (0..<1000).map { "c\($0)" }
    let aws = clusters(Dictionary(uniqueKeysWithValues: names.map { ($0, ["FARGATE"]) }))
    let asked = Set(names.flatMap { ["\($0)/FARGATE", "\($0)/FARGATE_SPOT"] })
    #expect(try await resourceType("ecs/cluster-provider", aws).read(asked).count == 2000)
    #expect(aws.calls.count == 10)
  }

  @Test(arguments: [
    ("shop/FARGATE", nil), ("shop/mine", "The cluster shop has FARGATE, and"),
    ("bare/FARGATE", "The cluster bare has no capacity providers"), ("gone/FARGATE", nil),
  ])
  func saysWhatTheClusterHas(name: String, message: String?) async throws {
    let type = resourceType("ecs/cluster-provider", clusters(["shop": ["FARGATE"], "bare": []]))
    let live = try await type.read([name])
    let problem = type.shortfall(of: name, live: live[name])
    if let message {
      #expect(problem?.message.hasPrefix(message) == true)
    } else {
      #expect(problem == nil)
    }
    #expect(problem?.severity != .warning)
  }
}
