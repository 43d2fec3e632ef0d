import Model
import Rendering
import Testing

@Suite struct ProgressTests {
  private let service = Address("ecs/service", "pythonide-cluster/pythonide-service")
  private let budget = Address("budgets/budget", "pythonide-monthly")
  private let parameter = Address("ssm/parameter", "/limits")

  private var events: [ApplyEvent] {
    [
      .began(serial: 13, changes: 4), .rereading(resources: 4), .started(service, .update),
      .started(budget, .create), .finished(service, .update, seconds: 1.234),
      .failed(budget, .create, message: "AccessDenied:\nnot \u{1B}[1mallowed"),
      .skipped(parameter, .delete, message: "budgets/budget pythonide-monthly failed before it"),
      .finished(Address("ecs/service", "web/web"), .adopt, seconds: 0),
      .verifying(resources: 1, attempt: 1), .waiting([service], seconds: 10),
      .verifying(resources: 1, attempt: 2),
      .waiting([service, budget, parameter, Address("ecs/service", "web/web")], seconds: 10),
      .ended(serial: 13, version: "c0ffee1234567"),
    ]
  }

  @Test func writesLinesForLogs() throws {
    let lines = ProgressLines(style: .plain)
    try expectSnapshot(events.map(lines.text).joined(), "progress.txt")
  }

  @Test func keepsOneLineAliveOnATerminal() throws {
    var live = LiveProgress(style: TextStyle(colour: false, width: 50))
    let text = events.map { live.text(for: $0) }.joined(separator: "\u{1}") + live.closing
    try expectSnapshot(
      text.replacing("\u{1B}", with: "ESC").replacing("\r", with: "CR")
        .replacing("\u{1}", with: "\n--\n") + "\n", "progress-live.txt")
    #expect(!text.contains("\u{1B}[1m"))
  }
}
