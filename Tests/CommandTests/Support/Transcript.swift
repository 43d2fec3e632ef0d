import Foundation
import Synchronization
import Testing

/// The commands of a test and what became of them, as a person would have seen them.
final class Transcript: Sendable {
  private let parts = Mutex<[String]>([])

  /// Adds a command.
  func add(_ arguments: [String], _ result: ProgramResult) {
    let words = arguments.map { $0.contains(" ") ? "'\($0)'" : $0 }.joined(separator: " ")
    var part = "$ weir \(words)\nexit code \(result.code)\n"
    if !result.output.isEmpty { part += "--- stdout\n\(result.output)" }
    if !result.errors.isEmpty { part += "--- stderr\n\(result.errors)" }
    parts.withLock { $0.append(part.hasSuffix("\n") ? part : part + "\n") }
  }

  /// All of it.
  var text: String { parts.withLock { $0.joined(separator: "\n") } }
}

/// Compares `text` with the file `Snapshots/NAME.txt`; with `RECORD=1` writes the file instead.
func compare(_ text: String, with name: String, sourceLocation: SourceLocation) throws {
  let file = Places.tests.appending(path: "Snapshots/\(name).txt")
  if ProcessInfo.processInfo.environment["RECORD"] == "1" {
    try Data(text.utf8).write(to: file)
    return
  }
  let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  guard text != expected else { return }
  let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let new = text.split(separator: "\n", omittingEmptySubsequences: false)
  let line = zip(old, new).prefix { $0 == $1 }.count
  Issue.record(
    """
    Snapshots/\(name).txt differs from line \(line + 1) on: \(old.count) lines expected, \
    \(new.count) found
    expected: \(old.dropFirst(line).prefix(3).joined(separator: "\n          "))
    found:    \(new.dropFirst(line).prefix(3).joined(separator: "\n          "))
    """, sourceLocation: sourceLocation)
}
