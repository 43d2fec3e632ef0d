internal import Foundation
internal import Glibc
internal import Rendering

/// Replaces what a file holds so that a reader sees the old or the new, whole: it is written beside
/// it, flushed to disk, and takes its place. Its mode stays, and a link is followed.
///
/// - Throws: `ErrorFacts` where the disk refuses it.
func replaceFile(at path: String, with data: Data) throws {
  let target = URL(fileURLWithPath: path).resolvingSymlinksInPath()
  let folder = target.deletingLastPathComponent()
  let draft = folder.appendingPathComponent(".\(target.lastPathComponent).\(UUID().uuidString)")
    .path
  do {
    let attributes = try FileManager.default.attributesOfItem(atPath: target.path)
    let mode = (attributes[.posixPermissions] as? NSNumber)?.uint32Value ?? 0o644
    let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw CocoaError(.fileWriteNoPermission) }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      // Past the umask.
      guard fchmod(descriptor, mode) == 0 else { throw CocoaError(.fileWriteNoPermission) }
      try file.write(contentsOf: data)
      try file.synchronize()
      guard unsafe rename(draft, target.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    } catch {
      unsafe unlink(draft)
      throw error
    }
  } catch let error as CocoaError {
    throw ErrorFacts(
      "the manifest could not be written", detail: "\(path): \(error.localizedDescription)")
  }
  // The name is durable, too.
  let directory = unsafe open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard directory >= 0 else { return }
  fsync(directory)
  close(directory)
}
