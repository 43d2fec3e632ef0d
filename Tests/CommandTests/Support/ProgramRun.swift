import Foundation
import Synchronization

/// A program that has ended: its exit code and what it wrote.
struct ProgramResult: Sendable {
  /// The exit code; 128 and the number of the signal where one ended it.
  let code: Int32
  let output: String
  let errors: String
}

/// A program that runs.
final class ProgramRun: Sendable {
  private let process: Process
  private let files: URL
  private let ended: Task<Void, Never>

  /// Starts a program; what it writes goes to files, so that it never waits for a reader.
  init(
    _ executable: String, _ arguments: [String], in directory: String,
    environment: [String: String]
  ) throws {
    files = try makeTemporaryDirectory("run")
    let process = Process()
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: directory)
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try Self.file(files, "output")
    process.standardError = try Self.file(files, "errors")
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    process.terminationHandler = { _ in continuation.finish() }
    try process.run()
    self.process = process
    ended = Task { for await _ in stream {} }
  }

  deinit { try? FileManager.default.removeItem(at: files) }

  /// Sends a signal.
  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits for its end. A program that runs for longer than `seconds` is killed.
  func result(within seconds: Double = 60) async -> ProgramResult {
    let guardian = Task {
      try await Task.sleep(for: .seconds(seconds))
      send(SIGKILL)
    }
    await ended.value
    guardian.cancel()
    let status = process.terminationStatus
    let code = process.terminationReason == .uncaughtSignal ? 128 + status : status
    return ProgramResult(code: code, output: written("output"), errors: written("errors"))
  }

  /// What it has written to standard error so far.
  var errorsSoFar: String { written("errors") }

  private func written(_ name: String) -> String {
    let data = try? Data(contentsOf: files.appending(path: name))
    return String(decoding: data ?? Data(), as: UTF8.self)
  }

  private static func file(_ folder: URL, _ name: String) throws -> FileHandle {
    let url = folder.appending(path: name)
    try Data().write(to: url)
    return try FileHandle(forWritingTo: url)
  }
}

/// A new directory under the system's temporary one.
func makeTemporaryDirectory(_ name: String) throws -> URL {
  let url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    .appending(path: "weir-\(name)-\(UUID().uuidString.prefix(8))")
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  return url
}

/// Lets only so many go on at once: tests run side by side, and each runs programs.
actor Slots {
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { free = count }

  /// Runs `body` when there is a place.
  func run<Result: Sendable>(_ body: @Sendable () async throws -> Result) async rethrows -> Result {
    if free > 0 { free -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
    defer {
      if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
    return try await body()
  }
}
