import Foundation
import Model
import Testing

@testable import Resources

private func dynamo(_ changes: [String: Value] = [:], tagged: [String] = []) -> FakeAWS {
  FakeAWS { operation, input in
    switch operation {
    case "DescribeTable":
      if input["TableName"] == "none" { throw FakeFailure(code: "ResourceNotFoundException") }
      let throughput: Value = [
        "ReadCapacityUnits": 10, "WriteCapacityUnits": 5, "NumberOfDecreasesToday": 4,
        "LastDecreaseDateTime": 1_700_000_000,
      ]
      let index: Value = [
        "IndexName": "by.customer",
        "ProvisionedThroughput": ["ReadCapacityUnits": 3, "WriteCapacityUnits": 2],
      ]
      let table: Value = [
        "TableStatus": "ACTIVE", "ProvisionedThroughput": throughput,
        "GlobalSecondaryIndexes": [index],
      ]
      return ["Table": table.with(changes)]
    case "GetResources":
      let mappings = tagged.map { name -> Value in
        [
          "ResourceARN": .string("arn:aws:dynamodb:us-east-1:123456789012:table/\(name)"),
          "Tags": [["Key": "team", "Value": "shop"]],
        ]
      }
      return page(mappings, of: "ResourceTagMappingList", size: 100, input)
    case "ListTagsOfResource":
      let isGone = input["ResourceArn"]?.string?.hasSuffix("/t0") ?? false
      return ["Tags": isGone ? [] : [["Key": "team", "Value": "shop"]]]
    default: return [:]
    }
  }
}

private let onDemand: [String: Value] = [
  "BillingModeSummary": [
    "BillingMode": "PAY_PER_REQUEST", "LastUpdateToPayPerRequestDateTime": 1_700_000_000,
  ],
  "ProvisionedThroughput": ["ReadCapacityUnits": 0, "WriteCapacityUnits": 0],
]

@Suite struct TableTests {
  private func live(_ changes: [String: Value] = [:]) async throws -> LiveResource? {
    try await resourceType("dynamodb/table", dynamo(changes)).read(["orders"])["orders"]
  }

  @Test(arguments: [1, 40, 1000])
  func readsOneARequest(count: Int) async throws {
    let aws = dynamo()
    let names = Set((0..<count).map { "t\($0)" })
    #expect(try await resourceType("dynamodb/table", aws).read(names).count == count)
    #expect(aws.calls.count == count)
  }

  @Test func findsByTagsThatStillHold() async throws {
    let aws = dynamo(tagged: (0..<150).map { "t\($0)" })
    let selector = ResourceSelector(
      type: "dynamodb/table", criteria: ["tags": TagFilter(["team": ["shop"]]).criterion])
    let found = try await resourceType("dynamodb/table", aws).find(selector)
    #expect(Set(found.keys) == Set((1..<150).map { "t\($0)" }))
    #expect(aws.inputs(of: "GetResources").count == 2)
    #expect(aws.calls.count == 2 + 150 + 149)
  }

