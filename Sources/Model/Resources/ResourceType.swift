public import Foundation

/// What is known of a resource type without asking AWS.
public protocol ResourceSchema: Sendable {
  /// The type's name, as in addresses: `ecs/service`.
  var type: String { get }

  /// Whether Weir can create one. Where it cannot, a resource that is not there is an error.
  var isCreatable: Bool { get }

  /// Whether Weir can delete one.
  var isDeletable: Bool { get }

  /// How often, and how far apart in seconds, a write is read back until it shows.
  var verification: Verification { get }

  /// The form in which equal meaning is equal data: defaults filled in, order and units settled.
  func normalized(_ attributes: [String: Value]) -> [String: Value]

  /// Whether a write can give back a sensitive attribute without being told it, because AWS still
  /// holds the value that the recorded context refers to.
  func restores(_ attribute: String, from recorded: [String: Value]) -> Bool

  /// How CloudTrail tells of writes to it; nil where that is not known.
  var writeEvents: WriteEvents? { get }

  /// The least that IAM has to allow for resources of this type, with the ARN of each.
  ///
  /// The actions, and whether they know resources, are those of AWS's Service Authorization Reference.
  ///
  /// - Parameter names: names of resources, in which `*` stands for anything: what a selector means is
  ///   not known before AWS is asked.
  func permissions(_ access: Access, on names: [String]) -> [IAMPermission]

  /// Actions of writes that nothing but writes of these attributes take; every write may take the others.
  var attributesByAction: [String: Set<String>] { get }

  /// The names that a selector can mean, with `*` for anything.
  func pattern(of selector: ResourceSelector) -> String

  /// What AWS would refuse about a write, or what the writer should know beforehand.
  func problems(with write: ResourceWrite) -> [ResourceProblem]

  /// Why no rollback brings back what a write does, in a full sentence; nil where one does.
  func irreversible(_ write: ResourceWrite, action: Change.Action) -> String?

  /// Why a resource of this type keeps one that depends on it from doing what it is for, in a full
  /// sentence; nil where it does not.
  func hindrance(by live: LiveResource, of dependent: Address) -> String?

  /// What a resource with these attributes does by itself to another one, as of `time`; nil where it
  /// does nothing of the kind.
  func movement(by name: String, attributes: [String: Value], until time: Date) -> Movement?

  /// When a resource with these attributes will do next what it does by itself, the first times after
  /// `time`; none where it does nothing of the kind, or where that is not known.
  func firings(attributes: [String: Value], after time: Date) -> [Firing]

  /// What is wrong with the resource `name` that another one needs and Weir does not manage; nil where
  /// it will do.
  ///
  /// - Parameter live: as it was read; nil where it is not there.
  func shortfall(of name: String, live: LiveResource?) -> ResourceProblem?

  /// The same where it matters what Weir manages.
  ///
  /// - Parameter own: what the policy asks for and what the state holds.
  func shortfall(of name: String, live: LiveResource?, beside own: Set<Address>) -> ResourceProblem?

  /// The attribute of another resource that the resource `name` keeps within bounds; nil where it does
  /// nothing of the kind.
  func bounded(by name: String) -> BoundedAttribute?

  /// The cost a month of a resource with these attributes, in this context.
  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost
}

/// How a write is read back.
public struct Verification: Hashable, Sendable {
  /// How many times at most.
  public let tries: Int
  /// Seconds between two.
  public let interval: Double

  /// Reads back `tries` times, `interval` seconds apart.
  public init(tries: Int, interval: Double) {
    self.tries = tries
    self.interval = interval
  }

  /// Five tries, ten seconds apart.
  public static let standard = Verification(tries: 5, interval: 10)
}

/// Something that stands against a write, found before it is made.
public struct ResourceProblem: Hashable, Sendable {
  /// The attribute that it is about; nil for the whole resource.
  public let attribute: String?
  /// Whether it stops the plan, or is only to be known.
  public let severity: Diagnostic.Severity
  /// What, why, and what would do instead, in full sentences.
  public let message: String

  /// A problem with `attribute`.
  public init(
    _ attribute: String?, _ message: String, severity: Diagnostic.Severity = .error
  ) {
    self.attribute = attribute
    self.severity = severity
    self.message = message
  }
}

/// A resource type: the one place that knows how AWS holds it. Reads come in bulk.
public protocol ResourceType: ResourceSchema {
  /// Reads those of `names` that exist, in as few requests as AWS allows.
  ///
  /// - Throws: what the AWS client throws; a resource that is not there is no error.
  func read(_ names: Set<String>) async throws -> [String: LiveResource]

  /// Finds those that a selector means, in as few requests as AWS allows.
  ///
  /// - Throws: what the AWS client throws.
  /// - Returns: the resources, as `read` would give them.
  func find(_ selector: ResourceSelector) async throws -> [String: LiveResource]

  /// Creates a resource with the attributes of `write.set`.
  ///
  /// - Throws: what the AWS client throws.
  func create(_ write: ResourceWrite) async throws

  /// Changes just the attributes named in the write, and keeps all else as AWS holds it.
  ///
  /// - Throws: what the AWS client throws.
  func update(_ write: ResourceWrite) async throws

  /// Deletes the resource.
  ///
  /// - Throws: what the AWS client throws.
  func delete(_ write: ResourceWrite) async throws
}

extension ResourceSchema {
  /// It can.
  public var isCreatable: Bool { true }
  /// It can.
  public var isDeletable: Bool { true }
  /// Five tries, ten seconds apart.
  public var verification: Verification { .standard }

  /// It is not known.
  public var writeEvents: WriteEvents? { nil }

  /// Every write may take every action.
  public var attributesByAction: [String: Set<String>] { [:] }

  /// It cannot.
  public func restores(_ attribute: String, from recorded: [String: Value]) -> Bool { false }

  /// It can mean any.
  public func pattern(of selector: ResourceSelector) -> String { "*" }

  /// They are in normal form as they are.
  public func normalized(_ attributes: [String: Value]) -> [String: Value] { attributes }

  /// None is known.
  public func problems(with write: ResourceWrite) -> [ResourceProblem] { [] }

  /// It does not.
  public func hindrance(by live: LiveResource, of dependent: Address) -> String? { nil }

  /// It does nothing.
  public func movement(by name: String, attributes: [String: Value], until time: Date) -> Movement?
  {
    nil
  }

  /// None is known.
  public func firings(attributes: [String: Value], after time: Date) -> [Firing] { [] }

  /// It will do if it is there.
  public func shortfall(of name: String, live: LiveResource?) -> ResourceProblem? {
    live == nil ? ResourceProblem(nil, "It needs \(type) \(name), which is not there.") : nil
  }

  /// It does not matter.
  public func shortfall(
    of name: String, live: LiveResource?, beside own: Set<Address>
  ) -> ResourceProblem? {
    shortfall(of: name, live: live)
  }

  /// It bounds nothing.
  public func bounded(by name: String) -> BoundedAttribute? { nil }

  /// One does.
  public func irreversible(_ write: ResourceWrite, action: Change.Action) -> String? { nil }
}

extension ResourceType {
  /// None: only types whose kinds select define what a selector means.
  public func find(_ selector: ResourceSelector) async throws -> [String: LiveResource] { [:] }
}
