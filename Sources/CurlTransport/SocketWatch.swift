internal import CCurl
internal import Foundation

/// Waits until sockets are ready, on the loop's thread.
struct SocketWatch {
  /// What `poll` is asked. The first entry is the alarm's, the others are sockets.
  private var entries: [pollfd]
  private let alarm: Alarm

  /// A watch over no sockets, whose waiting an alarm ends.
  init(alarm: Alarm) {
    self.alarm = alarm
    entries = [pollfd(fd: alarm.file, events: Int16(POLLIN), revents: 0)]
  }

  /// Watches a socket from now on for these events of `poll`, and for no others.
  mutating func watch(_ socket: Int32, for events: Int32) {
    forget(socket)
    entries.append(pollfd(fd: socket, events: Int16(events), revents: 0))
  }

  /// Watches a socket no longer.
  mutating func forget(_ socket: Int32) {
    guard let index = entries.lastIndex(where: { $0.fd == socket }) else { return }
    entries.swapAt(index, entries.count - 1)
    entries.removeLast()
  }

  /// Sleeps until sockets are ready, the alarm is set off, or so many milliseconds are over. Gives the
  /// sockets with what `poll` says of them; nil where the system fails.
  mutating func wait(milliseconds: Int32) -> [(socket: Int32, events: Int32)]? {
    guard unsafe poll(&entries, nfds_t(entries.count), milliseconds) >= 0 else {
      return errno == EINTR ? [] : nil
    }
    if entries[0].revents != 0 { alarm.reset() }
    return entries.dropFirst().lazy.filter { $0.revents != 0 }.map { ($0.fd, Int32($0.revents)) }
  }
}

/// Ends the waiting of another thread, or its next one.
struct Alarm: Sendable {
  /// Ready to be read once the alarm is set off.
  fileprivate let file: Int32

  /// An alarm that nobody has set off; nil where the process can have no more files.
  init?() {
    file = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard file >= 0 else { return nil }
  }

  /// Sets it off. From any thread, until it is closed.
  func setOff() {
    _ = eventfd_write(file, 1)
  }

  /// Makes it ready to be set off again.
  fileprivate func reset() {
    var count: eventfd_t = 0
    _ = unsafe eventfd_read(file, &count)
  }

  /// Gives its file back.
  func close() {
    _ = Foundation.close(file)
  }
}