  @Test func readsBothModes() async throws {
    #expect(
      try await live()?.attributes == [
        "billingMode": "PROVISIONED", "readCapacity": 10, "writeCapacity": 5,
        "indexes.by.customer.readCapacity": 3, "indexes.by.customer.writeCapacity": 2,
      ])
    #expect(try await live(onDemand)?.attributes == ["billingMode": "PAY_PER_REQUEST"])
    #expect(
      try await resourceType("dynamodb/table", dynamo()).read(["none"]).isEmpty)
  }

  /// DynamoDB takes both capacities of a part or none, and only of parts that change.
  @Test func sendsWholeParts() async throws {
    let aws = dynamo()
    try await resourceType("dynamodb/table", aws).update(
      ResourceWrite(
        name: "orders", live: try await live(), set: ["indexes.by.customer.writeCapacity": 9]))
    #expect(
      aws.inputs(of: "UpdateTable") == [
        [
          "TableName": "orders",
          "GlobalSecondaryIndexUpdates": [
            [
              "Update": [
                "IndexName": "by.customer",
                "ProvisionedThroughput": ["ReadCapacityUnits": 3, "WriteCapacityUnits": 9],
              ]
            ]
          ],
        ]
      ])
  }

  @Test func givesBackCapacitiesWithTheMode() async throws {
    let aws = dynamo()
    let write = ResourceWrite(
      name: "orders", live: try await live(onDemand),
      set: ["billingMode": "PROVISIONED", "readCapacity": 7, "writeCapacity": 6],
      recorded: try await live()?.context ?? [:])
    let type = resourceType("dynamodb/table", aws)
    #expect(type.errors(write) == [])
    try await type.update(write)
    #expect(
      aws.inputs(of: "UpdateTable") == [
        [
          "TableName": "orders", "BillingMode": "PROVISIONED",
          "ProvisionedThroughput": ["ReadCapacityUnits": 7, "WriteCapacityUnits": 6],
          "GlobalSecondaryIndexUpdates": [
            [
              "Update": [
                "IndexName": "by.customer",
                "ProvisionedThroughput": ["ReadCapacityUnits": 3, "WriteCapacityUnits": 2],
              ]
            ]
          ],
        ]
      ])
  }

  @Test(
    arguments: [
      (["readCapacity": 20], [:], nil),
      (["readCapacity": 0], [:], "whole number of at least 1"),
      (["readCapacity": 20], onDemand, "has no capacity to set"),
      (
        ["billingMode": "PROVISIONED", "readCapacity": 1, "writeCapacity": 1], onDemand,
        "by.customer"
      ),
      (["indexes.by-user.readCapacity": 5], [:], "it has by.customer"),
      (["readCapacity": 20], ["TableStatus": "UPDATING"], "until it is ACTIVE"),
      (["readCapacity": 9], [:], nil),
      (
        ["readCapacity": 9],
        [
          "ProvisionedThroughput": [
            "ReadCapacityUnits": 10, "WriteCapacityUnits": 5, "NumberOfDecreasesToday": 27,
          ]
        ], "27 times today"
      ),
      (["indexes.by.customer.readCapacity": 1], [:], nil),
    ] as [([String: Value], [String: Value], String?)])
  func checksLimits(set: [String: Value], table: [String: Value], reason: String?) async throws {
    let errors = resourceType("dynamodb/table").errors(
      ResourceWrite(name: "orders", live: try await live(table), set: set))
    if let reason {
      #expect(errors.count == 1)
      #expect(errors.first?.contains(reason) == true, "\(errors)")
    } else {
      #expect(errors == [])
    }
  }

  @Test func warnsAfterFourDecreases() async throws {
    let problems = resourceType("dynamodb/table").problems(
      with: ResourceWrite(
        name: "orders", live: try await live(),
        set: ["readCapacity": 9, "writeCapacity": 4, "indexes.by.customer.readCapacity": 1]))
    #expect(problems.map(\.severity) == [.warning])
    #expect(problems.first?.message.contains("the last at 2023-11-14T22:13:20Z") == true)
  }

  @Test func onDemandHasNoCapacity() {
    let type = resourceType("dynamodb/table")
    #expect(
      type.normalized([
        "billingMode": "PAY_PER_REQUEST", "indexes.by.customer.readCapacity": 5,
      ]) == ["billingMode": "PAY_PER_REQUEST"])
    let provisioned: [String: Value] = ["billingMode": "PROVISIONED", "indexes.a.readCapacity": 5]
    #expect(type.normalized(provisioned) == provisioned)
  }

  @Test func costs() async throws {
    let live = try await live()
    func cost(_ region: String, _ context: [String: Value] = [:]) -> MonthlyCost {
      resourceType("dynamodb/table", region: region).monthlyCost(
        attributes: live?.attributes ?? [:], context: context)
    }
    // 13 reads and 7 writes for 730 hours.
    #expect(cost("us-east-2").amount == Decimal(string: "4.5552"))
    #expect(cost("us-east-2").isKnown)
    #expect(!cost("eu-west-1").isKnown)
    #expect(!cost("us-east-2", ["tableClass": "STANDARD_INFREQUENT_ACCESS"]).isKnown)
    #expect(!cost("us-east-2", ["isReplicated": true]).isKnown)
    #expect(
      !resourceType("dynamodb/table").monthlyCost(
        attributes: ["billingMode": "PAY_PER_REQUEST"], context: [:]
      ).isKnown)
  }

  @Test(
    arguments: [
      ("dynamodb:table:ReadCapacityUnits/table/orders", "readCapacity"),
      (
        "dynamodb:index:WriteCapacityUnits/table/orders/index/by.user",
        "indexes.by.user.writeCapacity"
      ),
    ])
  func isHeldByTargets(target: String, attribute: String) {
    let bounded = resourceType("application-autoscaling/target").bounded(by: target)
    #expect(bounded?.address == Address("dynamodb/table", "orders"))
    #expect(bounded?.attribute == attribute)
  }

  @Test func knowsTablesInTheTrail() {
    let names = resourceType("dynamodb/table").writeEvents?.names
    for text in ["orders", "arn:aws:dynamodb:us-east-1:1:table/orders"] {
      #expect(names?(["tableName": .string(text)]) == ["orders"])
    }
  }
}
