internal import Dispatch
internal import Synchronization

/// Runs tasks on the transport's own thread, between its looks at the network.
///
/// A task that waits for responses there costs no change of threads: what libcurl has finished, it
/// goes on with. Transfers wait while it computes. So while parts of tasks are long, as those that
/// read large responses, the program's own threads run them and the transport's only moves bytes:
/// else responses would wait for each other while processors are idle. Where there is one caller,
/// nothing waits.
final class LoopExecutor: TaskExecutor {
  /// What takes longer on the loop's thread than to wake another one, by far.
  private static let longPart = Duration.microseconds(250)

  private let mailbox: Mailbox
  /// Whether the last part of a task that ended, on whatever thread, was a long one.
  private let lastWasLong = Atomic(false)
  /// Whether transfers would wait for the loop's thread.
  private let hasTransfers = Atomic(false)

  /// An executor over the thread that reads this mailbox.
  init(_ mailbox: Mailbox) {
    self.mailbox = mailbox
  }

  /// Notes whether the loop has transfers.
  func note(hasTransfers: Bool) {
    self.hasTransfers.store(hasTransfers, ordering: .relaxed)
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    // A task may outlive the transport, and must end all the same.
    if isForOthers(whileMoreWait: false) || !mailbox.post(.run(job)) { runElsewhere(job) }
  }

  /// Runs a part of a task that was left for the loop's thread, perhaps with more behind it, and says
  /// when that is done. By now it may be one for others.
  func run(
    _ job: UnownedJob, whileMoreWait: Bool, at now: ContinuousClock.Instant
  ) -> ContinuousClock.Instant {
    guard isForOthers(whileMoreWait: whileMoreWait) else { return runHere(job, from: now) }
    runElsewhere(job)
    return now
  }

  private func isForOthers(whileMoreWait: Bool) -> Bool {
    lastWasLong.load(ordering: .relaxed)
      && (whileMoreWait || hasTransfers.load(ordering: .relaxed))
  }

  /// Runs a part of a task on one of the program's own threads, as this executor still: it goes on
  /// there until the task waits, and is not moved back where it calls a function.
  func runElsewhere(_ job: UnownedJob) {
    DispatchQueue.global().async { _ = self.runHere(job, from: .now) }
  }

  private func runHere(_ job: UnownedJob, from begin: ContinuousClock.Instant)
    -> ContinuousClock.Instant
  {
    unsafe job.runSynchronously(on: asUnownedTaskExecutor())
    let end = ContinuousClock.now
    lastWasLong.store(end - begin > Self.longPart, ordering: .relaxed)
    return end
  }
}
