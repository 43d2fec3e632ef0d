internal import Model

/// What a plan is to make of one resource, whatever the reason.
struct Target {
  /// Whether the resource is to be there, and whether Weir is to manage it.
  enum Existence {
    case present
    case absent
    /// Left as it is, and no longer managed.
    case unmanaged
  }

  let address: Address
  var existence: Existence
  /// The attributes to bring about, in normal form.
  var attributes: [String: DesiredValue]
  /// By attribute the values that count as done, too.
  var accepted: [String: AcceptedRange] = [:]
  /// Why each attribute and the resource as a whole.
  var reason: Change.Reason
  /// Places in the policy by attribute.
  var sources: [String: SourceRange] = [:]
  /// The place in the policy of the resource as a whole.
  var range: SourceRange?
  var dependsOn: [Address]
  /// What it depended on while it had the attributes that are given back now: it comes before these.
  var precedes: [Address] = []
  /// Whether `dependsOn` is the order itself, also on the way back.
  var isOrderFixed: Bool = false
  var isProtected: Bool
  var notes: [String] = []
  /// The context that was recorded with values that are given back.
  var recorded: [String: Value] = [:]
  /// Whether the resource was there when the values were recorded and has gone without Weir: it
  /// is then reported, not invented.
  var isGivenBack: Bool = false
  /// Whether it has done what it was for, and is left where it is.
  var isSpent: Bool = false
  /// Whether the policy asks for its deletion.
  var isUnwanted: Bool = false
  /// Attributes that the time has made void.
  var lapsed: Set<String> = []
  /// Attributes that are none of the plan's matter: they stay as they are, also in the state.
  var untouched: Set<String> = []
  /// Attributes that are no longer asked for and that a schedule has given back already.
  var givenBack: Set<String> = []
  /// What to do where somebody else changed it.
  var onDrift: DriftPolicy = .revert
  /// What is left alone because the drift of it is kept.
  var kept = KeptDrift.nothing
  /// How the state will record it, given what is live now.
  var record: Record

  /// How the state records a resource once its change has been made.
  enum Record {
    /// As the policy's, owned by this manifest.
    case owned(DesiredResource)
    /// Exactly so; nil where Weir no longer manages it.
    case fixed(AppliedResource?)
  }

  /// The place in the policy that asks for the leaf at `path`: that of its nearest ancestor.
  func source(of path: String) -> SourceRange? {
    var prefix = Substring(path)
    while true {
      if let range = sources[String(prefix)] { return range }
      guard let dot = prefix.lastIndex(of: ".") else { return nil }
      prefix = prefix[..<dot]
    }
  }
}

extension DesiredValue {
  /// The wish for what was found: null stands for an attribute that was not set.
  init(found value: Value) {
    self = value.isNull ? .absent : .exactly(value)
  }
}
