import Foundation
import Glibc
import Model

/// `weir-wire`, built beside the tests: lines in, lines out.
enum Wire {
  /// Why a question has no answer.
  struct Fault: Error { let message: String }

  /// The answers to questions, all asked of one process.
  static func ask(_ questions: [String]) async throws -> [Value] {
    // A thread of its own waits, so that no task's thread is blocked.
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(with: Result { try answers(to: questions) })
      }
    }
  }

  private static func answers(to questions: [String]) throws -> [Value] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "wire-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appending(path: "in")
    let output = folder.appending(path: "out")
    let lines = questions.map { $0.replacing("\n", with: " ") }
    try Data(lines.joined(separator: "\n").utf8).write(to: input)
    let status = try run(from: input.path(), to: output.path())
    guard status == 0 else { throw Fault(message: "the program ended with status \(status)") }
    return try Data(contentsOf: output).split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(Value.self, from: $0)
    }
  }

  /// The answer to one question.
  static func ask(_ question: String) async throws -> Value {
    guard let answer = try await ask([question]).first else { throw Fault(message: "no answer") }
    return answer
  }

  /// Spawned without Foundation's `Process`, which crashes where many threads open and close files.
  private static func run(from input: String, to output: String) throws -> Int32 {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
    let program = URL(filePath: bundle).deletingLastPathComponent().appending(path: "weir-wire")
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(
      &actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var pid: pid_t = 0
    var arguments: [UnsafeMutablePointer<CChar>?] = unsafe [strdup("weir-wire"), nil]
    defer { unsafe free(arguments[0]) }
    var environment: [UnsafeMutablePointer<CChar>?] = unsafe [nil]
    let code = unsafe posix_spawn(
      &pid, program.path(), &actions, nil, &arguments, &environment)
    guard code == 0 else { throw Fault(message: "\(program.path()) does not start: \(code)") }
    var status: Int32 = 0
    guard unsafe waitpid(pid, &status, 0) == pid else { throw Fault(message: "it got lost") }
    return status
  }
}
