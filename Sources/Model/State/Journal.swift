public import Foundation

/// A line of the journal, flushed to disk before and after each write to AWS.
public struct JournalEntry: Hashable, Sendable, Codable {
  /// What the line says.
  public enum Event: String, Sendable, Codable { case started, finished, failed }

  /// Which apply.
  public let serial: Int
  /// Which resource.
  public let address: Address
  /// What was to be done.
  public let action: Change.Action
  /// What happened.
  public let event: Event
  /// When.
  public let time: Date
  /// Why it failed.
  public let message: String?

  /// A line of the journal.
  public init(
    serial: Int, address: Address, action: Change.Action, event: Event, time: Date,
    message: String? = nil
  ) {
    self.serial = serial
    self.address = address
    self.action = action
    self.event = event
    self.time = time
    self.message = message
  }
}

/// The local record of what was sent to AWS and what came of it.
public protocol Journal: Sendable {
  /// Writes a line and flushes it to disk.
  ///
  /// - Throws: where the disk refuses it; the write to AWS is then not made.
  func record(_ entry: JournalEntry) async throws

  /// The lines since the journal was last cleared, in their order. One that was not written to its
  /// end is left out.
  ///
  /// - Throws: where the disk refuses it.
  func entries() async throws -> [JournalEntry]

  /// Forgets the journal, once the end commit stands.
  ///
  /// - Throws: where the disk refuses it.
  func clear() async throws
}
