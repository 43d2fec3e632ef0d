internal import Model

/// How the resources of a type are parked.
struct ParkedForm: Sendable {
  /// What becomes of one of them.
  enum Outcome: Sendable {
    /// It is parked, and with it what goes with it.
    case parked([Part])
    /// It stays as it is, for this reason in a full sentence.
    case kept(String)
  }

  /// A resource with its parked values.
  struct Part: Sendable {
    let address: Address
    let attributes: [String: DesiredValue]
    /// What is parked before it.
    var dependsOn: [Address] = []
    /// Whether it need not be there.
    var isOptional = false
    /// Whether AWS takes no other change of it while it is parked.
    var isFrozen = false
    /// The scalable targets that move its attributes, by attribute.
    var scaledBy: [String: Address] = [:]
    /// What to know about it, in the words of a note.
    var notes: [String] = []
  }

  /// One that may be parked.
  struct Subject: Sendable {
    let name: String
    /// As it is in AWS; nil where it is not there, or not known.
    let live: LiveResource?
    /// As it is in the state; nil where it is not.
    let record: AppliedResource?
    /// The manifest that asks for what it makes or deletes; nil where none does.
    let owner: ManifestReference?

    init(
      _ name: String, live: LiveResource? = nil, record: AppliedResource? = nil,
      owner: ManifestReference? = nil
    ) {
      self.name = name
      self.live = live
      self.record = record
      self.owner = owner
    }

    /// Whether it stands for any.
    var isAny: Bool { name == "*" }

    /// What it has, or had when it was parked.
    var attributes: Set<String> {
      Set((live?.attributes ?? [:]).keys).union((record?.found ?? [:]).keys)
    }
  }

  /// The word for its service in `only`.
  let service: String
  /// The type.
  let type: String
  /// Whether tags do not find one that is parked, because AWS no longer has it.
  var vanishes = false
  /// The same resources as another type knows them, which is parked in another way.
  var other: String?
  /// What becomes of one.
  let outcome: @Sendable (Subject) -> Outcome

  /// All types that can be parked, one line each; ``deletedAlarm`` takes the place of ``alarm`` where a
  /// manifest says so.
  static let all: [ParkedForm] = [
    .ecsService, .ec2Instance, .databaseInstance, .databaseCluster, .function, .alarm,
    .endpoint, .notebook, .stream, .table,
  ]

  /// How a type is parked; nil where it is not.
  static func of(_ type: String) -> ParkedForm? {
    (all + [.deletedAlarm]).first { $0.type == type }
  }
}
