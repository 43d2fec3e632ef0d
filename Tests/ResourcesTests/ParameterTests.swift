import Foundation
import Model
import Testing

@testable import Resources

private func store(_ count: Int, value: Value = "plain") -> FakeAWS {
  let all = (0..<count).map { index -> Value in
    ["Name": .string("/p/\(index)"), "Type": "String", "Value": value]
  }
  return FakeAWS { operation, input in
    switch operation {
    case "GetParameters":
      let names = input["Names"]?.texts ?? []
      precondition(names.count <= 10)
      return ["Parameters": .list(all.filter { names.contains($0["Name"]?.string ?? "") })]
    case "DescribeParameters":
      let names = input["ParameterFilters"]?.list?.first?["Values"]?.texts ?? []
      precondition(names.count <= 50)
      return page(
        all.filter { names.contains($0["Name"]?.string ?? "") }.map {
          $0.with([
            "Value": .null, "Tier": "Standard", "Description": "what it is", "DataType": "text",
            "AllowedPattern": ".*",
          ])
        }, of: "Parameters", size: 50, input)
    default: return [:]
    }
  }
}

@Suite struct ParameterTests {
  @Test(arguments: [(1, 2), (10, 2), (11, 3), (1000, 120)])
  func readsTenValuesAndFiftyDescriptionsARequest(count: Int, requests: Int) async throws {
    let aws = store(count)
    let names = Set((0..<count).map { "/p/\($0)" })
    let live = try await resourceType("ssm/parameter", aws).read(names)
    #expect(live.count == count)
    #expect(aws.calls.count == requests)
    #expect(aws.mostRunning <= 8)
  }

