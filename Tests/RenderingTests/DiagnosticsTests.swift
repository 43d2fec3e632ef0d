import Foundation
import Model
import Rendering
import Testing

@Suite struct DiagnosticsTests {
  private func range(_ line: Int, _ start: Int, _ end: Int, endLine: Int? = nil) -> SourceRange {
    SourceRange(
      file: "manifests/pythonide/tasks.yaml",
      start: SourcePosition(line: line, column: start),
      end: SourcePosition(line: endLine ?? line, column: end))
  }

  @Test func pointsAtWhatIsWrong() throws {
    let diagnostics = Diagnostics([
      Diagnostic(
        .error, "unknown field",
        detail:
          "A TaskSize has the fields cluster, service, cpu, memory, count and scaling, and no cpuu. A field that Weir does not know is refused, since it would do nothing.",
        hint: "write cpu", range: range(9, 3, 7), sourceLine: "  cpuu: 1 vCPU"),
      Diagnostic(
        .warning, "value is quoted", range: range(10, 9, 15), sourceLine: "memory\t\t\"2 GB\""),
      Diagnostic(
        .error, "not a number", range: range(11, 9, 11), sourceLine: "名前: 日本 🚀ab: x"),
      Diagnostic(
        .error, "duplicate name", detail: "Two manifests have this name.",
        range: range(120, 1, 4, endLine: 124), sourceLine: "metadata: {name: a,"),
      Diagnostic(
        .error, "line is long", range: range(7, 150, 160),
        sourceLine: String(repeating: "word ", count: 60)),
      Diagnostic(.error, "ends too early", range: range(12, 7, 7), sourceLine: "count:"),
      Diagnostic(
        .error, "no manifests", detail: "The directory manifests/ holds no YAML file.",
        hint: "run weir init"),
    ])
    try expectSnapshot(render(diagnostics: diagnostics, style: .plain), "diagnostics.txt")
    try expectSnapshot(
      render(diagnostics: diagnostics, style: TextStyle(colour: true, width: 80)),
      "diagnostics-colour.txt")
    try expectSnapshot(
      render(diagnostics: diagnostics, format: .json, style: .plain), "diagnostics.json")
  }

  @Test func takesRangesThatLieOutsideTheLine() {
    for (start, end) in [(0, 0), (1, 0), (5, 2), (90, 95), (1, 9_000), (-4, -9)] {
      for line in ["", "a: 1", "日本\t🚀", String(repeating: "x", count: 500)] {
        let text = render(
          diagnostics: Diagnostics([
            Diagnostic(.error, "odd", range: range(3, start, end), sourceLine: line)
          ]), style: TextStyle(colour: false, width: 0))
        #expect(text.contains("^"))
        let lines = text.components(separatedBy: "\n")
        #expect(lines.dropFirst().allSatisfy { $0.count <= 42 })
      }
    }
  }

  @Test func tellsErrors() throws {
    let error = ErrorFacts(
      "no credentials",
      detail:
        "Neither the environment nor ~/.aws/credentials has any for the profile \u{1B}[2Jprod.",
      hint: "run aws sso login --profile prod")
    try expectSnapshot(render(error: error, style: .plain), "error.txt")
  }
}
