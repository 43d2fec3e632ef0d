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
  /// From when on the group is parked again; nil where that is not foreseen.
  public let until: Date?

  /// A group is in `state` since `since`. Times are kept in whole seconds.
  public init(_ state: ParkingState, since: Date, until: Date? = nil) {
    self.state = state
    self.since = since.wholeSeconds
    self.until = until?.wholeSeconds
  }

  /// What holds at a time.
  public func state(at time: Date) -> ParkingState {
    if let until, time >= until { .parked } else { state }
  }
}

extension Date {
  /// This time without the fraction of its second, which is not kept in documents.
  fileprivate var wholeSeconds: Date {
    Date(timeIntervalSince1970: timeIntervalSince1970.rounded(.down))
  }
}
