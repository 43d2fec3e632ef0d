import Foundation
import Testing

/// Compares `text` with the file `name` beside the tests; with `RECORD=1` writes the file instead.
func expectSnapshot(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Snapshots").appending(path: name)
  if ProcessInfo.processInfo.environment["RECORD"] == "1" {
    try Data(text.utf8).write(to: file)
    return
  }
  let expected = try String(contentsOf: file, encoding: .utf8)
  guard text != expected else { return }
  let (old, new) = (expected.split(separator: "\n"), text.split(separator: "\n"))
  let first = zip(old, new).first { $0 != $1 }
  Issue.record(
    """
    \(name) differs: \(old.count) lines expected, \(new.count) found
    expected: \(first?.0 ?? "the end")
    found:    \(first?.1 ?? "the end")
    """, sourceLocation: sourceLocation)
}
