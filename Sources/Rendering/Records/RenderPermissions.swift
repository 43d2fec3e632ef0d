public import Model

/// The permissions that the commands of an environment take, as IAM policies in one JSON document.
///
/// - Throws: `EncodingError`.
public func render(permissions: [String: [IAMPermission]], environment: EnvironmentReference) throws
  -> String
{
  String(
    decoding: try CanonicalJSON.encode(
      PermissionsJSON(
        environment: environment, policies: permissions.mapValues(PolicyDocument.init))),
    as: UTF8.self)
}

private struct PermissionsJSON: Encodable {
  let formatVersion = viewFormatVersion
  let environment: EnvironmentReference
  /// By command.
  let policies: [String: PolicyDocument]
}

/// A policy as IAM takes it (IAM user guide, JSON policy element reference).
private struct PolicyDocument: Encodable {
  struct Statement: Encodable {
    let effect = "Allow"
    let action: [String]
    let resource: [String]
    let condition: [String: [String: String]]?

    enum CodingKeys: String, CodingKey {
      case effect = "Effect"
      case action = "Action"
      case resource = "Resource"
      case condition = "Condition"
    }
  }

  let version = "2012-10-17"
  let statement: [Statement]

  enum CodingKeys: String, CodingKey {
    case version = "Version"
    case statement = "Statement"
  }

  init(_ permissions: [IAMPermission]) {
    statement = permissions.map {
      Statement(
        action: $0.actions, resource: $0.resources,
        condition: $0.conditions.isEmpty ? nil : ["StringEquals": $0.conditions])
    }
  }
}
