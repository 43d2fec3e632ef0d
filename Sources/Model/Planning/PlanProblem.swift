/// Something that stands against a plan, or that its reader should know.
public struct PlanProblem: Hashable, Sendable, Codable {
  /// What sort of problem.
  public enum Code: String, Hashable, Sendable, Codable {
    /// A resource that Weir only changes is not there.
    case missingResource
    /// AWS would refuse the change.
    case refusedByAWS
    /// Something to know, which does not stop the plan.
    case remark
    /// A protected resource would be deleted.
    case protected
    /// A value is left as it is, because only the digest of the one to give back is known.
    case unrecoverableSecret
    /// A sensitive value is replaced, and without a state key only its digest is recorded.
    case unsealedSecret
    /// The changes wait for each other.
    case dependencyCycle
    /// Somebody else changed a resource whose manifest says `onDrift: refuse`.
    case drift
    /// The plan goes beyond a limit of the project.
    case guardrail
    /// The plan goes beyond a limit, and somebody lets it pass.
    case overriddenGuardrail
  }

  /// What sort of problem.
  public let code: Code
  /// Which resource; nil where it is about the plan as a whole.
  public let address: Address?
  /// What, why, and what would do instead.
  public let message: String
  /// The place in the policy.
  public let source: SourceRange?
  /// The limit, where it is about one.
  public let breach: GuardrailBreach?

  /// A problem with `address`.
  public init(_ code: Code, _ address: Address, _ message: String, source: SourceRange? = nil) {
    self.code = code
    self.address = address
    self.message = message
    self.source = source
    breach = nil
  }

  /// A remark about the plan as a whole.
  public init(remark message: String) {
    code = .remark
    address = nil
    self.message = message
    source = nil
    breach = nil
  }

  /// A limit that the plan goes beyond.
  public init(_ breach: GuardrailBreach, isOverridden: Bool = false, _ message: String) {
    code = isOverridden ? .overriddenGuardrail : .guardrail
    address = nil
    self.message = message
    source = nil
    self.breach = breach
  }

  /// Whether nothing may be applied.
  public var isError: Bool {
    switch code {
    case .remark, .unrecoverableSecret, .unsealedSecret, .overriddenGuardrail: false
    case .missingResource, .refusedByAWS, .protected, .drift, .dependencyCycle, .guardrail: true
    }
  }

  /// Whether it is a rule of the project that stands against the plan, rather than an error.
  public var isRule: Bool { [.protected, .drift, .guardrail].contains(code) }

  /// What it is about, in a word or two: an address, or `guardrail maxDeletes`.
  public var subject: String {
    if let address { return "\(address)" }
    return breach.map { "guardrail \($0.guardrail.rawValue)" } ?? "plan"
  }
}
