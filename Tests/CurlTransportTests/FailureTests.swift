import CurlTransport
import Foundation
import Testing

/// What callers learn when there is no response.
@Suite(.timeLimit(.minutes(10)))
struct FailureTests {
  private func failure(
    _ request: HTTPRequest, _ change: (inout CurlConfiguration) -> Void = { _ in }
  ) async throws -> TransportError {
    var configuration = CurlConfiguration.patient
    change(&configuration)
    let transport = CurlTransport(configuration: configuration)
    let error = await #expect(throws: TransportError.self) { try await transport.send(request) }
    return try #require(error)
  }

  @Test(arguments: ["127.0.0.1", "[::1]"])
  func reportsRefusal(host: String) async throws {
    let port = LoopbackServer.unusedPort()
    let error = try await failure(HTTPRequest(url: "http://u:secret@\(host):\(port)/p?key=secret"))
    #expect(error.code == .couldNotConnect)
    #expect(error.operation == "GET \(host):\(port)")
    #expect(error.hadNoEffect)
    #expect(!"\(error)".contains("secret"))
    #expect(host != "127.0.0.1" || error.message.contains("Connection refused"))
  }

  @Test func reportsUnresolvableNames() async throws {
    let label = String(repeating: "a", count: 70)
    let error = try await failure(HTTPRequest(url: "http://\(label).test/"))
    #expect(error.code == .couldNotResolve)
    #expect(error.hadNoEffect)
  }

  @Test(arguments: ["", "nowhere", "ftp://a/", "file:///etc/passwd", "http://", "http://a b/"])
  func refusesURL(_ url: String) async throws {
    let error = try await failure(HTTPRequest(url: url))
    #expect(error.code == .badURL)
    #expect(error.operation == "GET")
    #expect(error.hadNoEffect)
  }

  @Test(arguments: [
    HTTPRequest(method: "GET /\r\n", url: "http://a/"),
    HTTPRequest(url: "http://a/", headers: [HTTPHeader(name: "A", value: "1\r\nB: 2")]),
    HTTPRequest(url: "http://a/", headers: [HTTPHeader(name: "A: b", value: "1")]),
    HTTPRequest(url: "http://a/", headers: [HTTPHeader(name: "", value: "1")]),
    HTTPRequest(method: "HEAD", url: "http://a/", body: Data("x".utf8)),
  ])
  func refusesMalformedRequest(_ request: HTTPRequest) async throws {
    let error = try await failure(request)
    #expect(error.code == .other(43))
    #expect(error.hadNoEffect)
  }

  @Test func tellsTimeoutsApart() async throws {
    let server = LoopbackServer { request, connection in
      if request.line.contains("/body") {
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
      }
      connection.waitForEnd()
    }
    // Long enough to connect on a slow machine.
    let short: Duration = .seconds(3)
    let tls = HTTPRequest(url: server.url(scheme: "https"), connectTimeout: short)
    let connecting = try await failure(tls)
    #expect(connecting.code == .timedOut(.connect))
    #expect(connecting.hadNoEffect)
    let waiting = try await failure(HTTPRequest(url: server.url(), totalTimeout: short))
    #expect(waiting.code == .timedOut(.firstByte))
    #expect(!waiting.hadNoEffect)
    let receiving = try await failure(HTTPRequest(url: server.url("/body"), totalTimeout: short))
    #expect(receiving.code == .timedOut(.body))
  }

