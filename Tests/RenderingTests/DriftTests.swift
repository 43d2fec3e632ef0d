import Foundation
import Model
import Rendering
import Testing

@Suite struct DriftTests {
  private func drift(
    _ type: String, _ name: String, _ fields: [FieldChange], isMissing: Bool = false,
    onDrift: DriftPolicy? = nil, cost: CostChange? = nil
  ) -> Drift {
    Drift(
      address: Address(type, name), fields: fields, isMissing: isMissing, serial: 12,
      isReverted: onDrift != .keep, onDrift: onDrift, cost: cost)
  }

  private var report: DriftReport {
    let cheaper = CostChange(before: dollars("36.04"), after: dollars("12.98"))
    let drifts =
      [
        drift("budgets/budget", "pythonide-monthly", [field("limit", 800, 900, at: 7)]),
        drift("budgets/budget", "kept", [field("limit", 1, 2)], onDrift: .keep),
        drift("budgets/budget", "refused", [field("limit", 1, 2)], onDrift: .refuse),
      ]
      + (1...5).map {
        drift(
          "ecs/service", "web/api\($0)", [field("cpu", 1024, 512, at: 9)], cost: cheaper)
      } + [
        drift("ssm/parameter", "/gone", [], isMissing: true),
        drift(
          "ssm/parameter", "/secret",
          [field("value", ["a": 1], .sensitive(.digest("aa")))],
          cost: CostChange(before: .zero, after: .unknown("depends on the tier"))),
      ]
    func by(_ who: String, _ minute: Int) -> Attribution {
      .known(
        WriteEvent(
          who: "arn:aws:iam::123456789012:user/\(who)", operation: "UpdateService",
          time: noon.addingTimeInterval(Double(minute) * 60)))
    }
    var attributions: [Address: Attribution] = [:]
    for (index, drift) in drifts.enumerated() { attributions[drift.address] = by("ann", index % 2) }
    attributions[drifts[0].address] = by("bob\u{1B}[31m|`x`", 0)
    attributions[Address("ssm/parameter", "/gone")] = .unknown(
      "these credentials may not read CloudTrail (cloudtrail:LookupEvents)")
    return DriftReport(plan(drift: drifts), resourceCount: 214, attributions: attributions)
  }

  @Test(arguments: OutputFormat.allCases)
  func showsWhatWhoAndWhatNext(_ format: OutputFormat) throws {
    let text = try render(drift: report, format: format, style: .plain)
    try expectSnapshot(text, "drift.\(format.suffix)")
    if format == .html { #expect(unbalancedTag(in: text) == nil) }
    #expect(!text.contains("\u{1B}"))
  }

  @Test func saysThatThereIsNone() throws {
    let none = DriftReport(plan(), resourceCount: 1, attributions: nil)
    #expect(
      try render(drift: none, format: .text, style: .plain).hasSuffix(
        "No drift: 1 resource is as applied.\n"))
  }

  @Test(arguments: [OutputFormat.text, .json, .markdown])
  func showsAnEditAsADifference(_ format: OutputFormat) throws {
    let before = (1...12).map { "line \($0)\n" }.joined()
    let after = before.replacing("line 2\n", with: "line two\n").replacing(
      "line 11\n", with: "line 11\nmore\n")
    let accepted = AcceptedDrift(
      fields: [(Address("budgets/budget", "m"), field("limit", 800, 900), place("a.yaml", 2))],
      files: [.init(path: "a.yaml", before: before, after: after)])
    let text = try render(
      accepted: accepted, environment: prod, format: format, style: .plain)
    try expectSnapshot(text, "accepted.\(format.suffix)")
  }
}
