import Foundation
import Testing

/// Names that hold what means something else elsewhere: in patterns of IAM, in those of `--select`.
@Suite("Names")
struct NameTests {
  private let scene: Scene

  init() async throws {
    scene = try await Scene(nil, seeded: false)
    let alarms = ["*", "a*b?$${c} ~é", "警🚨", "axb"].enumerated().map { number, name in
      """
      ---
      apiVersion: weir/v1
      kind: Alarm
      metadata: {name: alarm-\(number)}
      spec:
        {name: "\(name)", namespace: Web, metric: Errors, statistic: Sum, period: 1m,
         evaluationPeriods: 1, comparison: GreaterThanThreshold, threshold: 5}

      """
    }
    try scene.repository.write(
      "weir.yaml", ConformanceCase.project(account: scene.account.id, values: [:]))
    try scene.repository.write("alarms.yaml", alarms.joined())
    try await scene.repository.commit("Alarms")
  }

  @Test("the least permissions are for these names and no others")
  func permissions() async throws {
    let told = try await scene.weir("plan", "--iam", isQuiet: true).output
    let statements = "json.loads(text)['policies']['apply']['Statement']"
    let resources = try await scene.aws(
      "sorted(r.split(':', 5)[5] for s in \(statements) for r in s['Resource'] if ':alarm:' in r)",
      text: told)
    let expected = ["alarm:${*}", "alarm:??*", "alarm:a${*}b${?}${$}{c} ~é", "alarm:axb"]
    #expect(
      try JSONDecoder().decode([String].self, from: Data(resources.utf8)) == expected.sorted())
    #expect(!told.contains("tag:GetResources"))
    #expect(told.unicodeScalars.allSatisfy { $0.value <= 0xFF })
  }

  @Test("a sign of patterns can be taken as it is")
  func selection() async throws {
    try await scene.weir(
      "apply", "--auto-approve", "--select", #"cloudwatch/alarm \*"#, isQuiet: true)
    let alarms = "aws('cloudwatch').describe_alarms()['MetricAlarms']"
    #expect(try await scene.aws("[a['AlarmName'] for a in \(alarms)]") == #"["*"]"#)
    try await scene.weir("apply", "--auto-approve", "--select", "a*b*", isQuiet: true)
    try await scene.weir("apply", "--auto-approve", "--select", "cloudwatch/*", isQuiet: true)
    try await scene.weir("plan", "--detailed-exitcode", isQuiet: true)
  }
}
