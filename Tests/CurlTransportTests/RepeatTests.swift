import CurlTransport
import Foundation
import Testing

/// A request that may have had its effect is not sent again behind the caller's back.
@Suite(.timeLimit(.minutes(10)))
struct RepeatTests {
  private let seen = AsyncStream.makeStream(of: String.self)

  /// A server that answers the first request of each connection and resets it on the second.
  private func resettingServer() -> LoopbackServer {
    let seen = seen.continuation
    return LoopbackServer { request, connection in
      seen.yield(request.line)
      if request.line.contains("/again") { connection.reset() } else { connection.respond() }
    }
  }

  private func requestsSeen() async -> [String] {
    seen.continuation.finish()
    var lines: [String] = []
    for await line in seen.stream { lines.append(line) }
    return lines
  }

  @Test(arguments: [("POST", 0), ("POST", 1), ("POST", 200_000), ("PUT", 0), ("DELETE", 0)])
  func writesAreSentOnce(method: String, size: Int) async throws {
    let server = resettingServer()
    let transport = CurlTransport(configuration: .patient)
    let body = Data(count: size)
    let warm = HTTPRequest(method: method, url: server.url(), body: body)
    #expect(try await transport.send(warm).status == 200)
    let request = HTTPRequest(method: method, url: server.url("/again"), body: body)
    let error = await #expect(throws: TransportError.self) { try await transport.send(request) }
    #expect(error?.code == .connectionLost)
    #expect(error?.hadNoEffect == false)
    #expect(await requestsSeen() == ["\(method) / HTTP/1.1", "\(method) /again HTTP/1.1"])
  }

  @Test func lostConnectionIsTheErrorThoughTheServerIsGone() async throws {
    let seen = seen.continuation
    let accepted = LoopbackServer.single { request, connection in
      seen.yield(request.line)
      if request.line.contains("/again") { connection.reset() } else { connection.respond() }
    }
    let transport = CurlTransport(configuration: .patient)
    let url = "http://127.0.0.1:\(accepted)"
    #expect(try await transport.send(HTTPRequest(method: "POST", url: url)).status == 200)
    let error = await #expect(throws: TransportError.self) {
      try await transport.send(HTTPRequest(method: "POST", url: "\(url)/again"))
    }
    #expect(error?.code == .connectionLost)
    #expect(error?.hadNoEffect == false)
    #expect(await requestsSeen().count == 2)
  }

  @Test(arguments: [("GET", nil), ("HEAD", nil), ("POST", true)] as [(String, Bool?)])
  func repeatableRequestsSurviveAReset(method: String, isRepeatable: Bool?) async throws {
    let server = LoopbackServer(resetsSecondRequest: seen.continuation)
    let transport = CurlTransport(configuration: .patient)
    let request = HTTPRequest(method: method, url: server.url(), isRepeatable: isRepeatable)
    for _ in 0..<2 { #expect(try await transport.send(request).status == 200) }
    #expect(await requestsSeen().count == 3)
    #expect(server.acceptCount == 2)
  }

  @Test func aGETCanBeKeptFromBeingRepeated() async throws {
    let server = LoopbackServer(resetsSecondRequest: seen.continuation)
    let transport = CurlTransport(configuration: .patient)
    let request = HTTPRequest(url: server.url(), isRepeatable: false)
    #expect(try await transport.send(request).status == 200)
    let error = await #expect(throws: TransportError.self) { try await transport.send(request) }
    #expect(error?.code == .connectionLost)
    #expect(await requestsSeen().count == 2)
  }

  @Test func writesUseConnectionsAgain() async throws {
    let server = LoopbackServer { _, connection in connection.respond() }
    let transport = CurlTransport(configuration: .patient)
    for method in ["POST", "PUT", "GET", "DELETE", "HEAD", "POST"] {
      let body = method == "POST" ? Data("x".utf8) : Data()
      let response = try await transport.send(
        HTTPRequest(method: method, url: server.url(), body: body))
      #expect(response.status == 200)
    }
    #expect(server.acceptCount == 1)
  }

  @Test(
    .enabled(if: TLSServer.isAvailable), arguments: ["reset", "goaway", "refuse", "http1.1"])
  func writesAreSentOnceOverHTTP2(fault: String) async throws {
    let server = try await TLSServer.start(fault)
    let transport = server.transport()
    let request = HTTPRequest(method: "POST", url: server.url, body: Data("x".utf8))
    #expect(try await transport.send(request).httpVersion == "HTTP/2")
    let error = await #expect(throws: TransportError.self) { try await transport.send(request) }
    #expect(error?.code == .connectionLost)
    #expect(error?.hadNoEffect == false)
    #expect(try await server.stop() == ["request 1", "request 2"])
  }

  @Test(.enabled(if: TLSServer.isAvailable), arguments: ["reset", "refuse"])
  func repeatableRequestsSurviveOverHTTP2(fault: String) async throws {
    let server = try await TLSServer.start(fault)
    let transport = server.transport()
    let request = HTTPRequest(
      method: "POST", url: server.url, body: Data("x".utf8), isRepeatable: true)
    for _ in 0..<2 { #expect(try await transport.send(request).status == 200) }
    #expect(try await server.stop() == ["request 1", "request 2", "request 1"])
  }
}
