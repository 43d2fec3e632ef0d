import Foundation
import Model
import Testing

@testable import Policy

/// What a script that stops resources wrote down, taken over.
@Suite struct StoppedStateTests {
  private let manifest = ManifestReference(kind: "Parking", name: "all")

  private func document(_ resources: String, version: String = "1.0") throws -> StoppedState {
    try StoppedState(
      reading: Data(
        """
        {"version": "\(version)", "timestamp": "2026-01-01T00:00:00Z", "project": "analytics",
         "environment": "dev", "resources": {\(resources)}}
        """.utf8))
  }

  private func member(_ address: Address, _ values: [String: DesiredValue]) -> ParkedMember {
    ParkedMember(address: address, parts: [address: values], reason: nil)
  }

  @Test func whatTheFileSaysCountsAsFound() throws {
    let state = try document(
      """
      "lambda_functions": [
        {"name": "load", "reserved_concurrency": 100, "provisioned_concurrency": 50, "memory_size": 512},
        {"name": "free", "reserved_concurrency": null},
        {"name": "awake", "reserved_concurrency": 10}, {"name": "foreign"}],
      "sagemaker_endpoints": [{"name": "rank", "endpoint_config_name": "rank-v2", "instance_count": 1}],
      "kinesis_streams": [{"name": "clicks", "shard_count": 2, "stream_mode": "PROVISIONED"}],
      "dynamodb_tables": [
        {"name": "orders", "billing_mode": "PROVISIONED", "read_capacity": 5, "write_capacity": 6},
        {"name": "logs", "billing_mode": "PAY_PER_REQUEST"}],
      "cloudwatch_alarms": [{"name": "busy", "enabled": true}, {"name": "off", "enabled": false}]
      """)
    let parked: [String: DesiredValue] = ["reservedConcurrency": .exactly(0)]
    var live: [Address: LiveResource] = [:]
    var members: [ParkedMember] = []
    for name in ["load", "free", "awake"] {
      let address = Address("lambda/function", name)
      live[address] = LiveResource(attributes: ["reservedConcurrency": name == "awake" ? 5 : 0])
      members.append(member(address, parked))
    }
    for name in ["busy", "off"] {
      let address = Address("cloudwatch/alarm", name)
      live[address] = LiveResource(attributes: ["actionsEnabled": false])
      members.append(member(address, ["actionsEnabled": .exactly(false)]))
    }
    for (address, attributes) in [
      (Address("kinesis/stream", "clicks"), ["mode": "PROVISIONED", "shards": 1]),
      (Address("dynamodb/table", "orders"), ["billingMode": "PAY_PER_REQUEST"]),
      (Address("dynamodb/table", "logs"), ["billingMode": "PAY_PER_REQUEST"]),
    ] as [(Address, [String: Value])] {
      live[address] = LiveResource(attributes: attributes)
      members.append(member(address, [:]))
    }
    let taken = state.records(
      of: manifest, members: members, live: live, recorded: [Address("cloudwatch/alarm", "off")],
      serial: 4)
    let found = Dictionary(
      uniqueKeysWithValues: taken.records.map { ($0.address.name, $0.found) })
    #expect(
      found == [
        "load": ["reservedConcurrency": 100], "free": ["reservedConcurrency": .null],
        "busy": ["actionsEnabled": .null], "clicks": ["shards": 2],
        "orders": ["billingMode": "PROVISIONED", "readCapacity": 5, "writeCapacity": 6],
        "rank": [
          "config": "rank-v2", "tags": ["Project": "analytics", "Environment": "dev"],
          "scaling": .null,
        ],
      ])
    #expect(taken.records.allSatisfy { $0.manifest == manifest && $0.serial == 4 })
    let told = taken.remarks.joined(separator: "\n")
    for words in [
      "load had 50", "logs stays as it is. It is on demand", "off is recorded",
      "awake is not stopped",
      "foreign is not in",
    ] {
      #expect(told.contains(words), "\(words): \(told)")
    }
    #expect(taken.remarks.count == 5)
  }

  @Test(arguments: [
    ("[]", "1.0"), (#""lambda_functions": [{}]"#, "1.0"),
    (#""lambda_functions": [{"name": 1}]"#, "1.0"),
    (#""cloudwatch_alarms": []"#, "2.0"),
  ])
  func saysWhatIsWrongWithADocument(resources: String, version: String) {
    #expect(throws: StoppedState.Unreadable.self) { try document(resources, version: version) }
  }
}
