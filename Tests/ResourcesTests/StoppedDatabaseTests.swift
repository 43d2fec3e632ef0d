import Foundation
import Model
import Testing

@testable import Resources

/// Instances and clusters that are stopped and started.
@Suite struct StoppedDatabaseTests {
  private func live(_ state: String) -> LiveResource {
    LiveResource(
      attributes: ["state": .string(state), "class": "db.t3.small"],
      context: state == "stopped" ? ["isStopped": true] : [:])
  }

  @Test(arguments: [
    ("rds/instance", "DBInstance", "class"), ("rds/cluster", "DBCluster", "backupRetentionDays"),
  ])
  func startsBeforeAndStopsAfterItChanges(kind: String, word: String, attribute: String)
    async throws
  {
    let aws = FakeAWS { _, _ in [:] }
    let type = resourceType(kind, aws)
    for (from, to) in [("stopped", "running"), ("running", "stopped")] {
      try await type.update(
        ResourceWrite(name: "shop", live: live(from), set: ["state": .string(to), attribute: 1]))
      try await type.update(
        ResourceWrite(name: "shop", live: live(from), set: ["state": .string(to)]))
    }
    let (start, modify, stop) = ("Start\(word)", "Modify\(word)", "Stop\(word)")
    #expect(aws.operations == [start, modify, start, modify, stop, stop])
  }

  @Test(arguments: ["rds/instance", "rds/cluster"])
  func saysWhatWaitsForAStart(kind: String) {
    let type = resourceType(kind)
    func problems(_ from: String, _ set: [String: Value]) -> [Diagnostic.Severity] {
      type.problems(with: ResourceWrite(name: "shop", live: live(from), set: set)).map(\.severity)
    }
    #expect(problems("stopped", ["backupRetentionDays": 3]) == [.error])
    #expect(problems("stopped", ["backupRetentionDays": 3, "state": "running"]) == [.warning])
    #expect(problems("running", ["backupRetentionDays": 3, "state": "stopped"]) == [.warning])
    #expect(problems("running", ["state": "stopped"]) == [])
  }

  @Test func aStoppedInstanceCostsItsStorage() {
    let type = resourceType("rds/instance")
    let attributes: [String: Value] = [
      "class": "db.t3.small", "storageType": "gp2", "allocatedStorage": 100,
    ]
    let context: [String: Value] = ["engine": "mysql", "multiAZ": false]
    func cost(_ state: Value) -> MonthlyCost {
      type.monthlyCost(attributes: attributes.merging(["state": state]) { $1 }, context: context)
    }
    #expect(cost("stopped").isKnown && cost("stopped").amount > 0)
    #expect(cost("running").amount > cost("stopped").amount)
  }
}
