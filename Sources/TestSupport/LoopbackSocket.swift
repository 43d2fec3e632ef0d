internal import Glibc

/// Sockets of the servers that tests play, on 127.0.0.1.
public enum LoopbackSocket {
  /// A socket that listens on a free port.
  public static func listening() -> (descriptor: Int32, port: UInt16) {
    let (descriptor, port) = bound()
    precondition(listen(descriptor, 128) == 0, "no loopback port")
    return (descriptor, port)
  }

  /// A socket that has a free port and does not listen: nobody else gets the port while it is open.
  public static func bound() -> (descriptor: Int32, port: UInt16) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    unsafe address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    unsafe withUnsafeMutablePointer(to: &address) { pointer in
      let address = unsafe UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: sockaddr.self)
      let isBound = unsafe bind(descriptor, address, size) == 0
      precondition(isBound, "no loopback port")
      unsafe getsockname(descriptor, address, &size)
    }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  /// Closes a socket. The end is said first: a program that another test starts meanwhile may hold a
  /// copy of the descriptor, which would keep the connection or the port.
  public static func finish(_ socket: Int32) {
    shutdown(socket, Int32(SHUT_RDWR))
    _ = close(socket)
  }
}
