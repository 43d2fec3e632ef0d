import Foundation
import Testing

@testable import CurlTransport

/// Many callers, few connections, and every wait ends.
@Suite(.timeLimit(.minutes(10)))
struct ConcurrencyTests {
  /// A server that never answers, and the events it sees.
  private func silentServer() -> (server: LoopbackServer, events: AsyncStream<String>) {
    let (events, continuation) = AsyncStream.makeStream(of: String.self)
    let server = LoopbackServer { _, connection in
      continuation.yield("request")
      connection.waitForEnd()
      continuation.yield("end")
    }
    return (server, events)
  }

  @Test func sharesConnections() async throws {
    let server = LoopbackServer { request, connection in
      connection.respond(body: Data(request.line.utf8))
    }
    let transport = CurlTransport(configuration: .patient)
    for _ in 0..<5 { _ = try await transport.send(HTTPRequest(url: server.url())) }
    #expect(server.acceptCount == 1)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<200 {
        group.addTask {
          let response = try await transport.send(HTTPRequest(url: server.url("/\(number)")))
          return response.body == Data("GET /\(number) HTTP/1.1".utf8)
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
    #expect(server.acceptCount <= 16)
  }

  @Test func waitingInLineIsNoTimeout() async throws {
    let release = DispatchSemaphore(value: 0)
    let server = LoopbackServer { request, connection in
      if request.line.contains("/held") { release.wait() }
      connection.respond()
    }
    var configuration = CurlConfiguration.patient
    configuration.maxConnections = 1
    let transport = CurlTransport(configuration: configuration)
    async let held = transport.send(HTTPRequest(url: server.url("/held")))
    async let inLine = transport.send(
      HTTPRequest(
        url: server.url(), connectTimeout: .seconds(10), totalTimeout: .seconds(10)))
    // Another request's timeout is the clock.
    let clock = HTTPRequest(url: silentServer().server.url(), totalTimeout: .seconds(11))
    await #expect(throws: TransportError.self) {
      try await CurlTransport(configuration: .patient).send(clock)
    }
    release.signal()
    #expect(try await held.status == 200)
    #expect(try await inLine.status == 200)
  }

  @Test func replacesConnectionThatServerClosed() async throws {
    let (events, continuation) = AsyncStream.makeStream(of: Void.self)
    let server = LoopbackServer { _, connection in
      connection.respond()
      connection.end()
      continuation.yield()
    }
    let transport = CurlTransport(configuration: .patient)
    var closed = events.makeAsyncIterator()
    for _ in 0..<10 {
      let response = try await transport.send(HTTPRequest(method: "POST", url: server.url()))
      #expect(response.status == 200)
      await closed.next()
    }
    #expect(server.acceptCount == 10)
  }

  /// The server never answers and no timeout comes: only the cancellation can end a call.
  @Test(arguments: [1, 16, 300])
  func cancelledCallsEnd(connections: Int) async throws {
    let (server, events) = silentServer()
    var configuration = CurlConfiguration.patient
    configuration.maxConnections = connections
    let transport = CurlTransport(configuration: configuration)
    let tasks = (0..<300).map { _ in
      Task { try await transport.send(HTTPRequest(url: server.url())) }
    }
    // Some before they start; the others running or in line.
    for task in tasks.prefix(50) { task.cancel() }
    var seen = 0
    for await _ in events {
      seen += 1
      if seen >= min(connections, 250) { break }
    }
    await withTaskGroup(of: Void.self) { group in
      for task in tasks.shuffled() {
        group.addTask {
          task.cancel()
          await #expect(throws: CancellationError.self) { try await task.value }
        }
      }
    }
    // The transport is as good as before.
    let echo = LoopbackServer { _, connection in connection.respond() }
    #expect(try await transport.send(HTTPRequest(url: echo.url())).status == 200)
  }

