/// A call of AWS by which EventBridge Scheduler changes attributes of a resource. The members of its
/// input are written as in the SDK for Java: `DbClusterIdentifier` (EventBridge Scheduler user guide,
/// managing-targets-universal).
public struct ScheduledCall: Hashable, Sendable {
  /// Whose attributes.
  public let address: Address
  /// What they become; null where one is taken away.
  public let values: [String: Value]

  private static let targetPrefix = "arn:aws:scheduler:::aws-sdk:"

  /// The call that gives attributes of a resource these values.
  public init(_ address: Address, _ values: [String: Value]) {
    self.address = address
    self.values = values
  }

  /// What a call of `operation`, such as `rds:modifyDBCluster`, with this input does; nil where that is
  /// not known.
  public init?(operation: String, input: Value) {
    guard let form = ScheduledCallForm.all.first(where: { $0.operation == operation }),
      let name = form.naming.name(in: input)
    else { return nil }
    address = Address(form.type, name)
    var values = form.fixed
    for (attribute, path) in form.attributes {
      guard let value = path.reduce(Optional(input), { $0?[$1] }) else { continue }
      values[form.attribute(attribute, in: input)] =
        form.flags[attribute].map(value.raised) ?? value
    }
    if let attribute = form.qualified, form.attributes.isEmpty {
      values[form.attribute(attribute, in: input)] = .null
    }
    self.values = values
  }

  /// What the schedule with this target, `arn:aws:scheduler:::aws-sdk:rds:modifyDBCluster`, and this
  /// input does; nil where that is not known.
  public init?(target: Value?, input: Value?) {
    guard let parts = target?.string?.split(separator: ":", omittingEmptySubsequences: false),
      parts.count == 8, parts[2] == "scheduler", parts[5] == "aws-sdk"
    else { return nil }
    self.init(operation: "\(parts[6]):\(parts[7])", input: input ?? .null)
  }

  /// `rds:modifyDBCluster`; nil where no call gives the resource just these values.
  public var operation: String? { form?.operation }

  /// `arn:aws:scheduler:::aws-sdk:rds:modifyDBCluster`; nil where no call gives the resource just these
  /// values.
  public var target: String? { operation.map { Self.targetPrefix + $0 } }

  /// What the operation is called with.
  public var input: Value {
    guard let form else { return [:] }
    var input = form.constants.merging(form.naming.members(of: address.name)) { $1 }
    for (name, value) in values {
      if let member = form.qualifierMember(of: name) { input[member.name] = member.value }
      guard let path = form.attributes[form.attribute(of: name)], let outer = path.first,
        let inner = path.last
      else { continue }
      let sent = form.flags[name].map(value.flags) ?? value
      if path.count == 1 {
        input[outer] = sent
      } else {
        input[outer] = .map((input[outer]?.map ?? [:]).merging([inner: sent]) { $1 })
      }
    }
    return .map(input)
  }

  private var form: ScheduledCallForm? {
    ScheduledCallForm.all.first { $0.type == address.type && $0.makes(values) }
  }
}

extension Value {
  /// The names of the flags that are raised, sorted; null where none is.
  fileprivate func raised(of flags: [String]) -> Value {
    let raised = flags.filter { self[$0] == true }.sorted()
    return raised.isEmpty ? .null : .list(raised.map(Value.string))
  }

  /// Each flag, with whether it is among these names.
  fileprivate func flags(_ flags: [String]) -> Value {
    let names = list ?? []
    return .map(
      Dictionary(uniqueKeysWithValues: flags.map { ($0, .bool(names.contains(.string($0)))) }))
  }
}
