/// The one thread's work: read mail, move bytes, tell callers, sleep.
///
/// Only this resumes the continuations of posted jobs, so each is resumed exactly once. It and its
/// transfers are confined to their thread.
///
/// A structure, so that no access to its state is checked while the program runs: the checks would be
/// felt in each small transfer.
struct TransferLoop {
  private let mailbox: Mailbox
  private let executor: LoopExecutor
  private let multi: MultiHandle
  private let configuration: CurlConfiguration
  private var waiting = WaitingLine()
  /// Keeps each transfer alive while libcurl holds an unretained pointer to it.
  private var running: [UInt64: Transfer] = [:]
  /// Handles for the next transfers; at most as many as connections.
  private var idleHandles: [EasyHandle] = []
  /// Parts of tasks that are ready to run here, in their order.
  private var ready: ArraySlice<UnownedJob> = []
  /// No transfer can have been silent for too long before this.
  private var nextLook: ContinuousClock.Instant?

  /// A loop, to be made and run on its own thread.
  init(
    mailbox: Mailbox, executor: LoopExecutor, multi: MultiHandle, configuration: CurlConfiguration
  ) {
    self.mailbox = mailbox
    self.executor = executor
    self.multi = multi
    self.configuration = configuration
  }

  /// Runs until the mailbox is closed, or libcurl cannot go on; then fails what is left.
  mutating func run() {
    while readMail() {
      runTasks()
      guard moveBytes(), sleep() else {
        mailbox.close()
        continue
      }
    }
    failEverything()
    handOver()
    multi.close()
  }

  /// Acts on the mail; false where no more can come.
  private mutating func readMail() -> Bool {
    let (mail, isClosed) = mailbox.take()
    for item in mail {
      switch item {
      case .start(let job): waiting.append(job)
      case .cancel(let id): cancel(id)
      case .run(let job): ready.append(job)
      }
    }
    return !isClosed
  }

  /// Runs parts of tasks, but only for so long that what they send does not wait for the rest.
  private mutating func runTasks() {
    var now = ContinuousClock.now
    let end = now + .milliseconds(1)
    while now < end, let job = ready.popFirst() {
      now = executor.run(job, whileMoreWait: !ready.isEmpty, at: now)
    }
  }

  /// Gives the parts of tasks that are ready to the program's own threads.
  private mutating func handOver() {
    while let job = ready.popFirst() { executor.runElsewhere(job) }
  }

  /// Starts what there is room for and lets libcurl work, until nothing more can be done now.
  private mutating func moveBytes() -> Bool {
    repeat {
      admit()
      // Callers go on at once, while the bytes of others are moved.
      guard multi.perform(afterEach: { finishTransfers() }) else { return false }
    } while hasRoom && !waiting.isEmpty
    return true
  }

  private var hasRoom: Bool { running.count < configuration.maxConnections }

  private mutating func admit() {
    while hasRoom, let job = waiting.popFirst() {
      let easy = idleHandles.popLast() ?? EasyHandle()
      let transfer = Transfer(job, on: easy, configuration: configuration)
      running[job.id] = transfer
      executor.note(hasTransfers: true)
      multi.add(transfer)
      let deadline = transfer.deadline(at: .now)
      nextLook = min(nextLook ?? deadline, deadline)
    }
  }

  /// Takes a transfer from libcurl, finished or not, and tells its caller.
  private mutating func end(_ transfer: Transfer, with result: Result<HTTPResponse, any Error>) {
    multi.remove(transfer)
    running[transfer.job.id] = nil
    executor.note(hasTransfers: !running.isEmpty)
    transfer.easy.reset()
    idleHandles.append(transfer.easy)
    transfer.job.continuation.resume(with: result)
  }

  /// Tells the callers of finished transfers.
  private mutating func finishTransfers() {
    while let (transfer, code) = multi.nextFinished() {
      end(transfer, with: transfer.outcome(code))
    }
  }

  /// Ends transfers that have been silent for too long, then sleeps until there is something to do;
  /// false where libcurl cannot.
  private mutating func sleep() -> Bool {
    let now = ContinuousClock.now
    if let look = nextLook, look <= now {
      nextLook = nil
      for transfer in running.values {
        let deadline = transfer.deadline(at: now)
        if deadline <= now {
          end(transfer, with: .failure(transfer.silenceError()))
        } else {
          nextLook = min(nextLook ?? deadline, deadline)
        }
      }
    }
    guard ready.isEmpty, !hasRoom || waiting.isEmpty, mailbox.beginSleep() else {
      return running.isEmpty || multi.poll(for: .zero)
    }
    return multi.poll(for: nextLook.map { $0 - now } ?? .seconds(60))
  }

  private mutating func cancel(_ id: UInt64) {
    if let transfer = running[id] {
      end(transfer, with: .failure(CancellationError()))
    } else if let job = waiting.remove(id) {
      job.continuation.resume(throwing: CancellationError())
    }
  }

  private mutating func failEverything() {
    for transfer in running.values {
      let error = transfer.job.request.shutDownError(hadNoEffect: transfer.sentNothing)
      end(transfer, with: .failure(error))
    }
    while let job = waiting.popFirst() {
      job.continuation.resume(throwing: job.request.shutDownError(hadNoEffect: true))
    }
  }
}
