internal import AWSClient
internal import Engine
internal import Manifests
internal import Model
internal import Policy

/// The least that IAM has to allow for the commands of one environment. AWS is not asked.
struct CommandPermissions {
  let policy: CompiledEnvironment
  let project: Project?
  let state: State?
  let types: [String: any ResourceType]
  let environment: EnvironmentReference

  /// The permissions by command. `apply` holds for rollback and recover, too.
  var byCommand: [String: [IAMPermission]] {
    let names = names
    let read = leastPermissions(.read, on: names, types: types)
    let write = leastPermissions(.write, on: names, writing: attributes, types: types)
    return [
      "plan": read,
      "drift": merged(read + [IAMPermission(["cloudtrail:LookupEvents"])]),
      "apply": merged(read + write + own),
    ]
  }

  /// What the policy asks for, and what it may have to give back.
  private var names: [String: Set<String>] {
    var names: [String: Set<String>] = [:]
    for address in policy.resources.map(\.address) + (state.map { Array($0.resources.keys) } ?? [])
    {
      names[address.type, default: []].insert(Self.pattern(of: address.name))
    }
    for need in policy.resources.flatMap(\.needs) {
      names[need.type, default: []].insert(need.name)
    }
    for selector in policy.selections.map(\.selector) {
      guard let type = types[selector.type] else { continue }
      names[selector.type, default: []].insert(type.pattern(of: selector))
    }
    for address in policy.parkingPatterns {
      names[address.type, default: []].insert(address.name)
    }
    return names
  }

  /// The attributes that the policy asks for or may have to give back; of what can be parked all.
  private var attributes: [String: Set<String>] {
    var attributes: [String: Set<String>] = [:]
    for resource in policy.resources + policy.selections.map(\.asResource) {
      attributes[resource.address.type, default: []].formUnion(resource.attributes.keys)
    }
    for record in state?.resources.values.map({ $0 }) ?? [] {
      attributes[record.address.type, default: []].formUnion(record.attributes.keys)
    }
    for type in policy.parkingPatterns.map(\.type) { attributes[type] = nil }
    return attributes
  }

  /// What matches a name and, where IAM can say it, nothing else. There `*`, `?` and `$` have a meaning and are
  /// written as variables (IAM user guide, Policy variables). No policy holds a character beyond U+00FF (API
  /// description of iam, policyDocumentType): a `?` stands for it, with a `*` where IAM may count it as two.
  private static func pattern(of name: String) -> String {
    name.unicodeScalars.map { scalar in
      switch scalar {
      case "*", "?", "$": "${\(scalar)}"
      case _ where scalar.value > 0xFFFF: "?*"
      case _ where scalar.value > 0xFF: "?"
      default: "\(scalar)"
      }
    }.joined()
  }

  /// What Weir itself writes and seals with. An alias of a key is in no ARN of IAM.
  private var own: [IAMPermission] {
    var permissions: [IAMPermission] = []
    if let key = project?.kmsKey?.value {
      permissions.append(
        IAMPermission(
          ["kms:Decrypt", "kms:GenerateDataKey"], on: [key.hasPrefix("arn:") ? key : "*"]))
    }
    if let backup = project?.backup {
      let bucket = "arn:\(partitionName(ofRegion: environment.region)):s3:::\(backup.bucket)"
      let folder = backup.prefix.isEmpty ? environment.name : "\(backup.prefix)/\(environment.name)"
      permissions.append(IAMPermission(["s3:ListBucket"], on: [bucket]))
      permissions.append(
        IAMPermission(["s3:GetObject", "s3:PutObject"], on: ["\(bucket)/\(folder)/*"]))
      if let key = backup.kmsKey {
        permissions.append(
          IAMPermission(
            ["kms:Decrypt", "kms:GenerateDataKey"], on: [key.hasPrefix("arn:") ? key : "*"]))
      }
    }
    if let notices = project?.notices {
      permissions.append(IAMPermission(["sns:Publish"], on: [notices.topic]))
    }
    return permissions
  }
}
