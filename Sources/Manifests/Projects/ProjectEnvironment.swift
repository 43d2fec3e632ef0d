public import Model
public import YAMLReader

/// An account and a region, with values for manifests.
public struct ProjectEnvironment: Hashable, Sendable {
  /// The name.
  public let name: String
  /// The twelve digits of the AWS account.
  public let account: String
  /// The AWS region.
  public let region: String
  /// The ARN of a role to assume.
  public let role: String?
  /// The values that `${name}` takes: scalars, and lists of them.
  public let values: [String: Node]
  /// Whether nothing may be deleted in it.
  public let isProtected: Bool
  /// Where it is defined.
  public let range: SourceRange
}

extension ProjectEnvironment {
  /// The values that every environment has of its own.
  static let builtIns = ["environment", "account", "region"]

  /// All that `${name}` may name.
  var allValues: [String: Node] {
    values.merging(Self.builtIns(name: name, account: account, region: region, at: range)) {
      _, builtIn in builtIn
    }
  }

  /// The built-in values.
  static func builtIns(
    name: String, account: String, region: String, at range: SourceRange
  ) -> [String: Node] {
    func text(_ text: String) -> Node { Node(.scalar(Scalar(text: text)), range: range) }
    return ["environment": text(name), "account": text(account), "region": text(region)]
  }
}
