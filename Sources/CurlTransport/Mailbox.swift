internal import Synchronization

/// One request on its way, and whom to tell.
struct Job: Sendable {
  /// The request's number in this transport.
  let id: UInt64
  /// What to send.
  let request: PreparedRequest
  /// The caller; only the transfer loop resumes it once the job is posted.
  let continuation: CheckedContinuation<HTTPResponse, any Error>
}

/// What callers tell the transfer loop.
enum Mail: Sendable {
  case start(Job)
  case cancel(UInt64)
  /// A part of a task that wants to run on the loop's thread.
  case run(UnownedJob)
}

/// Where callers leave mail for the loop's thread, which it wakes.
final class Mailbox: Sendable {
  private struct Contents {
    var mail: [Mail] = []
    var isClosed = false
    /// Whether the reader sleeps or is about to, and nobody has woken it yet.
    var isAsleep = false
  }

  private let contents = Locked(Contents())
  private let lastID = Atomic<UInt64>(0)
  private let multi: MultiHandle

  /// A mailbox whose reader sleeps in this handle's `poll`.
  init(waking multi: MultiHandle) {
    self.multi = multi
  }

  /// A number for a new request.
  func nextID() -> UInt64 {
    lastID.add(1, ordering: .relaxed).newValue
  }

  /// Leaves mail and wakes a sleeping reader; false where the mailbox is closed and nobody will read
  /// it.
  func post(_ mail: Mail) -> Bool {
    let (isAccepted, wakes) = contents.withLock {
      guard !$0.isClosed else { return (false, false) }
      let wasAsleep = $0.isAsleep
      $0.mail.append(mail)
      $0.isAsleep = false
      return (true, wasAsleep)
    }
    if wakes { multi.wake() }
    return isAccepted
  }

  /// Accepts no more mail and wakes the reader; what was posted before is still read.
  func close() {
    contents.withLock { $0.isClosed = true }
    multi.wake()
  }

  /// Takes all mail, in order, and says whether more can come.
  func take() -> (mail: [Mail], isClosed: Bool) {
    contents.withLock {
      let mail = $0.mail
      $0.mail = []
      $0.isAsleep = false
      return (mail, $0.isClosed)
    }
  }

  /// Notes that the reader goes to sleep; false where it must not, because there is mail.
  func beginSleep() -> Bool {
    contents.withLock {
      $0.isAsleep = $0.mail.isEmpty && !$0.isClosed
      return $0.isAsleep
    }
  }
}
