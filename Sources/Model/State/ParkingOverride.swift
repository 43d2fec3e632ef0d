public import Foundation

/// Whether the resources of a group run or are parked.
public enum ParkingState: String, Hashable, Sendable, Codable, CaseIterable {
  /// As they are without the group.
  case running
  /// Stopped, or as small as they go.
  case parked
}

/// What a command has said of a parking group, which holds before what its manifest says.
public struct ParkingOverride: Hashable, Sendable, Codable {
  /// What it said.
  public let state: ParkingState
  /// Since when.
  public let since: Date
  /// Until when it holds; nil where that is not foreseen.
  public let until: Date?
  /// What is to be given back once AWS has parked the group by itself; nil where it does not.
  public var found: [FoundValues]?

  /// A group is in `state` since `since`. Times are kept in whole seconds.
  public init(
    _ state: ParkingState, since: Date, until: Date? = nil,
    found: [FoundValues]? = nil
  ) {
    self.state = state
    self.since = since.wholeSeconds
    self.until = until?.wholeSeconds
    self.found = found
  }

  /// What holds at a time; nil where windows or the manifest say so again. A group without windows is
  /// parked when a start has ended.
  public func state(at time: Date, isScheduled: Bool) -> ParkingState? {
    guard let until, time >= until else { return state }
    return state == .running && !isScheduled ? .parked : nil
  }
}

/// What was found of a resource.
public struct FoundValues: Hashable, Sendable, Codable {
  /// Which resource.
  public let address: Address
  /// Its attributes; null where one was not set.
  public let values: [String: Value]

  /// What was found of `address`.
  public init(address: Address, values: [String: Value]) {
    self.address = address
    self.values = values
  }
}

extension Date {
  /// This time without the fraction of its second, which is not kept in documents.
  fileprivate var wholeSeconds: Date {
    Date(timeIntervalSince1970: timeIntervalSince1970.rounded(.down))
  }
}
