import Foundation
import Manifests
import Policy
import Rendering
import Testing

@Suite struct KindReferenceTests {
  @Test func documentsEveryFieldOfEveryKind() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../docs/kinds.md").standardized
    let reference = kindReference(project: Project.schema, kinds: kindSchemas())
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try reference.write(to: file, atomically: true, encoding: .utf8)
    }
    let written = try String(contentsOf: file, encoding: .utf8)
    #expect(written == reference, "record it anew with RECORD=1, and read the diff")
  }
}
