internal import Foundation
internal import Model
internal import Pricing

/// `cloudwatch/dashboard`: a dashboard of CloudWatch. Its name is the dashboard's.
///
/// Attributes: the members of its body by their names, such as `start` and `periodOverride`; `widgets` is a
/// map by their places from 1, so that a difference is told where it is. Members that nobody owns are kept.
/// How the JSON is written makes no difference.
///
/// Dashboards are global: all regions of an account have the same (API description of cloudwatch,
/// PutDashboard). Reads take one request for each, since CloudWatch gives one body at a time.
struct DashboardType: ResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  var type: String { "cloudwatch/dashboard" }

  var writeEvents: WriteEvents? {
    WriteEvents(changing: ["PutDashboard"], deleting: ["DeleteDashboards"]) { request in
      [request["dashboardName"]?.string].compactMap { $0 }
        + (request["dashboardNames"]?.elements ?? []).compactMap(\.string)
    }
  }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    let dashboards = names.map { scope.globalARN("cloudwatch", "dashboard/\($0)") }
    return switch access {
    case .read: [IAMPermission(["cloudwatch:GetDashboard"], on: dashboards)]
    case .write:
      // What others have on it is read once more.
      [
        IAMPermission(
          ["cloudwatch:DeleteDashboards", "cloudwatch:GetDashboard", "cloudwatch:PutDashboard"],
          on: dashboards)
      ]
    }
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] { DashboardProblems(write).all }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    scope.prices.monthlyCost(
      of: .dashboard, quantity: 1, in: scope.region, called: "dashboards")
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let found = try await inParallel(names.sorted()) { name in
      try await body(name).map { (name, LiveResource(attributes: Self.attributes($0))) }
    }
    return Dictionary(uniqueKeysWithValues: found.compactMap { $0 })
  }

  func create(_ write: ResourceWrite) async throws { try await put([:], write) }

  /// CloudWatch replaces the whole body: it is read again, and what others have in it is kept.
  func update(_ write: ResourceWrite) async throws {
    guard let body = try await body(write.name) else {
      throw ResourceError(
        .missing, Address(type, write.name), "The dashboard is not there any more.")
    }
    try await put(body, write)
  }

  func delete(_ write: ResourceWrite) async throws {
    _ = try await scope.client.call(
      "cloudwatch", "DeleteDashboards", ["DashboardNames": [.string(write.name)]],
      nilIf: "ResourceNotFound")
  }

  private func put(_ found: [String: Value], _ write: ResourceWrite) async throws {
    var body = found
    for name in write.unset { body[name] = nil }
    for (name, value) in write.set { body[name] = name == "widgets" ? Self.list(value) : value }
    // "The dashboard must include a widgets array, but that array can be empty" (Dashboard body structure).
    if body["widgets"] == nil { body["widgets"] = [] }
    let text = try CanonicalJSON.encodeLine(Value.map(body)).dropLast()
    _ = try await scope.client.call(
      "cloudwatch", "PutDashboard",
      [
        "DashboardName": .string(write.name),
        "DashboardBody": .string(String(decoding: text, as: UTF8.self)),
      ])
  }

  private func body(_ name: String) async throws -> [String: Value]? {
    guard
      let answer = try await scope.client.call(
        "cloudwatch", "GetDashboard", ["DashboardName": .string(name)], nilIf: "ResourceNotFound")
    else { return nil }
    let text = answer["DashboardBody"]?.string ?? ""
    guard let body = try? CanonicalJSON.decode(Value.self, from: Data(text.utf8)).map else {
      throw ResourceError(.badAnswer, Address(type, name), "Its body is not JSON.")
    }
    return body
  }

  private static func attributes(_ body: [String: Value]) -> [String: Value] {
    body.changing("widgets") { widgets in
      let pairs = widgets.elements.enumerated().map { ("\($0.offset + 1)", $0.element) }
      return .map(Dictionary(uniqueKeysWithValues: pairs))
    }
  }

  /// The widgets in the order of their places.
  static func list(_ widgets: Value) -> Value {
    .list(
      widgets.members.sorted { (Int($0.key) ?? 0) < (Int($1.key) ?? 0) }.map(\.value))
  }
}
