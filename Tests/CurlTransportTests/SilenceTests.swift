import Foundation
import Testing

@testable import CurlTransport

/// How long nobody may say anything. What must not run out takes minutes, so that it never does on a
/// slow machine.
@Suite(.timeLimit(.minutes(10)))
struct SilenceTests {
  private static let long: Duration = .seconds(300)

  private func configuration(firstByte: Duration, stall: Duration) -> CurlConfiguration {
    var configuration = CurlConfiguration.patient
    configuration.firstByteTimeout = firstByte
    configuration.stallTimeout = stall
    return configuration
  }

  private func failure(
    _ request: HTTPRequest, firstByte: Duration, stall: Duration
  ) async throws -> TransportError {
    let transport = CurlTransport(
      configuration: configuration(firstByte: firstByte, stall: stall))
    let error = await #expect(throws: TransportError.self) { try await transport.send(request) }
    return try #require(error)
  }

  @Test(arguments: [0, 10])
  func limitsTheWaitForAnAnswer(bodySize: Int) async throws {
    let server = LoopbackServer { _, connection in connection.waitForEnd() }
    let request = HTTPRequest(method: "POST", url: server.url(), body: Data(count: bodySize))
    let error = try await failure(request, firstByte: .seconds(3), stall: Self.long)
    #expect(error.code == .timedOut(.firstByte))
    #expect(!error.hadNoEffect)
  }

  @Test func limitsStallsInTheAnswer() async throws {
    let server = LoopbackServer { _, connection in
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
      connection.waitForEnd()
    }
    let error = try await failure(
      HTTPRequest(url: server.url()), firstByte: Self.long, stall: .seconds(5))
    #expect(error.code == .timedOut(.body))
    #expect(!error.hadNoEffect)
  }

  @Test func limitsStallsWhileSending() async throws {
    // A server that never reads more than the first bytes.
    let deaf = LoopbackServer(reads: false)
    let request = HTTPRequest(method: "PUT", url: deaf.url(), body: Data(count: 30_000_000))
    let error = try await failure(request, firstByte: Self.long, stall: .seconds(3))
    #expect(error.code == .timedOut(.firstByte))
    #expect(!error.hadNoEffect)
  }

  @Test func aThinkingServerIsNoStall() async throws {
    let release = DispatchSemaphore(value: 0)
    let (events, continuation) = AsyncStream.makeStream(of: Void.self)
    let server = LoopbackServer { request, connection in
      continuation.yield()
      release.wait()
      connection.respond()
    }
    let patient = CurlTransport(
      configuration: configuration(firstByte: Self.long, stall: .seconds(5)))
    async let response = patient.send(HTTPRequest(url: server.url()))
    for await _ in events { break }
    // Another request's timeout is the clock; it begins after the first one has been sent.
    let silent = LoopbackServer { _, connection in connection.waitForEnd() }
    _ = try await failure(
      HTTPRequest(url: silent.url()), firstByte: .seconds(6), stall: Self.long)
    release.signal()
    #expect(try await response.status == 200)
  }

  private let start = ContinuousClock.now

  private func after(_ seconds: Int) -> ContinuousClock.Instant {
    start + .seconds(seconds)
  }

  @Test func everyByteOfTheAnswerPutsTheEndOff() {
    let configuration = configuration(firstByte: .seconds(30), stall: .seconds(10))
    var watch = SilenceWatch(bodySize: 100, configuration: configuration)
    #expect(watch.deadline(at: start, sent: 0) == after(10))
    watch.beginSending(at: after(1))
    #expect(watch.deadline(at: after(2), sent: 100) == after(31))
    watch.receive(at: after(25))
    #expect(watch.deadline(at: after(26), sent: 100) == after(35))
    watch.receive(at: after(34))
    #expect(watch.deadline(at: after(35), sent: 100) == after(44))
    watch.beginSending(at: after(40))
    #expect(watch.deadline(at: after(41), sent: 100) == after(70))
  }

  @Test func largeBodiesMayTakeLong() {
    let configuration = configuration(firstByte: .seconds(30), stall: .seconds(10))
    var watch = SilenceWatch(bodySize: 1_000_000, configuration: configuration)
    watch.beginSending(at: start)
    #expect(watch.deadline(at: after(9), sent: 300_000) == after(19))
    #expect(watch.deadline(at: after(18), sent: 300_000) == after(19))
    #expect(watch.deadline(at: after(19), sent: 1_000_000) == after(49))
  }
}
