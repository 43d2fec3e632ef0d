import CurlTransport
import Foundation
import Testing

/// Whom we trust, and what we speak over TLS.
@Suite(.enabled(if: TLSServer.isAvailable), .timeLimit(.minutes(10)))
struct TLSTests {
  @Test(arguments: [("only1", "HTTP/1.1"), ("tls1.2", "HTTP/1.1"), ("", "HTTP/2")])
  func speaksTheBestThatIsOffered(behaviour: String, version: String) async throws {
    let server = try await TLSServer.start(behaviour)
    let transport = server.transport()
    for _ in 0..<3 {
      let response = try await transport.send(HTTPRequest(url: server.url))
      #expect(response.httpVersion == version)
      #expect(response.status == 200)
      #expect(response.body == Data("ok".utf8))
    }
    #expect(try await server.stop().filter { $0.hasPrefix("request") }.count == 3)
  }

  @Test func refusesTLS11() async throws {
    let server = try await TLSServer.start("tls1.1")
    let transport = server.transport()
    let error = await #expect(throws: TransportError.self) {
      try await transport.send(HTTPRequest(url: server.url))
    }
    #expect(error?.code == .tls)
    #expect(error?.hadNoEffect == true)
    #expect(try await server.stop() == [])
  }

  @Test func trustsOnlyTheCAThatIsConfigured() async throws {
    let (server, other) = (try await TLSServer.start("only1"), try await TLSServer.start("only1"))
    for bundle in [nil, other.caBundle] {
      let transport = server.transport { $0.caBundle = bundle }
      let error = await #expect(throws: TransportError.self) {
        try await transport.send(HTTPRequest(url: server.url))
      }
      #expect(error?.code == .tls)
      #expect(error?.hadNoEffect == true)
    }
    let named = server.url.replacingOccurrences(of: "127.0.0.1", with: "localhost")
    let error = await #expect(throws: TransportError.self) {
      try await server.transport().send(HTTPRequest(url: named))
    }
    #expect(error?.code == .tls)
    #expect(try await server.stop() == [])
  }

  @Test func missingCABundleIsTLSFailure() async throws {
    let server = try await TLSServer.start("only1")
    let transport = server.transport { $0.caBundle = "/nowhere/ca.pem" }
    let error = await #expect(throws: TransportError.self) {
      try await transport.send(HTTPRequest(url: server.url))
    }
    #expect(error?.code == .tls)
    #expect(error?.hadNoEffect == true)
  }

  @Test func requestsShareAnHTTP2Connection() async throws {
    let server = try await TLSServer.start("multiplex")
    let transport = server.transport()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<40 {
        group.addTask {
          let response = try await transport.send(
            HTTPRequest(method: "POST", url: server.url, body: Data("x".utf8)))
          #expect(response.httpVersion == "HTTP/2")
          #expect(response.body == Data("ok".utf8))
        }
      }
      try await group.waitForAll()
    }
    #expect(try await server.stop() == ["connection"])
  }

  @Test func tunnelsThroughTheProxy() async throws {
    // The proxy plays the server as well.
    let proxy = try await TLSServer.start("tunnel")
    let transport = proxy.transport {
      $0.secureProxy = proxy.url.replacing("https:", with: "http:")
    }
    let request = HTTPRequest(method: "POST", url: "https://127.0.0.1:1/")
    #expect(try await transport.send(request).body == Data("ok".utf8))
    let lost = HTTPRequest(method: "POST", url: "https://127.0.0.1:1/again")
    let error = await #expect(throws: TransportError.self) { try await transport.send(lost) }
    #expect(error?.code == .connectionLost)
    #expect(error?.hadNoEffect == false)
    let seen = try await proxy.stop().filter { !$0.hasPrefix("CONNECT 127.0.0.1:1 ") }
    #expect(seen == ["request", "request"])
  }

  @Test func truncatedHTTP2AnswerIsAnError() async throws {
    let server = try await TLSServer.start("truncate")
    let transport = server.transport()
    #expect(try await transport.send(HTTPRequest(url: server.url)).status == 200)
    let error = await #expect(throws: TransportError.self) {
      try await transport.send(HTTPRequest(url: server.url))
    }
    #expect(error?.code == .connectionLost)
    #expect(error?.hadNoEffect == false)
  }
}
