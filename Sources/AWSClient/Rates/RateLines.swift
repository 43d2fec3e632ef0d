internal import Foundation

/// The lines of a client, one for each family and region. A client speaks for one account.
///
/// An operation of no known family is a family of its own.
final class RateLines: Sendable {
  private struct Key: Hashable {
    let service: String
    let operation: String
    let region: String
  }

  private struct Lines {
    var byCall: [Key: RateLine] = [:]
    /// By the family's place in the settings, because its operations share one line.
    var byFamily: [String: [Int: RateLine]] = [:]
  }

  private let configuration: AWSConfiguration
  private let lines = Locked(Lines())

  /// Lines without anybody in them.
  init(_ configuration: AWSConfiguration) { self.configuration = configuration }

  /// The line where the calls of an operation wait.
  func line(service: String, operation: String, region: String) -> RateLine {
    let key = Key(service: service, operation: operation, region: region)
    return lines.withLock { lines in
      if let line = lines.byCall[key] { return line }
      let families = configuration.rates.families
      let family = families.firstIndex {
        $0.operations[service]?.contains(operation) == true
      }
      let known = family.flatMap { lines.byFamily[region]?[$0] }
      let line = known ?? makeLine(family.map { families[$0].limit })
      if let family { lines.byFamily[region, default: [:]][family] = line }
      lines.byCall[key] = line
      return line
    }
  }

  private func makeLine(_ limit: RateLimit?) -> RateLine {
    RateLine(
      limit, maximumInFlight: configuration.rates.maximumInFlight, now: configuration.now,
      sleep: configuration.sleep)
  }
}
