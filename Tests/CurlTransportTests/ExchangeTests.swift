import CurlTransport
import Foundation
import Testing

/// What goes over the wire and comes back.
@Suite(.timeLimit(.minutes(10)))
struct ExchangeTests {
  private let transport = CurlTransport(configuration: .patient)

  /// A server that answers with what it got: the head in a header, the body as the body.
  private let echo = LoopbackServer { request, connection in
    let head = ([request.line] + request.headerLines).joined(separator: "|")
    connection.respond(headers: ["X-Head: \(head)"], body: request.body)
  }

  private func head(_ request: HTTPRequest) async throws -> [String] {
    let head = try await transport.send(request).header("x-head")
    return try #require(head).components(separatedBy: "|")
  }

  @Test func gets() async throws {
    let server = LoopbackServer { _, connection in
      connection.respond(
        "404 Not Found", headers: ["X-A:  one ", "x-a: two"], body: Data("no".utf8))
    }
    let response = try await transport.send(HTTPRequest(url: server.url()))
    #expect(response.status == 404)
    #expect(response.httpVersion == "HTTP/1.1")
    #expect(response.header("X-a") == "one")
    #expect(response.headers.filter { $0.isNamed("X-A") }.map(\.value) == ["one", "two"])
    #expect(response.body == Data("no".utf8))
  }

  @Test(arguments: ["POST", "PUT", "PATCH", "DELETE", "GET"], [1, 5_000_000])
  func sendsBodies(method: String, size: Int) async throws {
    let pattern = Data((0..<251).map { UInt8($0) })
    var body = Data(capacity: size + pattern.count)
    while body.count < size { body += pattern }
    body = body.prefix(size)
    let request = HTTPRequest(method: method, url: echo.url("/x"), body: body)
    let response = try await transport.send(request)
    let head = try #require(response.header("X-Head"))
    #expect(response.body == body)
    #expect(head.hasPrefix("\(method) /x HTTP/1.1|"))
    #expect(head.contains("|Content-Length: \(size)"))
    #expect(!head.contains("|Expect:"))
    #expect(!head.contains("|Content-Type:"))
  }

  @Test(arguments: [("POST", 1), ("PUT", 1), ("DELETE", 0), ("GET", 0)])
  func sendsEmptyBodies(method: String, lengths: Int) async throws {
    let head = try await head(HTTPRequest(method: method, url: echo.url()))
    #expect(head.filter { $0 == "Content-Length: 0" }.count == lengths)
  }

  @Test func headHasNoBody() async throws {
    let server = LoopbackServer { request, connection in
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\nX-Line: \(request.line)\r\n\r\n")
    }
    for _ in 0..<2 {
      let response = try await transport.send(HTTPRequest(method: "HEAD", url: server.url()))
      #expect(response.header("content-length") == "99")
      #expect(response.header("x-line") == "HEAD / HTTP/1.1")
      #expect(response.body.isEmpty)
    }
    #expect(server.acceptCount == 1)
  }

  @Test func sendsHeadersAsTheyAre() async throws {
    let headers = [
      HTTPHeader(name: "X-Many", value: "1"), HTTPHeader(name: "X-Empty", value: ""),
      HTTPHeader(name: "X-Many", value: "2;3"), HTTPHeader(name: "X-Blank", value: "  "),
      HTTPHeader(name: "Host", value: "example.test"), HTTPHeader(name: "User-Agent", value: "me"),
      HTTPHeader(name: "Content-Length", value: "7"),
    ]
    let head = try await head(
      HTTPRequest(method: "POST", url: echo.url(), headers: headers, body: Data("abc".utf8)))
    #expect(head.filter { $0.hasPrefix("X-Many") } == ["X-Many: 1", "X-Many: 2;3"])
    #expect(head.filter { $0.hasPrefix("X-E") || $0.hasPrefix("X-B") } == ["X-Empty:", "X-Blank:"])
    #expect(head.filter { $0.hasPrefix("Host") } == ["Host: example.test"])
    #expect(head.filter { $0.hasPrefix("User-Agent") } == ["User-Agent: me"])
    #expect(head.filter { $0.hasPrefix("Content-Length") } == ["Content-Length: 3"])
  }

  @Test func sendsPathAsItIs() async throws {
    let head = try await head(HTTPRequest(url: echo.url("/a/../b//./c%2F?x=%20&y")))
    #expect(head[0] == "GET /a/../b//./c%2F?x=%20&y HTTP/1.1")
  }

  @Test func keepsOnlyTheFinalResponse() async throws {
    let server = LoopbackServer { _, connection in
      connection.send("HTTP/1.1 103 Early Hints\r\nX-Early: yes\r\n\r\n")
      connection.respond("302 Found", headers: ["Location: /elsewhere"])
    }
    let response = try await transport.send(HTTPRequest(url: server.url()))
    #expect(response.status == 302)
    #expect(response.header("X-Early") == nil)
    #expect(response.header("Location") == "/elsewhere")
  }

  @Test func decompresses() async throws {
    let server = LoopbackServer { request, connection in
      let offered = request.lines(of: "Accept-Encoding") == ["Accept-Encoding: gzip"]
      connection.respond(
        headers: ["Content-Encoding: gzip"], body: offered ? gzippedZeros : Data())
    }
    let response = try await transport.send(HTTPRequest(url: server.url()))
    #expect(response.body == Data(count: 10_000))
  }

  @Test(arguments: [
    "127.0.0.1", "example.test,127.0.0.1", "*", "10.0.0.0/8, 127.0.0.0/8", "127.0.0.1:PORT",
    "[::1]:1 127.0.0.1",
  ])
  func goesAroundTheProxy(noProxy: String) async throws {
    var configuration = CurlConfiguration.patient
    configuration.plainProxy = "http://127.0.0.1:\(LoopbackServer.unusedPort())"
    configuration.noProxy = noProxy.replacing("PORT", with: "\(echo.port)")
    let response = try await CurlTransport(configuration: configuration)
      .send(HTTPRequest(url: echo.url("/x")))
    #expect(response.header("X-Head")?.hasPrefix("GET /x HTTP/1.1|") == true)
  }

  @Test(arguments: [
    "127.0.0.2", "", "example.tes", "xample.test", "example.test:81", "10.0.0.0/8",
    "*.example.test:1",
  ])
  func usesTheConfiguredProxy(noProxy: String) async throws {
    var configuration = CurlConfiguration.patient
    configuration.plainProxy = "http://127.0.0.1:\(echo.port)"
    configuration.noProxy = noProxy
    let response = try await CurlTransport(configuration: configuration)
      .send(HTTPRequest(url: "http://example.test/x"))
    #expect(response.header("X-Head")?.hasPrefix("GET http://example.test/x HTTP/1.1|") == true)
  }

  @Test func theProxyOfSecureURLsIsNoneOfOthers() async throws {
    var configuration = CurlConfiguration.patient
    configuration.secureProxy = "http://127.0.0.1:\(LoopbackServer.unusedPort())"
    let response = try await CurlTransport(configuration: configuration)
      .send(HTTPRequest(url: echo.url("/x")))
    #expect(response.header("X-Head")?.hasPrefix("GET /x HTTP/1.1|") == true)
  }
}

/// Ten thousand zero bytes.
let gzippedZeros =
  Data(
    base64Encoded: "H4sIAAAAAAACA+3BAQ0AAADCoPdPbQ43oAAAAAAAAAAAAODfAC7KO00QJwAA"
  ) ?? Data()
