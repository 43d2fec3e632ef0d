internal import CCurl

/// libcurl's set of running transfers with their connections.
///
/// `@unchecked Sendable` holds because only the loop's thread calls it, except for `wake`, which
/// libcurl allows from any thread while the handle lives; the lock keeps it from outliving that.
@safe
final class MultiHandle: @unchecked Sendable {
  private let pointer: UnsafeMutableRawPointer
  private let isOpen = Locked(true)

  /// A set of transfers over at most this many connections, idle ones included.
  init(maxConnections: Int) {
    precondition(maxConnections > 0, "a transport needs a connection")
    LibraryInitialization.perform()
    guard let pointer = unsafe curl_multi_init() else { fatalError("curl_multi_init: no memory") }
    unsafe self.pointer = pointer
    for option in [CURLMOPT_MAX_TOTAL_CONNECTIONS, CURLMOPT_MAXCONNECTS] {
      let code = unsafe weir_curl_multi_set_long(pointer, option, maxConnections)
      precondition(code == CURLM_OK, "libcurl refuses multi option \(option.rawValue)")
    }
  }

  /// Ends the current or the next `poll`. From any thread, at any time.
  func wake() {
    isOpen.withLock { isOpen in
      if isOpen { unsafe curl_multi_wakeup(pointer) }
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

  /// Moves what bytes can be moved without waiting; false where libcurl cannot go on.
  func perform() -> Bool {
    var count: Int32 = 0
    return unsafe curl_multi_perform(pointer, &count) == CURLM_OK
  }

  /// Sleeps until a socket is ready, a timer of libcurl's is due, the time is over, or `wake`; false
  /// where that fails.
  func poll(for duration: Duration) -> Bool {
    let limited = min(max(duration, .zero), .seconds(60))
    // Rounded up, or the last millisecond would be spent awake.
    let milliseconds = Int32((limited / .milliseconds(1)).rounded(.up))
    return unsafe curl_multi_poll(pointer, nil, 0, milliseconds, nil) == CURLM_OK
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
  }
}

/// libcurl's own global state, made once for the process and never undone: other libraries in the
/// process may use libcurl as well.
private enum LibraryInitialization {
  private static let code = curl_global_init(Int(CURL_GLOBAL_ALL))

  static func perform() {
    precondition(code == CURLE_OK, "curl_global_init failed")
  }
}
