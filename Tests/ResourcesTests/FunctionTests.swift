import Foundation
import Model
import Testing

@testable import Resources

private func lambda(
  _ names: [String], reserved: [String: Value] = [:], provisioned: [Value] = []
) -> FakeAWS {
  let functions = names.map { name -> Value in
    ["FunctionName": .string(name), "MemorySize": 1024, "Timeout": 30, "Architectures": ["arm64"]]
  }
  return FakeAWS { operation, input in
    let name = input["FunctionName"]?.string ?? ""
    switch operation {
    case "ListFunctions":
      let start = Int(input["Marker"]?.string ?? "0") ?? 0
      let next: Value = start + 50 < names.count ? .string("\(start + 50)") : .null
      return Value.map(["Functions": .list(Array(functions.dropFirst(start).prefix(50)))])
        .with(["NextMarker": next])
    case "GetFunctionConfiguration":
      guard let found = functions.first(where: { $0["FunctionName"]?.string == name }) else {
        throw FakeFailure(code: "ResourceNotFoundException")
      }
      guard let qualifier = input["Qualifier"]?.string else { return found }
      // `live` points to version 7, which has half of the memory.
      guard ["live", "7"].contains(qualifier) else {
        throw FakeFailure(code: "ResourceNotFoundException")
      }
      return found.with(["Version": "7", "MemorySize": 512])
    case "GetFunctionConcurrency":
      return reserved[name].map { ["ReservedConcurrentExecutions": $0] } ?? [:]
    case "ListProvisionedConcurrencyConfigs":
      return ["ProvisionedConcurrencyConfigs": .list(provisioned)]
    case "GetAccountSettings":
      return ["AccountLimit": ["UnreservedConcurrentExecutions": 300]]
    default: return [:]
    }
  }
}

private func provisioned(_ qualifier: String, _ number: Int, status: String = "READY") -> Value {
  [
    "FunctionArn": .string("arn:aws:lambda:us-east-1:123456789012:function:resize:\(qualifier)"),
    "RequestedProvisionedConcurrentExecutions": .number(Decimal(number)), "Status": .string(status),
  ]
}

@Suite struct FunctionTests {
  /// Two requests a function and one for the account beside those that find them.
  @Test(arguments: [(1, 1, 1), (50, 50, 1), (1000, 1000, 20), (1, 1000, 1), (3, 1000, 6)])
  func readsInTheFewestRequests(count: Int, total: Int, requests: Int) async throws {
    let aws = lambda((0..<total).map { "f\($0)" })
    let names = Set((total - count..<total).map { "f\($0)" })
    let live = try await resourceType("lambda/function", aws).read(names)
    #expect(Set(live.keys) == names)
    #expect(aws.calls.count == requests + 2 * count + 1)
  }

  @Test func leavesOutWhatIsNotThere() async throws {
    let live = try await resourceType("lambda/function", lambda(["resize"])).read(["none"])
    #expect(live.isEmpty)
  }