  @Test func cancellationEndsConnectingAndReceiving() async throws {
    let (events, continuation) = AsyncStream.makeStream(of: Void.self)
    let mute = LoopbackServer(reads: false)
    let dripping = LoopbackServer { _, connection in
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
      continuation.yield()
      connection.waitForEnd()
    }
    let transport = CurlTransport(configuration: .patient)
    let handshake = Task {
      try await transport.send(HTTPRequest(url: mute.url(scheme: "https")))
    }
    let receiving = Task { try await transport.send(HTTPRequest(url: dripping.url())) }
    var received = events.makeAsyncIterator()
    await received.next()
    for task in [handshake, receiving] {
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }

  @Test func handlesServeManyKindsOfRequests() async throws {
    let server = LoopbackServer { request, connection in
      let isHead = request.line.hasPrefix("HEAD")
      let head = ([request.line] + request.headerLines).joined(separator: "|")
      connection.respond(headers: ["X-Head: \(head)"], body: isHead ? Data() : request.body)
    }
    var configuration = CurlConfiguration.patient
    configuration.maxConnections = 1
    let transport = CurlTransport(configuration: configuration)
    for (method, body) in [
      ("POST", "abc"), ("GET", ""), ("HEAD", ""), ("PUT", ""), ("GET", "x"), ("DELETE", ""),
    ] {
      let mark = HTTPHeader(name: "X-\(method)", value: "1")
      let response = try await transport.send(
        HTTPRequest(method: method, url: server.url(), headers: [mark], body: Data(body.utf8)))
      let head = try #require(response.header("X-Head")).components(separatedBy: "|")
      #expect(head[0] == "\(method) / HTTP/1.1")
      #expect(head.filter { $0.hasPrefix("X-") } == ["X-\(method): 1"])
      #expect(response.body == Data(body.utf8))
    }
    #expect(server.acceptCount == 1)
  }

  @Test func cancellationRacesWithStart() async throws {
    let (server, _) = silentServer()
    let transport = CurlTransport(configuration: .patient)
    await withTaskGroup(of: Void.self) { group in
      for round in 0..<300 {
        group.addTask {
          let task = Task { try await transport.send(HTTPRequest(url: server.url())) }
          for _ in 0..<(round % 8) { await Task.yield() }
          task.cancel()
          await #expect(throws: CancellationError.self) { try await task.value }
        }
      }
    }
  }

  @Test func shutDownFailsWhatIsOpen() async throws {
    let (server, events) = silentServer()
    var configuration = CurlConfiguration.patient
    configuration.maxConnections = 1
    let transport = CurlTransport(configuration: configuration)
    let tasks = (0..<5).map { _ in
      Task { try await transport.send(HTTPRequest(url: server.url())) }
    }
    var iterator = events.makeAsyncIterator()
    #expect(await iterator.next() == "request")
    transport.shutDown()
    var mayHaveHadEffect = 0
    for task in tasks {
      let error = await #expect(throws: TransportError.self) { try await task.value }
      #expect(error?.code == .shutDown)
      if error?.hadNoEffect == false { mayHaveHadEffect += 1 }
    }
    #expect(mayHaveHadEffect == 1)
    #expect(await iterator.next() == "end")
    let error = await #expect(throws: TransportError.self) {
      try await transport.send(HTTPRequest(url: server.url()))
    }
    #expect(error?.code == .shutDown)
    #expect(error?.hadNoEffect == true)
  }

  @Test func droppingTheTransportClosesConnections() async throws {
    let (events, continuation) = AsyncStream.makeStream(of: String.self)
    let server = LoopbackServer { _, connection in
      connection.respond()
      connection.waitForEnd()
      continuation.yield("end")
    }
    do {
      let response = try await CurlTransport(configuration: .patient).send(
        HTTPRequest(url: server.url()))
      #expect(response.status == 200)
    }
    var iterator = events.makeAsyncIterator()
    #expect(await iterator.next() == "end")
  }
}
