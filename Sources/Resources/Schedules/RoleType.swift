internal import Foundation
internal import Model
internal import Pricing

/// `iam/role` and `iam/snapshot-role`: a role of IAM, which Weir reads and never changes. Its name is the
/// role's, perhaps with its path before it.
///
/// Attributes: none. Context: `trusts` (the services that may assume it) and `arn`, or `isHidden` where
/// reading it is not allowed.
///
/// Reads take one request for each role: schedules share few.
struct RoleType: ResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope
  /// Who assumes it.
  let use: RoleUse

  private var trustPolicy: String {
    "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\":"
      + " {\"Service\": \"\(use.principal)\"}, \"Action\": \"sts:AssumeRole\"}]}"
  }

  var type: String { use.type }
  var isCreatable: Bool { false }
  var isDeletable: Bool { false }

  var writeEvents: WriteEvents? {
    WriteEvents(changing: ["CreateRole", "UpdateAssumeRolePolicy"], deleting: ["DeleteRole"]) {
      request in [request["roleName"]?.string].compactMap { $0 }
    }
  }

  /// The role is handed to the service with what is written there.
  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    let roles = names.map(scope.roleARN)
    switch access {
    case .read: return [IAMPermission(["iam:GetRole"], on: roles)]
    case .write:
      return [
        IAMPermission(["iam:PassRole"], on: roles, where: ["iam:PassedToService": use.principal])
      ]
    }
  }

  func shortfall(of path: String, live: LiveResource?) -> ResourceProblem? {
    let name = Self.bareName(path)
    guard let live else {
      return ResourceProblem(
        use.field,
        "There is no role \(name) in IAM. \(use.advice) give it the trust policy \(trustPolicy)")
    }
    if live.context["isHidden"] == true {
      return ResourceProblem(
        use.field,
        "Whether \(use.principal) may assume the role \(name) is not known: reading it takes"
          + " iam:GetRole.", severity: .warning)
    }
    if let arn = live.context["arn"]?.string, arn != scope.roleARN(path) {
      return ResourceProblem(
        use.field,
        "The role \(name) has another path: what is asked for becomes \(scope.roleARN(path)), which is not"
          + " there. Write \(arn).")
    }
    if live.context["trusts"]?.elements.contains(.string(use.principal)) ?? false { return nil }
    return ResourceProblem(
      use.field,
      "The role \(name) does not trust \(use.principal), so that \(use.service) cannot work with it."
        + " Add to its trust policy what this one says: \(trustPolicy)")
  }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost { .zero }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let found = try await inParallel(names.sorted()) { name in (name, try await role(name)) }
    return found.reduce(into: [:]) { $0[$1.0] = $1.1 }
  }

  func create(_ write: ResourceWrite) async throws { throw unsupported(write) }
  func update(_ write: ResourceWrite) async throws { throw unsupported(write) }
  func delete(_ write: ResourceWrite) async throws { throw unsupported(write) }

  private func unsupported(_ write: ResourceWrite) -> ResourceError {
    ResourceError(.unsupported, Address(type, write.name), "Weir reads roles and writes none.")
  }

  private func role(_ name: String) async throws -> LiveResource? {
    do {
      let answer = try await scope.client.call(
        "iam", "GetRole", ["RoleName": .string(Self.bareName(name))], nilIf: "NoSuchEntity")
      guard let role = answer?["Role"] else { return nil }
      return LiveResource(
        attributes: [:],
        context: ["trusts": .list(trusts(role)), "arn": role["Arn"]].compactMapValues { $0 })
    } catch let failure as any AWSFailure where failure.code.hasPrefix("AccessDenied") {
      return LiveResource(attributes: [:], context: ["isHidden": true])
    }
  }

  /// The name without its path: requests know no path, ARNs have it.
  private static func bareName(_ name: String) -> String {
    name.split(separator: "/").last.map(String.init) ?? name
  }

  /// The services that may assume a role. IAM sends the policy with percent encoding (API description
  /// of iam, GetRole).
  private func trusts(_ role: Value) -> [Value] {
    guard let text = role["AssumeRolePolicyDocument"]?.string,
      let document = UniversalTarget.decoded(text.removingPercentEncoding ?? text)
    else { return [] }
    func list(_ value: Value?) -> [Value] { value?.list ?? [value].compactMap { $0 } }
    let services = list(document["Statement"]).filter { $0["Effect"] == "Allow" }.flatMap {
      list($0["Principal"]?["Service"])
    }
    return Set(services.compactMap(\.string)).sorted().map(Value.string)
  }
}

extension ResourceScope {
  /// The ARN of a role that is given by its name or by its ARN.
  func roleARN(_ role: String) -> String {
    role.hasPrefix("arn:") ? role : globalARN("iam", "role/\(role)")
  }
}
