public import Foundation
public import Model

/// A resource type of the fake account. Its price is the sum of its numbers, in USD a month.
public struct FakeResourceType: ResourceType {
  /// The type's name.
  public let type: String
  /// Whether Weir can create one.
  public var isCreatable = true
  /// Whether Weir can delete one.
  public var isDeletable = true
  /// How a write is read back.
  public var verification = Verification(tries: 3, interval: 0)
  /// What it would refuse.
  public var refuses: @Sendable (ResourceWrite) -> [ResourceProblem] = { _ in [] }
  /// What no rollback brings back.
  public var irreversible: @Sendable (ResourceWrite, Change.Action) -> String? = { _, _ in nil }
  /// What it does by itself.
  public var movement: @Sendable (String, [String: Value], Date) -> Movement? = { _, _, _ in nil }
  /// When it acts next.
  public var firings: @Sendable ([String: Value], Date) -> [Firing] = { _, _ in [] }
  /// Why it keeps what depends on it from acting.
  public var hindrance: @Sendable (LiveResource, Address) -> String? = { _, _ in nil }
  /// What it still keeps of attributes, by the context that was recorded with them.
  public var keeps: @Sendable (String, [String: Value]) -> Value? = { _, _ in nil }
  /// Actions of writes of these attributes alone.
  public var attributesByAction: [String: Set<String>] = [:]
  private let cloud: FakeCloud

  /// The type `type` in `cloud`.
  public init(_ type: String, in cloud: FakeCloud) {
    self.type = type
    self.cloud = cloud
  }

  /// Strings in lower case, and no size in the mode `none`: a normal form for tests of normal forms.
  public func normalized(_ attributes: [String: Value]) -> [String: Value] {
    var normal = attributes.mapValues { $0.string.map { .string($0.lowercased()) } ?? $0 }
    if normal["mode"] == "none" { normal["size"] = nil }
    return normal
  }

  /// Actions of its own.
  public func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    [IAMPermission(["fake:\(access.rawValue)"], on: names)]
  }

  /// What `refuses` says.
  public func problems(with write: ResourceWrite) -> [ResourceProblem] { refuses(write) }

  /// What `irreversible` says.
  public func irreversible(_ write: ResourceWrite, action: Change.Action) -> String? {
    irreversible(write, action)
  }

  /// What `hindrance` says.
  public func hindrance(by live: LiveResource, of dependent: Address) -> String? {
    hindrance(live, dependent)
  }

  /// What `movement` says.
  public func movement(by name: String, attributes: [String: Value], until time: Date) -> Movement?
  {
    movement(name, attributes, time)
  }

  /// Whether `keeps` has it.
  public func restores(_ attribute: String, from recorded: [String: Value]) -> Bool {
    keeps(attribute, recorded) != nil
  }

  /// What `firings` says.
  public func firings(attributes: [String: Value], after time: Date) -> [Firing] {
    firings(attributes, time)
  }

  /// The sum of the numbers among the attributes.
  public func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    MonthlyCost(attributes.values.compactMap(\.number).reduce(0, +))
  }

  /// Reads those of `names` that the account shows.
  ///
  /// - Throws: `InjectedFailure`.
  public func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    try await cloud.read(type, names)
  }

  /// Creates a resource.
  ///
  /// - Throws: `InjectedFailure`, `FakeRefusal`.
  public func create(_ write: ResourceWrite) async throws {
    try await cloud.write(.create, Address(type, write.name), write)
  }

  /// Changes the attributes that the write names.
  ///
  /// - Throws: `InjectedFailure`, `FakeRefusal`.
  public func update(_ write: ResourceWrite) async throws {
    let set = Dictionary(
      uniqueKeysWithValues: write.set.map { ($0, keeps($0, write.recorded) ?? $1) })
    try await cloud.write(
      .update, Address(type, write.name),
      ResourceWrite(
        name: write.name, live: write.live, set: set, unset: write.unset,
        recorded: write.recorded))
  }

  /// Deletes a resource.
  ///
  /// - Throws: `InjectedFailure`, `FakeRefusal`.
  public func delete(_ write: ResourceWrite) async throws {
    try await cloud.write(.delete, Address(type, write.name), write)
  }
}