  @Test func readsADocumentAsAMap() async throws {
    let text = #"{"schemaVersion": "1.0", "b": 1.50, "a": [true, null, "x"], "n": 80.0}"#
    let aws = store(1, value: .string(text))
    let live = try await resourceType("ssm/parameter", aws).read(["/p/0", "/absent"])
    #expect(
      live == [
        "/p/0": LiveResource(
          attributes: [
            "value": [
              "a": [true, .null, "x"], "b": .number(Decimal(3) / 2), "n": 80,
              "schemaVersion": "1.0",
            ],
            "type": "String", "tier": "Standard", "description": "what it is",
          ], context: ["dataType": "text", "allowedPattern": ".*"])
      ])
  }

  @Test(arguments: [
    "", " ", "text", "12", "[1]", "{not json", "null", #"{"$digest":"x"}"#, #"{"password":"x"}"#,
    #"{"schemaVersion":"1.0","$digest":{"$digest":"x"}}"#,
  ])
  func marksEveryOtherTextAsASecret(text: String) async throws {
    let type = resourceType("ssm/parameter", store(1, value: .string(text)))
    let wanted = type.normalized(["value": .string(text), "type": "String"])
    #expect(wanted["value"] == .sensitive(.clear(text)))
    #expect(type.normalized(wanted) == wanted)
    #expect(try await type.read(["/p/0"])["/p/0"]?.attributes["value"] == wanted["value"])
  }

  @Test(
    arguments: [
      ["schemaVersion": "1.0", "a": 80], ["a": 80], "text", 12, .sensitive(.clear("s")),
      .sensitive(.clear(#"{"schemaVersion": "1.0"}"#)), #"{ "schemaVersion": "1.0", "a": 8.0 }"#,
    ] as [Value])
  func readsBackWhatItWrote(value: Value) async throws {
    let aws = FakeAWS { _, _ in [:] }
    let writer = resourceType("ssm/parameter", aws)
    let wanted = writer.normalized(["value": value, "type": "String"])
    #expect(writer.normalized(wanted) == wanted)
    try await writer.create(ResourceWrite(name: "/p/0", live: nil, set: wanted))
    let text = try #require(aws.calls.last?.input["Value"])
    let live = try await resourceType("ssm/parameter", store(1, value: text)).read(["/p/0"])
    #expect(live["/p/0"]?.attributes["value"] == wanted["value"])
  }

  @Test(arguments: [
    (#"{ "schemaVersion" : "1.0",\n "b": 1.50, "a": 80.0 }"#, true), ("text", true),
    (#"{"schemaVersion":"1.0","a":81}"#, false),
  ])
  func givesBackTheTextOfTheRecordedVersion(found: String, isSame: Bool) async throws {
    let aws = FakeAWS { operation, input in
      guard operation == "GetParameters", let name = input["Names"]?.texts.first else { return [:] }
      let old: Value = ["Name": "/p", "Type": "String", "Version": 3, "Value": .string(found)]
      let new: Value = ["Name": "/p", "Type": "String", "Version": 7, "Value": "{}"]
      return ["Parameters": [name == "/p:3" ? old.with(["Selector": ":3"]) : new]]
    }
    let type = resourceType("ssm/parameter", aws)
    let other: Value = ["schemaVersion": "1.0", "a": 80]
    let wanted = isSame ? type.normalized(["value": .string(found)])["value"] ?? .null : other
    try await type.update(
      ResourceWrite(name: "/p", live: nil, set: ["value": wanted], recorded: ["version": 3]))
    #expect(
      aws.calls.last?.input["Value"]
        == (isSame ? .string(found) : #"{"a":80,"schemaVersion":"1.0"}"#))
    try await type.update(ResourceWrite(name: "/p", live: nil, set: ["value": other]))
    #expect(aws.inputs(of: "GetParameters").count == 3)
  }

  @Test func writesItsOwnTextWhereTheRecordedVersionIsGone() async throws {
    let aws = store(1)
    try await resourceType("ssm/parameter", aws).update(
      ResourceWrite(
        name: "/p/0", live: nil, set: ["value": ["schemaVersion": 1]], recorded: ["version": 3]))
    #expect(aws.calls.last?.input["Value"] == #"{"schemaVersion":1}"#)
  }

  @Test func marksASecureStringAsASecret() {
    let type = resourceType("ssm/parameter")
    let normal = type.normalized(["value": "{}", "type": "SecureString"])
    #expect(normal["value"] == .sensitive(.clear("{}")))
    #expect(type.normalized(normal) == normal)
  }

  @Test func createsACompactDocument() async throws {
    let aws = store(0)
    try await resourceType("ssm/parameter", aws).create(
      ResourceWrite(
        name: "/weir/limits", live: nil,
        set: ["value": ["b/c": [1, 2], "a": ["d": true]], "description": "limits"]))
    #expect(
      aws.calls.map(\.input) == [
        [
          "Name": "/weir/limits", "Value": #"{"a":{"d":true},"b/c":[1,2]}"#, "Type": "String",
          "Tier": "Standard", "Description": "limits",
        ]
      ])
  }

  @Test func updateKeepsWhatItDoesNotSet() async throws {
    let aws = store(1)
    try await resourceType("ssm/parameter", aws).update(
      ResourceWrite(name: "/p/0", live: nil, set: ["description": "new"]))
    #expect(aws.calls.count == 3)
    #expect(
      aws.calls.last?.input == [
        "Name": "/p/0", "Value": "plain", "Type": "String", "Tier": "Standard",
        "Description": "new", "AllowedPattern": ".*", "DataType": "text", "Overwrite": true,
      ])
  }

  @Test func takesADescriptionAway() async throws {
    let aws = store(1)
    try await resourceType("ssm/parameter", aws).update(
      ResourceWrite(name: "/p/0", live: nil, set: ["value": "x"], unset: ["description"]))
    #expect(aws.calls.last?.input["Description"] == "")
    #expect(aws.calls.last?.input["Value"] == "x")
  }

  @Test func pricesTheAdvancedTier() {
    let type = resourceType("ssm/parameter", region: "eu-west-3")
    #expect(type.monthlyCost(attributes: ["tier": "Standard"], context: [:]) == .zero)
    let cost = type.monthlyCost(attributes: ["tier": "Advanced"], context: [:])
    #expect(cost.amount.description == "0.05" && cost.isKnown)
  }

  @Test func saysThatAValueIsTooLarge() {
    let type = resourceType("ssm/parameter")
    let large = Value.string(String(repeating: "é", count: 2049))
    #expect(
      type.errors(ResourceWrite(name: "/a", live: nil, set: ["value": large])) == [
        "The value has 4098 bytes; the tier Standard takes at most 4096."
          + " The tier Advanced takes 8192 and is billed."
      ])
    #expect(
      type.errors(
        ResourceWrite(name: "/a", live: nil, set: ["value": large, "tier": "Advanced"])
      ).isEmpty)
  }

  @Test(arguments: ["/a b", "a/b", "/aws/x", "SSMthing", "/ü", ""])
  func refusesBadNames(name: String) {
    let write = ResourceWrite(name: name, live: nil, set: ["value": "x"])
    #expect(!resourceType("ssm/parameter").errors(write).isEmpty)
  }

  @Test func refusesWhatAWSCannotTurnBack() {
    let live = LiveResource(attributes: ["tier": "Advanced", "type": "String", "value": "x"])
    let write = ResourceWrite(
      name: "/a", live: live, set: ["tier": "Standard", "type": "SecureString"])
    #expect(resourceType("ssm/parameter").errors(write).count == 2)
  }

  @Test func deletesWhatIsGoneAlready() async throws {
    let aws = FakeAWS { _, _ in throw FakeFailure(code: "ParameterNotFound") }
    try await resourceType("ssm/parameter", aws).delete(
      ResourceWrite(name: "/a", live: nil, set: [:]))
  }
}
