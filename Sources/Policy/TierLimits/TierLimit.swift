internal import Foundation
internal import Manifests
internal import Model

/// What the users of a tier may do in a mode; nil is no limit.
struct TierLimit {
  /// Whom the service admits, from the mildest to the strictest.
  enum Admission: String, CaseIterable, Comparable {
    case all
    case existing
    case none

    static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  var admission: Located<Admission>?
  /// In bits a second.
  var bandwidth: Located<Int64>?
  var sessions: Located<Int>?
  /// In seconds.
  var duration: Located<Int>?

  static let schema = ObjectSchema([
    Field("admission", .enumeration(Admission.allCases.map(\.rawValue)), doc: "Who is admitted."),
    Field("bandwidth", .dataRate, doc: "The most bandwidth of a session."),
    Field("sessions", .integer(0...1_000_000_000), doc: "The most sessions at a time."),
    Field("duration", .duration, doc: "How long a session may last."),
  ])

  /// How the limits that the service reads are written in a manifest.
  static let forms: [String: WrittenForm] = [
    "admission": .words(
      Dictionary(
        Admission.allCases.map { ($0.rawValue, Value.string($0.rawValue)) },
        uniquingKeysWith: { $1 })),
    "maxBandwidthMbps": .quantity(.dataRate, scale: 1_000_000), "maxSessions": .integer,
    "maxDurationSeconds": .quantity(.duration),
  ]

  /// The limits that a manifest states.
  init(_ fields: Fields) {
    admission = fields.string("admission").flatMap { text in
      Admission(rawValue: text.value).map { Located($0, range: text.range) }
    }
    bandwidth = fields.bitsPerSecond("bandwidth")
    sessions = fields.integer("sessions")
    duration = fields.duration("duration")
  }

  private init() {}

  /// The stricter of both, limit by limit.
  func stricter(_ other: TierLimit) -> TierLimit {
    var result = TierLimit()
    result.admission = pick(admission, other.admission, >)
    result.bandwidth = pick(bandwidth, other.bandwidth, <)
    result.sessions = pick(sessions, other.sessions, <)
    result.duration = pick(duration, other.duration, <)
    return result
  }

  /// These limits, and those of `other` where these say nothing.
  func filled(from other: TierLimit) -> TierLimit {
    var result = self
    result.admission = admission ?? other.admission
    result.bandwidth = bandwidth ?? other.bandwidth
    result.sessions = sessions ?? other.sessions
    result.duration = duration ?? other.duration
    return result
  }

  /// The fields of those limits that allow more than in `other`.
  func milder(than other: TierLimit) -> [String] {
    let mine = admission?.value ?? .all
    if mine == .none { return [] }
    if mine < other.admission?.value ?? .all { return ["admission"] }
    return [
      isMilder(bandwidth, other.bandwidth) ? "bandwidth" : nil,
      isMilder(sessions, other.sessions) ? "sessions" : nil,
      isMilder(duration, other.duration) ? "duration" : nil,
    ].compactMap { $0 }
  }

  /// The limits as the service reads them, each with its place. Where nobody is admitted nothing
  /// else counts.
  var members: [(name: String, value: Value, range: SourceRange?)] {
    let admitted = admission?.value ?? .all
    var members: [(String, Value, SourceRange?)] = [
      ("admission", .string(admitted.rawValue), admission?.range)
    ]
    if admitted == .none { return members }
    if let bandwidth {
      let megabits = Decimal(bandwidth.value) / 1_000_000
      members.append(("maxBandwidthMbps", .number(megabits), bandwidth.range))
    }
    if let sessions { members.append(("maxSessions", Value(sessions.value), sessions.range)) }
    if let duration {
      members.append(("maxDurationSeconds", Value(duration.value), duration.range))
    }
    return members
  }
}

private func pick<Limit>(
  _ left: Located<Limit>?, _ right: Located<Limit>?, _ isStricter: (Limit, Limit) -> Bool
) -> Located<Limit>? {
  guard let left, let right else { return left ?? right }
  return isStricter(right.value, left.value) ? right : left
}

/// Whether the one limit allows more than the other; nil allows all.
private func isMilder<Limit: Comparable>(
  _ left: Located<Limit>?, _ right: Located<Limit>?
) -> Bool {
  guard let right else { return false }
  return left.map { $0.value > right.value } ?? true
}
