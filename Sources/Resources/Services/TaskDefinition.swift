internal import Model

/// A revision of a task definition as AWS describes it, with its tags.
struct TaskDefinition: Hashable, Sendable {
  /// AWS's description.
  let members: [String: Value]
  /// The tags that can be set: AWS keeps `aws:` for itself.
  let tags: [Value]

  /// What AWS reports and RegisterTaskDefinition does not take (API description of ecs).
  private static let readOnly: Set = [
    "taskDefinitionArn", "revision", "status", "requiresAttributes", "compatibilities",
    "registeredAt", "registeredBy", "deregisteredAt", "deleteRequestedAt",
  ]

  /// The answer of DescribeTaskDefinition or RegisterTaskDefinition; nil where it holds none.
  init?(answer: Value) {
    guard let members = answer["taskDefinition"]?.map else { return nil }
    self.members = members.without()
    tags = (answer["tags"]?.elements ?? []).filter {
      !($0["key"]?.string ?? "").lowercased().hasPrefix("aws:")
    }
  }

  private init(members: [String: Value], tags: [Value]) {
    self.members = members
    self.tags = tags
  }

  /// The task's CPU units; nil where only its containers have a size.
  var cpu: Value? { members["cpu"].map(TaskSize.cpu) }

  /// The task's memory in MiB; nil where only its containers have a size.
  var memory: Value? { members["memory"].map(TaskSize.memory) }

  /// Whether a service can be changed to it: not to an inactive one.
  var isActive: Bool { members["status"] == "ACTIVE" }

  /// `family:revision`.
  var revision: String? {
    guard let family = members["family"]?.string, let revision = members["revision"]?.int else {
      return nil
    }
    return "\(family):\(revision)"
  }

  /// The same with another size; nil for a size that is not set.
  func resized(cpu: Value?, memory: Value?) -> TaskDefinition {
    var resized = members
    resized["cpu"] = cpu.map(Self.text)
    resized["memory"] = memory.map(Self.text)
    return TaskDefinition(members: resized, tags: tags)
  }

  /// Whether a task of either would run alike: equal in everything that can be registered.
  func runsLike(_ other: TaskDefinition) -> Bool {
    members.without(Self.readOnly.union(["cpu", "memory"]))
      == other.members.without(Self.readOnly.union(["cpu", "memory"]))
      && cpu == other.cpu && memory == other.memory && Set(tags) == Set(other.tags)
  }

  /// The input that registers a copy, with every member that AWS takes, also unknown ones.
  var registration: Value {
    var input = members.without(Self.readOnly)
    if !tags.isEmpty { input["tags"] = .list(tags) }
    return .map(input)
  }

  private static func text(_ size: Value) -> Value {
    size.numeral.map { .string($0.plain) } ?? size
  }
}
