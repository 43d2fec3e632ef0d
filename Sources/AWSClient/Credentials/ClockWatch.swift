internal import CurlTransport
internal import Foundation

/// A transport that notes how far the clock of the last server that answered is ahead of ours.
final class ClockWatch: HTTPTransport {
  private let transport: any HTTPTransport
  private let now: @Sendable () -> Date
  private let noted = Locked<TimeInterval?>(nil)

  /// Watches what goes through a transport.
  init(_ transport: any HTTPTransport, now: @escaping @Sendable () -> Date) {
    self.transport = transport
    self.now = now
  }

  /// How far the server's clock is ahead of ours; nil where no server told its time.
  var skew: TimeInterval? { noted.withLock { $0 } }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let response = try await transport.send(request)
    if let date = response.header("date").flatMap({ Timestamp.date($0) }) {
      let skew = date.timeIntervalSince(now())
      noted.withLock { $0 = skew }
    }
    return response
  }
}
