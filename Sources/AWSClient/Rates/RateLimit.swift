/// How fast a service lets an account call some of its operations: a bucket of requests that holds
/// `burst` when it is full and gets `perSecond` back each second.
public struct RateLimit: Hashable, Sendable {
  /// How many requests a full bucket allows at once.
  public var burst: Double
  /// How many requests a second it allows in the long run.
  public var perSecond: Double

  /// A limit; without a burst of its own, one second's requests may come at once.
  public init(burst: Double? = nil, perSecond: Double) {
    self.burst = burst ?? max(1, perSecond)
    self.perSecond = perSecond
  }
}

/// Operations that share a limit, per account and region.
public struct RateFamily: Hashable, Sendable {
  /// The family, in words.
  public var name: String
  /// The limit that they share.
  public var limit: RateLimit
  /// The operations by service, by botocore's names.
  public var operations: [String: Set<String>]
  /// Who says so.
  public var source: String

  /// A family.
  public init(
    _ name: String, _ limit: RateLimit, _ operations: [String: Set<String>], source: String
  ) {
    self.name = name
    self.limit = limit
    self.operations = operations
    self.source = source
  }
}

/// How a client keeps to the rates of services.
public struct RateSettings: Hashable, Sendable {
  /// The limits that are known before the first throttle.
  public var families: [RateFamily]
  /// How many requests of a family are under way at once at most.
  public var maximumInFlight = 64

  /// Settings; what is in no family is limited only after a throttle.
  public init(families: [RateFamily] = RateFamily.published) { self.families = families }
}
