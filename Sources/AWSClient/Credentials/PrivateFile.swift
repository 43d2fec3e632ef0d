internal import Foundation

/// Files that only their owner may read.
enum PrivateFile {
  /// Why a file cannot be written.
  struct Fault: Error, Hashable {
    let step: String
    let code: Int32
  }

  /// Writes a file with mode 0600, whole or not at all: others see the old file or the new one.
  static func write(_ data: Data, to path: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    let draft = "\(path).\(UUID().uuidString)"
    let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Fault(step: "create", code: errno) }
    do {
      let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
      defer { _ = close(descriptor) }
      try file.write(contentsOf: data)
      try file.synchronize()
    } catch {
      _ = unsafe unlink(draft)
      throw error
    }
    guard unsafe rename(draft, path) == 0 else {
      let code = errno
      _ = unsafe unlink(draft)
      throw Fault(step: "rename", code: code)
    }
  }
}
