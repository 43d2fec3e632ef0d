internal import Foundation
internal import Glibc
public import Model

/// The journal as a file beside the repository's own, `.git/weir/ENV/journal.jsonl`: one line of
/// JSON an entry, on disk before `record` returns.
public actor FileJournal: Journal {
  private let directory: String
  private let path: String
  private var handle: FileHandle?

  /// The journal of `environment` in the repository whose Git directory is given.
  public init(gitDirectory: String, environment: String) {
    directory = "\(gitDirectory)/weir/\(environment)"
    path = "\(directory)/journal.jsonl"
  }

  /// Writes a line and flushes it.
  ///
  /// - Throws: `CocoaError` where the disk refuses it.
  public func record(_ entry: JournalEntry) throws {
    let handle = try opened()
    try handle.write(contentsOf: CanonicalJSON.encodeLine(entry))
    try handle.synchronize()
  }

  /// The lines, in their order. The last is left out where a crash tore it; the next line begins
  /// on a line of its own all the same.
  ///
  /// - Throws: `CocoaError` where the disk refuses it.
  public func entries() throws -> [JournalEntry] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    return try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: UInt8(ascii: "\n"))
      .compactMap { try? CanonicalJSON.decode(JournalEntry.self, from: Data($0)) }
  }

  /// Removes the file.
  ///
  /// - Throws: `CocoaError` where the disk refuses it.
  public func clear() throws {
    try handle?.close()
    handle = nil
    if FileManager.default.fileExists(atPath: path) {
      try FileManager.default.removeItem(atPath: path)
    }
  }

  private func opened() throws -> FileHandle {
    if let handle { return handle }
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    let descriptor = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw CocoaError(.fileWriteNoPermission, userInfo: [NSFilePathErrorKey: path])
    }
    let opened = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    if let torn = try tornLine() { try opened.write(contentsOf: torn) }
    try synchronizeDirectory()
    handle = opened
    return opened
  }

  /// What ends a line that a crash tore; nil where none is torn.
  private func tornLine() throws -> Data? {
    let end = Data("\n".utf8)
    let written = try Data(contentsOf: URL(fileURLWithPath: path))
    return written.isEmpty || written.suffix(1) == end ? nil : end
  }

  /// Makes the file's name durable, not only its contents.
  private func synchronizeDirectory() throws {
    let descriptor = unsafe open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw CocoaError(.fileReadNoPermission, userInfo: [NSFilePathErrorKey: directory])
    }
    defer { close(descriptor) }
    fsync(descriptor)
  }
}
