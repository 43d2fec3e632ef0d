internal import Foundation
internal import Glibc

/// Keeps a second process on this machine from applying to the same environment; the kernel gives
/// it back when the process ends, however it ends.
public struct EnvironmentLock: ~Copyable {
  private let descriptor: Int32

  /// Takes the lock of `environment`.
  ///
  /// - Throws: `GitError` with `.locked` where another process holds it.
  public init(gitDirectory: String, environment: String) throws {
    let directory = "\(gitDirectory)/weir/\(environment)"
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    descriptor = try Self.locked("\(directory)/lock", environment: environment)
  }

  private static func locked(_ path: String, environment: String) throws(GitError) -> Int32 {
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw GitError(
        .unreadable, operation: "open \(path)", message: unsafe String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw GitError(
        .locked, operation: "apply to \(environment)",
        message: "another weir process on this machine is applying to it")
    }
    return descriptor
  }

  deinit {
    // Closing is not enough: a child that another thread is starting holds a copy until its `exec`.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
