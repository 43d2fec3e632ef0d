internal import Foundation

/// Credentials that were given, and how they age by the clock of the server that gave them.
struct HeldCredentials: Sendable {
  /// How far credentials are on the way to their end.
  enum Age: Hashable, Sendable {
    /// Nothing needs to be done.
    case young
    /// They hold, and it is time to look for new ones while they do.
    case aging
    /// So near the end that calls wait for new ones.
    case ending
    /// AWS does not accept them any more.
    case ended
  }

  /// Credentials age this long before their end, where their whole life is long enough.
  static let advisory: TimeInterval = 600
  /// Calls wait for new ones this long before their end, where their whole life is long enough.
  static let mandatory: TimeInterval = 300
  /// A server's clock that differs less than this is taken for ours: its dates are whole seconds,
  /// and the answer took time to come.
  static let toleratedSkew: TimeInterval = 60

  let credentials: Credentials
  /// When they were given, by the server's clock.
  private let start: Date
  /// How far the server's clock is ahead of ours.
  private let skew: TimeInterval

  /// Credentials that are given now; `skew` is nil where the server's clock is not known.
  init(_ credentials: Credentials, at now: Date, skew: TimeInterval?) {
    self.credentials = credentials
    let skew = skew.flatMap { abs($0) > Self.toleratedSkew ? $0 : nil } ?? 0
    self.skew = skew
    start = now.addingTimeInterval(skew)
  }

  /// How old they are at a time of our clock.
  ///
  /// Of a life shorter than 15 minutes the last two thirds are aging and the last third is ending,
  /// so that short-lived credentials are not asked for with each call.
  func age(at now: Date) -> Age {
    guard let end = credentials.expiration else { return .young }
    let rest = end.timeIntervalSince(now.addingTimeInterval(skew))
    let life = end.timeIntervalSince(start)
    if rest <= 0 { return .ended }
    if rest < min(Self.mandatory, life / 3) { return .ending }
    return rest < min(Self.advisory, life * 2 / 3) ? .aging : .young
  }
}

/// What a provider found, ready to be held.
enum HeldLookup: Sendable {
  /// Credentials that can be used.
  case found(HeldCredentials)
  /// None, and why.
  case absent(String)
}

extension CredentialProvider {
  /// Looks there, and refuses in this place's name what cannot be used.
  func held(_ context: CredentialContext) async throws -> HeldLookup {
    let now = context.configuration.now
    let watch = ClockWatch(context.transport, now: now)
    let watched = CredentialContext(configuration: context.configuration, transport: watch)
    switch try await lookUp(watched) {
    case .absent(let reason): return .absent(reason)
    case .found(let credentials):
      guard credentials.areWellFormed else {
        throw CredentialFault(
          provider: name, message: "a key holds a space, a line end or the like")
      }
      let found = HeldCredentials(credentials, at: now(), skew: watch.skew)
      guard found.age(at: now()) != .ended || credentials.outlivesExpiration else {
        throw CredentialFault(
          provider: name,
          message: "the credentials have already ended; get new ones, or set the clock right")
      }
      return .found(found)
    }
  }
}
