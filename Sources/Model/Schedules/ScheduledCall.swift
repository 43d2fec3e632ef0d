/// A call of AWS by which EventBridge Scheduler changes attributes of a resource. The members of its
/// input are written as in the SDK for Java: `DbClusterIdentifier` (EventBridge Scheduler user guide,
/// managing-targets-universal).
public struct ScheduledCall: Hashable, Sendable {
  /// Whose attributes.
  public let address: Address
  /// What they become.
  public let values: [String: Value]

  /// How the resources of a type are changed.
  private struct Form {
    let operation: String
    let type: String
    /// The members that name the resource; their texts with `/` between them are its name.
    let name: [String]
    /// By attribute the way to its member.
    let attributes: [String: [String]]
    /// Members that are the same in each call.
    var constants: [String: Value] = [:]
  }

  /// API descriptions of rds and eks.
  private static let forms = [
    Form(
      operation: "rds:modifyDBCluster", type: "rds/cluster", name: ["DbClusterIdentifier"],
      attributes: [
        "minCapacity": ["ServerlessV2ScalingConfiguration", "MinCapacity"],
        "maxCapacity": ["ServerlessV2ScalingConfiguration", "MaxCapacity"],
        "secondsUntilAutoPause": ["ServerlessV2ScalingConfiguration", "SecondsUntilAutoPause"],
      ], constants: ["ApplyImmediately": true]),
    Form(
      operation: "rds:modifyDBInstance", type: "rds/instance", name: ["DbInstanceIdentifier"],
      attributes: ["class": ["DbInstanceClass"]], constants: ["ApplyImmediately": true]),
    Form(
      operation: "eks:updateNodegroupConfig", type: "eks/nodegroup",
      name: ["ClusterName", "NodegroupName"],
      attributes: [
        "minSize": ["ScalingConfig", "MinSize"], "maxSize": ["ScalingConfig", "MaxSize"],
        "desiredSize": ["ScalingConfig", "DesiredSize"],
      ]),
  ]

  /// The call that gives attributes of a resource these values.
  public init(_ address: Address, _ values: [String: Value]) {
    self.address = address
    self.values = values
  }

  /// What a call of `operation`, such as `rds:modifyDBCluster`, with this input does; nil where that is
  /// not known.
  public init?(operation: String, input: Value) {
    guard let form = Self.forms.first(where: { $0.operation == operation }) else { return nil }
    let name = form.name.compactMap { input[$0]?.string }
    guard name.count == form.name.count else { return nil }
    address = Address(form.type, name.joined(separator: "/"))
    values = form.attributes.compactMapValues { path in
      path.reduce(Optional(input)) { $0?[$1] }
    }
  }

  /// `rds:modifyDBCluster`; nil where no call changes resources of that type.
  public var operation: String? { form?.operation }

  /// What the operation is called with.
  public var input: Value {
    guard let form else { return [:] }
    var input = form.constants
    let parts = address.name.split(
      separator: "/", maxSplits: form.name.count - 1, omittingEmptySubsequences: false)
    for (member, part) in zip(form.name, parts) { input[member] = .string(String(part)) }
    for (attribute, path) in form.attributes {
      guard let value = values[attribute], let outer = path.first, let inner = path.last else {
        continue
      }
      if path.count == 1 {
        input[outer] = value
      } else {
        input[outer] = .map((input[outer]?.map ?? [:]).merging([inner: value]) { $1 })
      }
    }
    return .map(input)
  }

  private var form: Form? { Self.forms.first { $0.type == address.type } }
}
