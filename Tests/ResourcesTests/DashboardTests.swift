import Foundation
import Model
import Testing

@testable import Resources

private func cloudWatch(_ bodies: [String: String]) -> FakeAWS {
  FakeAWS { operation, input in
    guard operation == "GetDashboard" else { return [:] }
    let name = input["DashboardName"]?.string ?? ""
    guard let body = bodies[name] ?? (name.hasPrefix("d") ? #"{"widgets":[]}"# : nil) else {
      throw FakeFailure(code: "ResourceNotFound")
    }
    return ["DashboardBody": .string(body)]
  }
}

private func widgets(_ count: Int, metrics: Int = 1) -> Value {
  let metric: Value = ["AWS/ECS", "CPUUtilization", "ServiceName", "web"]
  let expression: Value = [["expression": "m1 * 2"]]
  let rows = Array(repeating: metric, count: metrics) + [expression]
  let widget: Value = ["type": "metric", "properties": ["metrics": .list(rows)]]
  return .map(Dictionary(uniqueKeysWithValues: (1...count).map { ("\($0)", widget) }))
}

@Suite struct DashboardTests {
  private func type(_ aws: FakeAWS) -> any ResourceType {
    resourceType("cloudwatch/dashboard", aws)
  }

  @Test(arguments: [1, 40, 1000])
  func readsOneARequest(count: Int) async throws {
    let aws = cloudWatch([:])
    let names = Set((0..<count).map { "d\($0)" })
    #expect(try await type(aws).read(names).count == count)
    #expect(aws.calls.count == count)
  }

  @Test func readsByMeaning() async throws {
    let aws = cloudWatch([
      "a":
        #"{"start":"-PT3H","widgets":[{"type":"text","width":6,"properties":{"markdown":"a/b"}}]}"#,
      "b": """
      { "widgets" : [ { "properties": {"markdown": "a\\/b"},
          "width": 6.0, "type": "text" } ], "start": "-PT3H" }
      """,
    ])
    let live = try await type(aws).read(["a", "b", "none"])
    #expect(Set(live.keys) == ["a", "b"])
    #expect(live["a"] == live["b"])
    #expect(live["a"]?.attributes["widgets"]?["1"]?["width"] == 6)
  }

  @Test func refusesWhatIsNoBody() async throws {
    await #expect {
      _ = try await type(cloudWatch(["a": "[]"])).read(["a"])
    } throws: {
      ($0 as? ResourceError)?.code == .badAnswer
    }
  }

  @Test func keepsWhatOthersHave() async throws {
    let aws = cloudWatch([
      "a": #"{"start":"-PT3H","variables":[{"id":"v"}],"widgets":[],"end":"P0D"}"#
    ])
    let widgets = (1...11).map { (String($0), ["type": "text", "height": Value($0)] as Value) }
    try await type(aws).update(
      ResourceWrite(
        name: "a", live: nil, set: ["widgets": .map(Dictionary(uniqueKeysWithValues: widgets))],
        unset: ["start"]))
    let text = aws.inputs(of: "PutDashboard").first?["DashboardBody"]?.string ?? ""
    let body = try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    #expect(body["start"] == nil)
    #expect(body["end"] == "P0D")
    #expect(body["variables"] == [["id": "v"]])
    // In their order, the tenth behind the ninth.
    #expect(body["widgets"]?.list?.map { $0["height"] } == (1...11).map { Value($0) })
  }

  @Test func beginsWithAListOfWidgets() async throws {
    let aws = cloudWatch([:])
    try await type(aws).create(ResourceWrite(name: "a", live: nil, set: ["start": "-PT1H"]))
    try await type(aws).delete(ResourceWrite(name: "a", live: nil, set: [:]))
    #expect(
      aws.inputs(of: "PutDashboard").map { $0["DashboardBody"] } == [
        #"{"start":"-PT1H","widgets":[]}"#
      ])
    #expect(aws.inputs(of: "DeleteDashboards") == [["DashboardNames": ["a"]]])
  }

  @Test(
    arguments: [
      (widgets(500), nil), (widgets(501), "at most 500 widgets"),
      (widgets(1, metrics: 500), nil), (widgets(1, metrics: 501), "at most 500 metrics"),
      (widgets(5, metrics: 500), nil), (widgets(6, metrics: 417), "at most 2500 metrics"),
      (["1": ["type": "text"]], "has a `type` and `properties`"),
      (["1": ["type": "text", "properties": [:], "width": 25]], "1 to 24"),
      (["1": ["type": "text", "properties": [:], "x": 0]], "both `x` and `y`"),
    ] as [(Value, String?)])
  func checksLimits(widgets: Value, reason: String?) {
    let errors = resourceType("cloudwatch/dashboard").errors(
      ResourceWrite(name: "a", live: nil, set: ["widgets": widgets]))
    #expect(errors.count == (reason == nil ? 0 : 1), "\(errors)")
    if let reason { #expect(errors.first?.contains(reason) == true, "\(errors)") }
  }

  /// CloudWatch takes such a body, and shows it otherwise than it says.
  @Test(
    arguments: [(18, nil, false), (19, nil, true), (0, 24, false), (20, 12, true)]
      as [(Int, Int?, Bool)])
  func warnsOfTheRightEdge(x: Int, width: Int?, isBeyond: Bool) {
    var widget: [String: Value] = [
      "type": "text", "properties": [:], "x": Value(x), "y": 0,
    ]
    widget["width"] = width.map { Value($0) }
    let problems = resourceType("cloudwatch/dashboard").problems(
      with: ResourceWrite(name: "a", live: nil, set: ["widgets": ["1": .map(widget)]]))
    #expect(problems.map(\.severity) == (isBeyond ? [.warning] : []))
  }

  @Test func costsThreeDollars() {
    let cost = resourceType("cloudwatch/dashboard", region: "eu-west-1").monthlyCost(
      attributes: [:], context: [:])
    #expect(cost.amount == 3)
    #expect(cost.isKnown)
  }

  @Test func knowsDashboardsInTheTrail() {
    let names = resourceType("cloudwatch/dashboard").writeEvents?.names
    #expect(names?(["dashboardName": "a"]) == ["a"])
    #expect(names?(["dashboardNames": ["a", "b"]]) == ["a", "b"])
  }
}
