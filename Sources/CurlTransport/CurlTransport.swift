internal import Foundation

/// Sends requests through one libcurl multi handle on one thread of its own.
///
/// ```
/// caller --post--> Mailbox --wake--> TransferLoop (the thread) --resume--> caller
/// ```
/// The thread ends, and with it every connection, when the transport is shut down or dropped.
public final class CurlTransport: HTTPTransport {
  private let mailbox: Mailbox
  private let bodyLimit: Int
  private let servers = KnownServers()
  private let loopExecutor: LoopExecutor

  /// Runs tasks on the transport's thread. For tasks that wait for responses: there a small exchange
  /// costs half as much, because nobody has to be woken. While tasks compute for long at a time, such
  /// as to read large responses, they run on the program's other threads.
  public var executor: any TaskExecutor { loopExecutor }

  /// A transport; its thread starts now and sleeps until there is work.
  public init(configuration: CurlConfiguration = CurlConfiguration()) {
    let multi = MultiHandle(maxConnections: configuration.maxConnections)
    let mailbox = Mailbox(waking: multi)
    self.mailbox = mailbox
    let executor = LoopExecutor(mailbox)
    loopExecutor = executor
    bodyLimit = configuration.bodyLimit
    let thread = Thread {
      // For debuggers. Here, because on Linux a thread that has not started has no name to set.
      Thread.current.name = "weir-curl"
      blockSignals()
      var loop = TransferLoop(
        mailbox: mailbox, executor: executor, multi: multi, configuration: configuration)
      loop.run()
    }
    thread.start()
  }

  deinit {
    shutDown()
  }

  /// Ends the transport: what waits or runs fails with `.shutDown`, and so does every later request.
  public func shutDown() {
    mailbox.close()
  }

  /// Sends the request and waits for the whole response.
  public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    try Task.checkCancellation()
    let prepared = try PreparedRequest(request, servers: servers)
    let id = mailbox.nextID()
    let gate = StartGate()
    let response = try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        guard mailbox.post(.start(Job(id: id, request: prepared, continuation: continuation)))
        else {
          continuation.resume(throwing: prepared.shutDownError(hadNoEffect: true))
          return
        }
        if gate.start() { _ = mailbox.post(.cancel(id)) }
      }
    } onCancel: {
      // A closed mailbox means that the loop is failing every call anyway.
      if gate.cancel() { _ = mailbox.post(.cancel(id)) }
    }
    // Here, not in the loop, where all other transfers would wait for it.
    return try prepared.decompressed(response, limit: bodyLimit)
  }
}

/// Leaves every signal to the program's other threads: SIGINT to its handler, and SIGPIPE, which a
/// write to a closed connection raises in the writing thread, to nobody.
private func blockSignals() {
  var signals = sigset_t()
  unsafe sigfillset(&signals)
  unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
}
