import Foundation
import Model
import Rendering
import Testing

@Suite struct NoticeTests {
  private func notice(environment: String, failures: Int) -> NoticeFacts {
    let reference = EnvironmentReference(
      name: environment, account: "123456789012", region: "us-east-2")
    let plan = Plan(
      goal: .policy, environment: reference,
      policy: PolicyReference(commit: "4f2c1d9", hasUncommittedChanges: false, directory: ""),
      state: StateReference(lineage: "9d1e", serial: 11), time: Date(timeIntervalSince1970: 0),
      changes: [], drift: [], refreshed: [], resourceCount: 0, problems: [])
    let outcomes = (0..<failures).map {
      ChangeOutcome(
        address: Address("ecs/service", "web/\($0)"), action: .update,
        result: .failed("refused\nby \u{1B}[1mAWS"))
    }
    let applied = ChangeOutcome(
      address: Address("ssm/parameter", "/a"), action: .create, result: .applied)
    return NoticeFacts(
      report: ApplyReport(
        result: .appliedInPart, environment: reference, serial: 12, version: "c0ffee1",
        outcomes: outcomes + [applied], cost: CostChange(before: .zero, after: .zero)),
      plan: plan, actor: "Ada")
  }

  @Test func subjectIsShortASCIIOnOneLine() {
    let long = subject(of: notice(environment: String(repeating: "ü", count: 90), failures: 3))
    #expect(long.utf8.count == 100)
    #expect(long.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    #expect(
      subject(of: notice(environment: "prod", failures: 3))
        == "weir: prod 12 applied in part, 1 of 4 changes")
  }

  @Test func textListsFailuresUpToABound() {
    let body = text(of: notice(environment: "prod", failures: 30))
    #expect(body.contains("  ecs/service web/0: failed: refused\\nby \\u{1B}[1mAWS\n"))
    #expect(body.contains("and 10 more"))
    #expect(!body.contains("\u{1B}"))
    #expect(body.hasSuffix("weir show 12 --env prod\n"))
  }
}