  @Test func readsBothConcurrencies() async throws {
    let aws = lambda(
      ["resize"], reserved: ["resize": 0],
      provisioned: [provisioned("live", 5), provisioned("7", 3, status: "FAILED")])
    let live = try await resourceType("lambda/function", aws).read(["resize"])["resize"]
    #expect(
      live?.attributes == [
        "memory": 1024, "timeout": 30, "reservedConcurrency": 0, "provisionedConcurrency.live": 5,
      ])
  }

  @Test func readsTheVersionsThatAreAskedForOrProvisioned() async throws {
    let aws = lambda(["resize"], provisioned: [provisioned("live", 5)])
    let live = try await resourceType("lambda/function", aws).read(
      ["resize", "resize:7", "resize:none"])
    let version: Value = ["version": "7", "memory": 512]
    #expect(Set(live.keys) == ["resize", "resize:7"])
    #expect(live["resize"]?.context["versions"] == ["live": version, "7": version])
    let asked = aws.inputs(of: "GetFunctionConfiguration").compactMap { $0["Qualifier"]?.string }
    #expect(asked.sorted() == ["7", "live", "none"])
  }

  @Test func saysThatThereIsNoSuchVersion() {
    let type = resourceType("lambda/function")
    #expect(
      type.shortfall(of: "resize:none", live: nil)?.message
        == "resize has no alias or version none.")
    #expect(type.shortfall(of: "resize:live", live: LiveResource(attributes: [:])) == nil)
  }

  @Test(
    arguments: [
      (["provisionedConcurrency.7": 3], "7, live stand"),
      (["provisionedConcurrency.live": 3, "provisionedConcurrency.8": 1], nil),
      (["memory": 256], nil),
    ] as [([String: Value], String?)])
  func aVersionIsProvisionedOnce(set: [String: Value], reason: String?) {
    let live = LiveResource(
      attributes: ["memory": 512, "provisionedConcurrency.live": 5],
      context: ["versions": ["live": ["version": "7", "memory": 1024]]])
    let problems = resourceType("lambda/function").problems(
      with: ResourceWrite(name: "resize", live: live, set: set))
    let errors = problems.filter { $0.severity == .error }.map(\.message)
    #expect(errors.count == (reason == nil ? 0 : 1))
    #expect(errors.first?.contains(reason ?? "") ?? true, "\(errors)")
    // A new memory is that of `$LATEST`.
    let remarks = problems.filter { $0.severity == .warning }.map(\.message)
    let isTold = remarks.contains { $0.contains("keep theirs (live has 1024 MB)") }
    #expect(isTold == (set["memory"] != nil))
  }

  @Test func lowersBeforeAndRaisesAfterTheReservation() async throws {
    let aws = lambda(["resize"])
    let type = resourceType("lambda/function", aws)
    let live = LiveResource(attributes: [
      "reservedConcurrency": 100, "provisionedConcurrency.a": 80, "provisionedConcurrency.b": 5,
      "provisionedConcurrency.c": 1,
    ])
    try await type.update(
      ResourceWrite(
        name: "resize", live: live,
        set: [
          "memory": 512, "reservedConcurrency": 50, "provisionedConcurrency.a": 20,
          "provisionedConcurrency.b": 10,
        ],
        unset: ["provisionedConcurrency.c"]))
    #expect(
      aws.operations == [
        "UpdateFunctionConfiguration", "PutProvisionedConcurrencyConfig",
        "DeleteProvisionedConcurrencyConfig", "PutFunctionConcurrency",
        "PutProvisionedConcurrencyConfig",
      ])
    #expect(
      aws.inputs(of: "PutProvisionedConcurrencyConfig").map { $0["Qualifier"] } == ["a", "b"])
    #expect(
      aws.inputs(of: "UpdateFunctionConfiguration") == [
        ["FunctionName": "resize", "MemorySize": 512]
      ])
  }

  @Test(
    arguments: [
      (["reservedConcurrency": 300], nil), (["reservedConcurrency": 301], "at most 300"),
      (["reservedConcurrency": 4], "more than the 4 reserved"),
      (["memory": 20_000], "128 to 10240"),
      (["provisionedConcurrency.new": 96], "(live, new)"), (["timeout": 900], nil),
    ] as [([String: Value], String?)])
  func checksLimits(set: [String: Value], reason: String?) {
    let live = LiveResource(
      attributes: ["reservedConcurrency": 100, "provisionedConcurrency.live": 5],
      context: ["unreservedConcurrency": 300])
    let errors = resourceType("lambda/function").errors(
      ResourceWrite(name: "resize", live: live, set: set))
    if let reason {
      #expect(errors.count == 1)
      #expect(errors.first?.contains(reason) == true, "\(errors)")
    } else {
      #expect(errors == [])
    }
  }

  @Test func costs() {
    let type = resourceType("lambda/function")
    func cost(_ architecture: Value, memory: Value) -> MonthlyCost {
      type.monthlyCost(
        attributes: ["memory": memory, "provisionedConcurrency.live": 10],
        context: [
          "architecture": architecture, "memory": 1024,
          "versions": ["live": ["version": "1", "memory": 1024]],
        ])
    }
    // 10 GB for 2,628,000 seconds at the price of ARM.
    #expect(cost("arm64", memory: 1024).amount == Decimal(string: "87.599124"))
    #expect(cost("arm64", memory: 1024).isKnown)
    // The version keeps its memory.
    #expect(cost("arm64", memory: 512).amount == cost("arm64", memory: 1024).amount)
    #expect(!cost("arm64", memory: 512).isKnown)
    let unread = type.monthlyCost(
      attributes: ["memory": 1024, "provisionedConcurrency.live": 10],
      context: ["architecture": "arm64", "memory": 1024])
    #expect(!unread.isKnown && unread.amount == 0)
    #expect(!cost("x86_64", memory: 1024).isKnown)
  }

  @Test func knowsFunctionsInTheTrail() {
    let names = resourceType("lambda/function").writeEvents?.names
    for text in ["resize", "arn:aws:lambda:us-east-1:1:function:resize:live", "1:function:resize"] {
      #expect(names?(["functionName": .string(text)]) == ["resize"])
    }
  }
}
