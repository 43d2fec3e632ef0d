internal import Foundation
internal import Model

/// `ce/anomaly-monitor`: a monitor of Cost Anomaly Detection. Its name is the monitor's.
///
/// Attributes: `monitorType` (DIMENSIONAL or CUSTOM), `dimension` (SERVICE) and `specification` (AWS's
/// expression). AWS knows monitors by ARNs that say nothing, and allows a name twice; Weir refuses
/// that. Nothing but the name of a monitor can be changed (API description of ce,
/// UpdateAnomalyMonitor).
///
/// Reads take one request for each page of all monitors of the account, the same that subscriptions take.
struct AnomalyMonitorType: ResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope
  /// The monitors of the account.
  let list: AnomalyMonitorList

  var type: String { "ce/anomaly-monitor" }

  func normalized(_ attributes: [String: Value]) -> [String: Value] {
    attributes.changing("specification", CostExpression.normalized)
  }

  /// Cost Explorer has one endpoint, in us-east-1.
  var writeEvents: WriteEvents? {
    WriteEvents(
      region: "us-east-1", changing: ["CreateAnomalyMonitor"], deleting: ["DeleteAnomalyMonitor"],
      identifier: .init("arn", from: "CreateAnomalyMonitor") { $0["monitorArn"]?.string }
    ) { request in
      [request["anomalyMonitor"]?["monitorName"], request["monitorArn"]].compactMap { $0?.string }
    }
  }

  /// What is written is known to IAM by an ARN that AWS makes up.
  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    switch access {
    case .read: [IAMPermission(["ce:GetAnomalyMonitors"])]
    case .write:
      [
        IAMPermission(["ce:CreateAnomalyMonitor"]),
        IAMPermission(
          ["ce:DeleteAnomalyMonitor"], on: [scope.globalARN("ce", "anomalymonitor/*")]),
      ]
    }
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] {
    if write.live != nil {
      return write.touched.sorted().map {
        ResourceProblem(
          $0,
          "AWS does not change what a monitor watches. Give the monitor another name: then a new one"
            + " is made and the old one given up.")
      }
    }
    if write.set["monitorType"] == "DIMENSIONAL" {
      return [
        ResourceProblem(
          nil,
          "An account has one monitor of all services: where AWS has made one already"
            + " (\"Default-Services-Monitor\"), it refuses another. Then name that one.",
          severity: .warning)
      ]
    }
    return []
  }

  func irreversible(_ write: ResourceWrite, action: Change.Action) -> String? {
    action == .delete ? "What the monitor has learnt and found is deleted with it." : nil
  }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    .unknown("no price for anomaly detection in the catalog")
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    guard !names.isEmpty else { return [:] }
    var live: [String: LiveResource] = [:]
    for monitor in try await list.monitors() {
      guard let name = monitor["MonitorName"]?.string, names.holds(name) else { continue }
      if live[name] != nil {
        throw ResourceError(
          .badAnswer, Address(type, name), "Several monitors have this name: rename all but one.")
      }
      live[name] = LiveResource(
        attributes: normalized(
          [
            "monitorType": monitor["MonitorType"] ?? .null,
            "dimension": monitor["MonitorDimension"] ?? .null,
            "specification": monitor["MonitorSpecification"] ?? .null,
          ].without()),
        context: ["arn": monitor["MonitorArn"] ?? .null].without())
    }
    return live
  }

  func create(_ write: ResourceWrite) async throws {
    let monitor: [String: Value] = [
      "MonitorName": .string(write.name), "MonitorType": write.set["monitorType"] ?? .null,
      "MonitorDimension": write.set["dimension"] ?? .null,
      "MonitorSpecification": write.set["specification"] ?? .null,
    ]
    _ = try await scope.client.call(
      "ce", "CreateAnomalyMonitor", ["AnomalyMonitor": .map(monitor.without())])
  }

  func update(_ write: ResourceWrite) async throws {
    throw ResourceError(
      .unsupported, Address(type, write.name), "AWS does not change what a monitor watches.")
  }

  func delete(_ write: ResourceWrite) async throws {
    guard let arn = write.live?.context["arn"] else { return }
    _ = try await scope.client.call(
      "ce", "DeleteAnomalyMonitor", ["MonitorArn": arn], nilIf: "UnknownMonitorException")
  }
}
