/// How long nothing has moved in one transfer, and how long that may be.
///
/// libcurl has no limit for the first byte of an answer, and its limit for stalls also counts while a
/// server thinks. What is received is noted as it comes, what is sent only when somebody looks.
struct SilenceWatch {
  private let firstByteTimeout: Duration
  private let stallTimeout: Duration
  private let bodySize: Int
  /// How much of the body was sent at the last look. The first part leaves with the headers in one
  /// write, and is no news.
  private var sent = 64 << 10
  private var lastMove: ContinuousClock.Instant?
  private var isAnswered = false

  /// A watch over a request with a body of this size; connecting has its own limit.
  init(bodySize: Int, configuration: CurlConfiguration) {
    self.bodySize = bodySize
    firstByteTimeout = configuration.firstByteTimeout
    stallTimeout = configuration.stallTimeout
  }

  /// Notes that the request is being sent, for the first time or again.
  mutating func beginSending(at now: ContinuousClock.Instant) {
    lastMove = now
    isAnswered = false
  }

  /// Notes that some of the answer has come.
  mutating func receive(at now: ContinuousClock.Instant) {
    lastMove = now
    isAnswered = true
  }

  /// When the silence becomes too long unless something moves; at or before now, it is.
  mutating func deadline(
    at now: ContinuousClock.Instant, sent newSent: Int
  ) -> ContinuousClock.Instant {
    guard let lastMove else { return now + min(firstByteTimeout, stallTimeout) }
    var start = lastMove
    if newSent > sent {
      sent = newSent
      start = now
      self.lastMove = now
    }
    return start + (isAnswered || newSent < bodySize ? stallTimeout : firstByteTimeout)
  }
}
