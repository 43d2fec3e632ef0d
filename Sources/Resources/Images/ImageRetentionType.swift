internal import Foundation
internal import Model

/// `ecr/lifecycle-policy`: which images of an ECR repository expire. Its name is the repository's.
///
/// Attributes: one per rule, `rules.<priority>`, in ECR's own shape without the priority, which is what
/// tells the rules of a policy apart. A repository without a policy has no attributes, and there is
/// nothing to create or delete: rules of other priorities stay as they are.
///
/// Reads take one request for each repository: ECR has no list of policies. Selectors: `prefix` of the
/// repository's name.
struct ImageRetentionType: ResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  static let prefix = "rules."

  var type: String { "ecr/lifecycle-policy" }
  var isCreatable: Bool { false }
  var isDeletable: Bool { false }

  var writeEvents: WriteEvents? {
    WriteEvents(
      changing: ["PutLifecyclePolicy", "DeleteLifecyclePolicy"], deleting: ["DeleteRepository"]
    ) { request in [request["repositoryName"]?.string].compactMap { $0 } }
  }

  func pattern(of selector: ResourceSelector) -> String {
    "\(selector.criteria["prefix"]?.string ?? "")*"
  }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    let arns = names.map { scope.arn("ecr", "repository/\($0)") }
    switch access {
    case .read:
      let all = names.contains { $0.hasSuffix("*") }
      return [IAMPermission(["ecr:GetLifecyclePolicy"], on: arns)]
        + (all
          ? [IAMPermission(["ecr:DescribeRepositories"], on: [scope.arn("ecr", "repository/*")])]
          : [])
    case .write:
      return [IAMPermission(["ecr:DeleteLifecyclePolicy", "ecr:PutLifecyclePolicy"], on: arns)]
    }
  }

  func normalized(_ attributes: [String: Value]) -> [String: Value] {
    attributes.mapValues(Self.normalized)
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] { ImageRuleProblems(write).all }

  func irreversible(_ write: ResourceWrite, action: Change.Action) -> String? {
    imageExpiry(by: write)
  }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    .unknown("depends on the images stored")
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let all = try await inParallel(names.sorted()) { name in (name, try await rules(of: name)) }
    var live: [String: LiveResource] = [:]
    for (name, rules) in all {
      guard let rules else { continue }
      live[name] = LiveResource(attributes: Self.attributes(rules))
    }
    return live
  }

  func find(_ selector: ResourceSelector) async throws -> [String: LiveResource] {
    let prefix = selector.criteria["prefix"]?.string ?? ""
    let names = try await scope.client.all(
      "ecr", "DescribeRepositories", ["maxResults": 1000], items: "repositories"
    ).compactMap { $0["repositoryName"]?.string }.filter { $0.hasPrefix(prefix) }
    return try await read(Set(names))
  }

  func create(_ write: ResourceWrite) async throws { throw unsupported(write, "creates") }

  func delete(_ write: ResourceWrite) async throws { throw unsupported(write, "deletes") }

  /// ECR replaces a policy as a whole: it is read again, and the rules of others are kept as they are.
  func update(_ write: ResourceWrite) async throws {
    guard var rules = try await rules(of: write.name) else {
      throw ResourceError(
        .missing, Address(type, write.name), "The repository is not there any more.")
    }
    let wasEmpty = rules.isEmpty
    rules.removeAll { write.touched.contains(Self.key(of: $0)) }
    for (key, rule) in write.set {
      guard let priority = Int(key.dropFirst(Self.prefix.count)) else { continue }
      rules.append(.map(rule.members.merging(["rulePriority": Value(priority)]) { $1 }))
    }
    rules.sort { ($0["rulePriority"]?.int ?? 0) < ($1["rulePriority"]?.int ?? 0) }
    if rules.isEmpty {
      if wasEmpty { return }
      _ = try await scope.client.call(
        "ecr", "DeleteLifecyclePolicy", ["repositoryName": .string(write.name)],
        nilIf: "LifecyclePolicyNotFoundException")
      return
    }
    let text = try CanonicalJSON.encodeLine(Value.map(["rules": .list(rules)])).dropLast()
    _ = try await scope.client.call(
      "ecr", "PutLifecyclePolicy",
      [
        "repositoryName": .string(write.name),
        "lifecyclePolicyText": .string(String(decoding: text, as: UTF8.self)),
      ])
  }

  /// The rules, none where there is no policy; nil where there is no repository.
  private func rules(of name: String) async throws -> [Value]? {
    do {
      let answer = try await scope.client.call(
        "ecr", "GetLifecyclePolicy", ["repositoryName": .string(name)],
        nilIf: "LifecyclePolicyNotFoundException")
      guard let text = answer?["lifecyclePolicyText"]?.string else { return [] }
      guard let policy = try? CanonicalJSON.decode(Value.self, from: Data(text.utf8)) else {
        throw ResourceError(.badAnswer, Address(type, name), "Its policy is not JSON.")
      }
      return policy["rules"]?.elements ?? []
    } catch let failure as any AWSFailure where failure.code == "RepositoryNotFoundException" {
      return nil
    }
  }

  private static func attributes(_ rules: [Value]) -> [String: Value] {
    Dictionary(rules.map { (key(of: $0), normalized($0)) }, uniquingKeysWith: { $1 })
  }

  private static func key(of rule: Value) -> String {
    "\(prefix)\(rule["rulePriority"]?.numeral?.plain ?? "")"
  }

  /// A rule without its priority, whose lists of tags are sets.
  private static func normalized(_ rule: Value) -> Value {
    var members = rule.members.without(["rulePriority"])
    if var selection = members["selection"]?.map {
      for list in ["tagPrefixList", "tagPatternList"] {
        guard let texts = selection[list]?.list?.compactMap(\.string) else { continue }
        selection[list] = texts.isEmpty ? nil : .list(Set(texts).sorted().map(Value.string))
      }
      members["selection"] = .map(selection.without())
    }
    if members["description"] == "" { members["description"] = nil }
    return .map(members.without())
  }

  private func unsupported(_ write: ResourceWrite, _ verb: String) -> ResourceError {
    ResourceError(
      .unsupported, Address(type, write.name), "Weir changes repositories and \(verb) none.")
  }
}
