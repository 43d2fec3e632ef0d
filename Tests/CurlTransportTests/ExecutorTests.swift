import Foundation
import Testing

@testable import CurlTransport

/// Tasks that run on the transport's own thread.
@Suite(.timeLimit(.minutes(1)))
struct ExecutorTests {
  /// The thread that runs this; a function of its own, because it is not asynchronous.
  private func thread() -> pthread_t { pthread_self() }

  /// Works for longer than transfers shall wait, and says where.
  private func compute() -> pthread_t {
    let end = ContinuousClock.now + .milliseconds(5)
    while ContinuousClock.now < end {}
    return pthread_self()
  }

  private func echo() -> LoopbackServer {
    LoopbackServer { request, connection in connection.respond(body: Data(request.line.utf8)) }
  }

  @Test func runsTasksOnTheTransportsThread() async throws {
    let server = echo()
    let transport = CurlTransport()
    let threads = try await Task(executorPreference: transport.executor) {
      // However long it takes: where there is one caller, nobody waits for it.
      let before = compute()
      let response = try await transport.send(HTTPRequest(url: server.url("/here")))
      #expect(response.body == Data("GET /here HTTP/1.1".utf8))
      return [before, thread()]
    }.value
    let later = await Task(executorPreference: transport.executor) { thread() }.value
    #expect(Set(threads) == [later])
  }

  @Test func childTasksStayThere() async throws {
    let server = echo()
    let transport = CurlTransport()
    let bodies = try await withTaskExecutorPreference(transport.executor) {
      try await withThrowingTaskGroup(of: Data.self) { group in
        for number in 0..<100 {
          group.addTask {
            try await transport.send(HTTPRequest(url: server.url("/\(number)"))).body
          }
        }
        return try await group.reduce(into: Set<Data>()) { $0.insert($1) }
      }
    }
    #expect(bodies == Set((0..<100).map { Data("GET /\($0) HTTP/1.1".utf8) }))
    #expect(server.acceptCount <= 16)
  }

  @Test func longPartsOfTasksGoToOtherThreads() async {
    let transport = CurlTransport()
    let computing = await withTaskExecutorPreference(transport.executor) {
      // Added on the transport's thread, so that all are ready before the first runs.
      await withTaskGroup(of: pthread_t.self) { group in
        for _ in 0..<8 { group.addTask { compute() } }
        return await group.reduce(into: Set<pthread_t>()) { $0.insert($1) }
      }
    }
    let own = await Task(executorPreference: transport.executor) { thread() }.value
    #expect(computing.contains(own))
    #expect(!computing.subtracting([own]).isEmpty)
  }

  @Test func tasksOutliveTheTransport() async throws {
    let transport = CurlTransport()
    let executor = transport.executor
    let error = await Task(executorPreference: executor) {
      transport.shutDown()
      // The thread ends here, and the task goes on elsewhere.
      return await #expect(throws: TransportError.self) {
        try await transport.send(HTTPRequest(url: "http://127.0.0.1:9/"))
      }
    }.value
    #expect(error?.code == .shutDown)
    #expect(await Task(executorPreference: executor) { 1 }.value == 1)
  }
}
