/// Runs tasks on the transport's own thread, between its looks at the network.
///
/// A task that waits for responses there costs no change of threads: what libcurl has finished, it
/// goes on with. Transfers wait while it computes, so the loop gives long parts of tasks to others.
final class LoopExecutor: TaskExecutor {
  private let mailbox: Mailbox

  /// An executor over the thread that reads this mailbox.
  init(_ mailbox: Mailbox) {
    self.mailbox = mailbox
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    // A task may outlive the transport, and must end all the same.
    if !mailbox.post(.run(job)) { globalConcurrentExecutor.enqueue(job) }
  }
}
