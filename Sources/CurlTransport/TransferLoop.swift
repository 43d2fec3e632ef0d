/// The one thread's work: read mail, move bytes, tell callers, sleep.
///
/// Only this resumes the continuations of posted jobs, so each is resumed exactly once. It and its
/// transfers are confined to their thread.
final class TransferLoop {
  private let mailbox: Mailbox
  private let multi: MultiHandle
  private let configuration: CurlConfiguration
  private var waiting = WaitingLine()
  /// Keeps each transfer alive while libcurl holds an unretained pointer to it.
  private var running: [UInt64: Transfer] = [:]

  /// A loop, to be made and run on its own thread.
  init(mailbox: Mailbox, multi: MultiHandle, configuration: CurlConfiguration) {
    self.mailbox = mailbox
    self.multi = multi
    self.configuration = configuration
  }

  /// Runs until the mailbox is closed, or libcurl cannot go on; then fails what is left.
  func run() {
    while readMail() {
      guard moveBytes(), multi.poll() else {
        mailbox.close()
        continue
      }
    }
    failEverything()
    multi.close()
  }

  /// Acts on the mail; false where no more can come.
  private func readMail() -> Bool {
    let (mail, isClosed) = mailbox.take()
    for item in mail {
      switch item {
      case .start(let job): waiting.append(job)
      case .cancel(let id): cancel(id)
      }
    }
    return !isClosed
  }

  /// Starts what there is room for and lets libcurl work, until nothing more can be done now.
  private func moveBytes() -> Bool {
    while true {
      admit()
      guard multi.perform() else { return false }
      if !finishTransfers() { return true }
    }
  }

  private func admit() {
    while running.count < configuration.maxConnections, let job = waiting.popFirst() {
      let transfer = Transfer(job, configuration: configuration)
      running[job.id] = transfer
      multi.add(transfer)
    }
  }

  /// Tells the callers of finished transfers; true where that made room for others.
  private func finishTransfers() -> Bool {
    var didFinish = false
    while let (transfer, code) = multi.nextFinished() {
      multi.remove(transfer)
      running[transfer.job.id] = nil
      transfer.job.continuation.resume(with: transfer.outcome(code))
      didFinish = true
    }
    return didFinish
  }

  private func cancel(_ id: UInt64) {
    if let transfer = running.removeValue(forKey: id) {
      multi.remove(transfer)
      transfer.job.continuation.resume(throwing: CancellationError())
    } else if let job = waiting.remove(id) {
      job.continuation.resume(throwing: CancellationError())
    }
  }

  private func failEverything() {
    for transfer in running.values {
      multi.remove(transfer)
      let error = transfer.job.request.shutDownError(hadNoEffect: transfer.sentNothing)
      transfer.job.continuation.resume(throwing: error)
    }
    running = [:]
    while let job = waiting.popFirst() {
      job.continuation.resume(throwing: job.request.shutDownError(hadNoEffect: true))
    }
  }
}