  @Test func theTransportsLimitHoldsForPatientRequests() async throws {
    let server = LoopbackServer { _, connection in connection.waitForEnd() }
    var configuration = CurlConfiguration()
    configuration.totalTimeout = .milliseconds(200)
    let transport = CurlTransport(configuration: configuration)
    let error = await #expect(throws: TransportError.self) {
      try await transport.send(HTTPRequest(url: server.url(), totalTimeout: .seconds(3600)))
    }
    #expect(error?.code == .timedOut(.firstByte))
  }

  @Test(arguments: [
    "", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
  ])
  func reportsTruncation(_ answer: String) async throws {
    let server = LoopbackServer { _, connection in
      connection.send(answer)
      connection.end()
    }
    let error = try await failure(HTTPRequest(method: "PUT", url: server.url()))
    #expect(error.code == .connectionLost)
    #expect(!error.hadNoEffect)
  }

  @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"])
  func reportsReset(_ answer: String) async throws {
    let server = LoopbackServer { _, connection in
      connection.send(answer)
      connection.reset()
    }
    let error = try await failure(HTTPRequest(url: server.url()))
    #expect(error.code == .connectionLost)
    #expect(!error.hadNoEffect)
  }

  @Test(arguments: ["garbage that is not HTTP\r\n\r\n", "HTTP/1.1 huh\r\n\r\n"])
  func reportsGarbage(_ answer: String) async throws {
    let server = LoopbackServer { _, connection in
      connection.send(answer)
      connection.end()
    }
    let error = try await failure(HTTPRequest(url: server.url()))
    #expect(error.code == .other(8))
    #expect(!error.hadNoEffect)
  }

  @Test(arguments: [gzippedZeros.dropLast(1), gzippedZeros.dropLast(9), gzippedZeros.prefix(12)])
  func reportsTruncatedGzip(_ body: Data) async throws {
    let server = LoopbackServer { _, connection in
      connection.respond(headers: ["Content-Encoding: gzip"], body: body)
    }
    let error = try await failure(HTTPRequest(url: server.url()))
    #expect(error.code == .other(61))
    #expect(!error.hadNoEffect)
  }

  @Test func reportsGarbageInGzip() async throws {
    for position in [0, 12, gzippedZeros.count - 8] {
      var body = gzippedZeros
      body[position] ^= 0xFF
      let server = LoopbackServer { [body] _, connection in
        connection.respond(headers: ["Content-Encoding: gzip"], body: body)
      }
      let error = try await failure(HTTPRequest(url: server.url()))
      #expect(error.code == .other(61), "byte \(position)")
    }
  }

  @Test(arguments: [true, false])
  func limitsBodies(isCompressed: Bool) async throws {
    let server = LoopbackServer { _, connection in
      if isCompressed {
        connection.respond(headers: ["Content-Encoding: gzip"], body: gzippedZeros)
      } else {
        connection.respond(body: Data(count: 10_000))
      }
    }
    let error = try await failure(HTTPRequest(url: server.url())) { $0.bodyLimit = 9_999 }
    #expect(error.code == .bodyTooLarge)
    var configuration = CurlConfiguration.patient
    configuration.bodyLimit = 10_000
    let transport = CurlTransport(configuration: configuration)
    #expect(try await transport.send(HTTPRequest(url: server.url())).body.count == 10_000)
  }

  @Test func limitsHeaders() async throws {
    let server = LoopbackServer { _, connection in
      let early = "HTTP/1.1 103 Early Hints\r\nX: \(String(repeating: "x", count: 1_000))\r\n\r\n"
      connection.send(String(repeating: early, count: 300))
      connection.respond()
    }
    let error = try await failure(HTTPRequest(url: server.url()))
    #expect(error.code == .bodyTooLarge)
  }

  @Test func reportsTLSFailure() async throws {
    let server = LoopbackServer(greeting: "220 this is not TLS\r\n") { _, _ in }
    let error = try await failure(HTTPRequest(url: server.url(scheme: "https")))
    #expect(error.code == .tls)
    #expect(error.hadNoEffect)
  }

  @Test func reportsRefusedTunnelWithoutPassword() async throws {
    let proxy = LoopbackServer { _, connection in connection.respond("403 Forbidden") }
    let url = "https://example.test/?key=secret"
    let refused = try await failure(HTTPRequest(url: url)) {
      $0.secureProxy = "http://u:secret@127.0.0.1:\(proxy.port)"
    }
    #expect(refused.code == .couldNotConnect)
    #expect(refused.hadNoEffect)
    #expect(!"\(refused)".contains("secret"))
    let unknown = try await failure(HTTPRequest(url: url)) { $0.secureProxy = "what://u:secret@a" }
    #expect(unknown.hadNoEffect)
    #expect(!"\(unknown)".contains("secret"))
  }
}
