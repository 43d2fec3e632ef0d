public import Foundation
public import Model

/// Asks CloudTrail who made a drift.
///
/// It looks events up by the names of the operations that write to the type: one answer tells of
/// all its resources, and CloudTrail does not note the resources of every service. An account may ask
/// twice a second in a region, for fifty events at a time, of the last ninety days (API description
/// of cloudtrail, LookupEvents), so that a run asks a bounded number of times.
public struct EventLookup: Sendable {
  /// The most requests of a run.
  public static let mostRequests = 50

  private let client: any AWSCaller
  private let schemas: [String: any ResourceSchema]
  private let mostRequests: Int

  /// A look-up by `client`.
  public init(
    client: any AWSCaller, schemas: [String: any ResourceSchema],
    mostRequests: Int = EventLookup.mostRequests
  ) {
    self.client = client
    self.schemas = schemas
    self.mostRequests = mostRequests
  }

  /// Who made each drift. What cannot be found out is never a failure.
  ///
  /// - Parameters:
  ///   - live: the resources as they were read, or as they were found where they are gone: some are
  ///     known to requests by identifiers alone.
  ///   - applied: when each apply ended, by its serial; an earlier write made no drift.
  /// - Throws: `CancellationError`.
  public func attributions(
    of drifts: [Drift], live: [Address: LiveResource] = [:], applied: [Int: Date]
  ) async throws -> [Address: Attribution] {
    var search = EventSearch(requestsLeft: mostRequests)
    var found: [Address: Attribution] = [:]
    let questions = Dictionary(grouping: drifts) { [$0.address.type, $0.isMissing ? "gone" : ""] }
    for (_, drifts) in questions.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      guard let first = drifts.first, let events = schemas[first.address.type]?.writeEvents else {
        for drift in drifts {
          found[drift.address] = .unknown("Weir does not know what CloudTrail calls its changes")
        }
        continue
      }
      let earliest = drifts.map { applied[$0.serial] ?? .distantPast }.min() ?? .distantPast
      let changed = Dictionary(
        drifts.map { ($0.address.name, Set($0.fields.map(\.path))) }, uniquingKeysWith: { $1 })
      var identified = Dictionary(
        drifts.compactMap { drift in
          events.identifier.flatMap { live[drift.address]?.context[$0.entry]?.string }
            .map { ($0, drift.address.name) }
        }, uniquingKeysWith: { first, _ in first })
      if first.isMissing {
        let made = try await search.identifiers(of: Set(changed.keys), events, by: client)
        identified.merge(made) { $1 }
      }
      var newest = NewestEvents(
        changed, identified: identified, events: events, areGone: first.isMissing)
      let all = Set(changed.values.joined())
      let operations =
        first.isMissing
        ? events.deleting : events.changing.filter { events.canChange(all, by: $0) }
      for operation in operations {
        newest.begin()
        try await search.read(operation, in: events.region, since: earliest, by: client) {
          newest.add($0)
          return newest.isComplete
        }
      }
      for drift in drifts {
        let since = applied[drift.serial] ?? .distantPast
        found[drift.address] =
          newest.event(of: drift.address.name, since: since).map(Attribution.known)
          ?? .unknown(search.reason)
      }
    }
    return found
  }
}

/// The way through CloudTrail's answers, within the requests that are left.
private struct EventSearch {
  var requestsLeft: Int
  /// Why nothing more is asked.
  var obstacle: String?
  /// Whether the requests ran out.
  var isCut = false

  /// Why a write was not found.
  var reason: String {
    if let obstacle { return obstacle }
    if isCut {
      return "not found within \(EventLookup.mostRequests) look-ups, the most that one run makes"
    }
    return "CloudTrail has no such event; new ones take some minutes, old ones go after 90 days"
  }

  /// Reads the events of an operation, the newest first, until `isEnough` says so.
  mutating func read(
    _ operation: String, in region: String?, since: Date, by client: any AWSCaller,
    isEnough: (RecordedEvent) -> Bool
  ) async throws {
    var token: Value?
    repeat {
      guard obstacle == nil, !isCut else { return }
      guard requestsLeft > 0 else {
        isCut = true
        return
      }
      requestsLeft -= 1
      var input: [String: Value] = [
        "LookupAttributes": [
          ["AttributeKey": "EventName", "AttributeValue": .string(operation)]
        ],
        "MaxResults": 50,
      ]
      if since > .distantPast {
        input["StartTime"] = Value(Int(since.timeIntervalSince1970.rounded(.down)))
      }
      input["NextToken"] = token
      let answer: Value
      do {
        answer = try await client.call("cloudtrail", "LookupEvents", .map(input), region: region)
      } catch let failure as any AWSFailure {
        obstacle =
          failure.code.contains("AccessDenied")
          ? "these credentials may not read CloudTrail (cloudtrail:LookupEvents)"
          : "CloudTrail could not be read: \(failure.code)"
        return
      }
      for event in answer["Events"]?.elements ?? [] {
        if let event = RecordedEvent(event), isEnough(event) { return }
      }
      token = answer["NextToken"]
    } while token?.string != nil
  }
}

extension EventSearch {
  /// The names of resources that are gone by the identifiers that they had when they were made last.
  fileprivate mutating func identifiers(
    of names: Set<String>, _ events: WriteEvents, by client: any AWSCaller
  ) async throws -> [String: String] {
    guard let identifier = events.identifier else { return [:] }
    var found: [String: String] = [:]
    var open = names
    try await read(identifier.operation, in: events.region, since: .distantPast, by: client) {
      guard let made = identifier.made($0.responseElements) else { return false }
      for name in events.names($0.requestParameters) where open.remove(name) != nil {
        found[made] = name
      }
      return open.isEmpty
    }
    return found
  }
}

/// The newest write to each of some resources, those of others before Weir's own.
private struct NewestEvents {
  /// The attributes that differ, by resource.
  private let wanted: [String: Set<String>]
  /// Their names by the identifiers that requests know them by.
  private let identified: [String: String]
  private let events: WriteEvents
  private let areGone: Bool
  private var foreign: [String: WriteEvent] = [:]
  private var own: [String: WriteEvent] = [:]
  /// What has been found of the operation that is being read.
  private var seen: Set<String> = []

  init(
    _ wanted: [String: Set<String>], identified: [String: String], events: WriteEvents,
    areGone: Bool
  ) {
    self.wanted = wanted
    self.identified = identified
    self.events = events
    self.areGone = areGone
  }

  /// Whether older events of the operation cannot be newer than what is known.
  var isComplete: Bool { seen.count == wanted.count }

  /// Begins with another operation.
  mutating func begin() { seen = [] }

  /// Takes an event in, if it is about one of them and can have made what differs.
  mutating func add(_ event: RecordedEvent) {
    let request = event.requestParameters
    for name in events.names(request).map({ identified[$0] ?? $0 }) {
      guard let paths = wanted[name],
        areGone || events.canChange(paths, by: event.event.operation, request)
      else { continue }
      if event.isOwn {
        own[name] = newer(own[name], event.event)
      } else {
        seen.insert(name)
        foreign[name] = newer(foreign[name], event.event)
      }
    }
  }

  /// The write that made what differs since then; Weir's own only where nobody else's is known.
  func event(of name: String, since: Date) -> WriteEvent? {
    if let event = foreign[name], event.time >= since { return event }
    if let event = own[name], event.time > since { return event }
    return nil
  }

  private func newer(_ known: WriteEvent?, _ other: WriteEvent) -> WriteEvent {
    guard let known, known.time >= other.time else { return other }
    return known
  }
}
