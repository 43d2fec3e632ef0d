internal import CCurl
internal import Foundation

/// libcurl's set of running transfers with their connections.
///
/// libcurl says which sockets it waits for, and is told of those on which something has happened: what
/// a response costs does not grow with the transfers that run.
///
/// `@unchecked Sendable` holds because only the loop's thread calls it, except for `wake`, which
/// touches the alarm alone; the lock keeps it from outliving that.
@safe
final class MultiHandle: @unchecked Sendable {
  private let pointer: UnsafeMutableRawPointer
  private let isOpen = Locked(true)
  private let alarm: Alarm
  private var sockets: SocketWatch
  /// What has happened on sockets and libcurl does not know yet.
  private var ready: [(socket: Int32, events: Int32)] = []
  /// When libcurl wants to be called though nothing happens.
  private var timer: ContinuousClock.Instant?

  /// A set of transfers over at most this many connections, idle ones included.
  init(maxConnections: Int) {
    precondition(maxConnections > 0, "a transport needs a connection")
    LibraryInitialization.perform()
    guard let pointer = unsafe curl_multi_init() else { fatalError("curl_multi_init: no memory") }
    guard let alarm = Alarm() else { fatalError("eventfd: too many files are open") }
    unsafe self.pointer = pointer
    self.alarm = alarm
    sockets = SocketWatch(alarm: alarm)
    for option in [CURLMOPT_MAX_TOTAL_CONNECTIONS, CURLMOPT_MAXCONNECTS] {
      let code = unsafe weir_curl_multi_set_long(pointer, option, maxConnections)
      precondition(code == CURLM_OK, "libcurl refuses multi option \(option.rawValue)")
    }
    // The handle is closed before this object goes.
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    guard unsafe weir_curl_multi_set_sockets(pointer, watchSocket, context) == CURLM_OK,
      unsafe weir_curl_multi_set_timer(pointer, armTimer, context) == CURLM_OK
    else { preconditionFailure("libcurl refuses to tell its sockets") }
  }

  /// Ends the current or the next `poll`. From any thread, at any time.
  func wake() {
    isOpen.withLock { isOpen in
      if isOpen { alarm.setOff() }
    }
  }

  /// Starts a transfer; the caller keeps it alive until it is removed.
  func add(_ transfer: Transfer) {
    let code = unsafe curl_multi_add_handle(pointer, transfer.easy.pointer)
    precondition(code == CURLM_OK, "libcurl refuses a transfer: \(code.rawValue)")
  }

  /// Ends a transfer, finished or not; libcurl calls nothing of it any more.
  func remove(_ transfer: Transfer) {
    let code = unsafe curl_multi_remove_handle(pointer, transfer.easy.pointer)
    precondition(code == CURLM_OK, "libcurl does not know a transfer: \(code.rawValue)")
  }

  /// Moves the bytes that can be moved without waiting, and does something after each step; false
  /// where libcurl cannot go on.
  func perform(afterEach: () -> Void) -> Bool {
    // Once: a timer that is set again for now is for the next round, which also looks at the mail.
    if let timer, timer <= .now {
      self.timer = nil
      guard act(on: CURL_SOCKET_TIMEOUT, 0) else { return false }
      afterEach()
    }
    for (socket, events) in ready {
      let mask =
        (events & POLLIN != 0 ? CURL_CSELECT_IN : 0)
        | (events & POLLOUT != 0 ? CURL_CSELECT_OUT : 0)
        | (events & (POLLERR | POLLHUP | POLLNVAL) != 0 ? CURL_CSELECT_ERR : 0)
      guard act(on: socket, mask) else { return false }
      afterEach()
    }
    ready.removeAll(keepingCapacity: true)
    return true
  }

  private func act(on socket: Int32, _ events: Int32) -> Bool {
    var count: Int32 = 0
    return unsafe curl_multi_socket_action(pointer, socket, events, &count) == CURLM_OK
  }

  /// Sleeps until a socket is ready, a timer of libcurl's is due, the time is over, or `wake`; false
  /// where that fails.
  func poll(for duration: Duration) -> Bool {
    let limited = min(duration, timer.map { $0 - .now } ?? .seconds(60), .seconds(60))
    // Rounded up, or the last millisecond would be spent awake.
    let milliseconds = Int32((max(limited, .zero) / .milliseconds(1)).rounded(.up))
    guard let events = sockets.wait(milliseconds: milliseconds) else { return false }
    ready = events
    return true
  }

  fileprivate func watch(_ socket: Int32, for wish: Int32) {
    guard wish != CURL_POLL_REMOVE else { return sockets.forget(socket) }
    sockets.watch(
      socket,
      for: (wish & CURL_POLL_IN != 0 ? POLLIN : 0) | (wish & CURL_POLL_OUT != 0 ? POLLOUT : 0))
  }

  fileprivate func setTimer(milliseconds: Int) {
    timer = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
  }

  /// The next transfer that has ended by itself, with its result.
  func nextFinished() -> (Transfer, CURLcode)? {
    var easy: UnsafeMutableRawPointer?
    var code = CURLE_OK
    guard unsafe weir_curl_next_finished(pointer, &easy, &code), let easy = unsafe easy else {
      return nil
    }
    return (unsafe Transfer.of(easy), code)
  }

  /// Closes every connection and frees the handle. Once, after the last transfer is removed.
  func close() {
    let wasOpen = isOpen.withLock { isOpen in
      defer { isOpen = false }
      return isOpen
    }
    precondition(wasOpen, "a multi handle is closed once")
    unsafe curl_multi_cleanup(pointer)
    alarm.close()
  }
}

/// libcurl's callback where it wants to know of other events on a socket than before.
private func watchSocket(
  _: UnsafeMutableRawPointer?, socket: curl_socket_t, wish: Int32,
  context: UnsafeMutableRawPointer?, _: UnsafeMutableRawPointer?
) -> Int32 {
  guard let context = unsafe context else { return -1 }
  let multi = unsafe Unmanaged<MultiHandle>.fromOpaque(context).takeUnretainedValue()
  multi.watch(socket, for: wish)
  return 0
}

/// libcurl's callback where it wants to be called at another time; below zero, never.
private func armTimer(
  _: UnsafeMutableRawPointer?, milliseconds: Int, context: UnsafeMutableRawPointer?
) -> Int32 {
  guard let context = unsafe context else { return -1 }
  let multi = unsafe Unmanaged<MultiHandle>.fromOpaque(context).takeUnretainedValue()
  multi.setTimer(milliseconds: milliseconds)
  return 0
}

/// libcurl's own global state, made once for the process and never undone: other libraries in the
/// process may use libcurl as well.
private enum LibraryInitialization {
  private static let code = curl_global_init(Int(CURL_GLOBAL_ALL))

  static func perform() {
    precondition(code == CURLE_OK, "curl_global_init failed")
  }
}
