import Foundation
import Testing

/// A plan over a large account asks no more of AWS than the sizes of its pages make necessary.
@Suite("A large account")
struct FleetTests {
  /// How many of each there are.
  private static let groups = 1000
  private static let alarms = 1000
  private static let services = 300
  private static let buckets = 100

  /// Requests that no reader of all these resources can do without: a page of log groups holds 50, one
  /// of alarms 100, of services 10, of targets 50 and of policies 10; task definitions and lifecycle
  /// rules come one by one.
  private static let necessary = [
    "logs DescribeLogGroups": 20, "cloudwatch DescribeAlarms": 10, "ecs DescribeServices": 30,
    "ecs DescribeTaskDefinition": 300, "application-autoscaling DescribeScalableTargets": 6,
    "application-autoscaling DescribeScalingPolicies": 30,
    "s3 GetBucketLifecycleConfiguration": 100, "sts GetCallerIdentity": 1,
  ]

  @Test("a plan takes the fewest requests")
  func requests() async throws {
    let scene = try await Scene(nil, seeded: false)
    let counts = [Self.groups, Self.alarms, Self.services, Self.buckets].map(String.init)
    try await scene.account(
      "case.setup(aws, \(counts.joined(separator: ", ")))",
      script: Places.tests.appending(path: "Fleet/account.py").path())
    try writePolicy(in: scene.repository, account: scene.account.id)
    try await scene.repository.commit("The fleet")
    try await scene.account.forgetRequests()

    let result = try await scene.weir(
      "plan", "--verbose", "--detailed-exitcode", exit: 2, isQuiet: true)
    #expect(result.output.contains("to create, 3000 to change, 0 to delete"))
    let requests = Dictionary(
      grouping: try await scene.account.requests(), by: { "\($0.service) \($0.operation)" }
    ).mapValues(\.count)
    let total = requests.values.reduce(0, +)
    let least = Self.necessary.values.reduce(0, +)
    #expect(Double(total) <= 1.1 * Double(least), "\(requests)")
    // The table that --verbose prints says the same.
    let line = result.errors.split(separator: "\n").last { $0.hasPrefix("total ") }
    let printed = line?.split(separator: " ").dropFirst().first.map(String.init)
    #expect(printed == "\(total)")
  }

  private func writePolicy(in repository: PolicyRepository, account: String) throws {
    try repository.write(
      "weir.yaml",
      """
      apiVersion: weir/v1
      kind: Project
      metadata: {name: fleet}
      spec:
        environments: {prod: {account: "\(account)", region: us-east-2}}
      """)
    var manifests = [
      """
      apiVersion: weir/v1
      kind: LogRetention
      metadata: {name: fleet}
      spec: {retention: 30d, prefixes: [/fleet/]}
      """
    ]
    func add(_ kind: String, _ count: Int, _ spec: (String) -> String) {
      for number in 0..<count {
        let digits = "\(number)"
        let name = String(repeating: "0", count: 4 - digits.count) + digits
        manifests.append(
          """
          apiVersion: weir/v1
          kind: \(kind)
          metadata: {name: fleet-\(name)}
          spec: \(spec(name))
          """)
      }
    }
    add("Alarm", Self.alarms) { _ in "{threshold: 80}" }
    add("TaskSize", Self.services) {
      "{cluster: fleet, service: fleet-\($0), cpu: 0.25 vCPU, scaling: {min: 1, max: 3,"
        + " policyName: cpu, targetCPU: 60%}}"
    }
    add("LifecycleRule", Self.buckets) {
      "{bucket: fleet-\(account)-\($0), rules: [{id: old, expireAfter: 500d}]}"
    }
    try repository.write("fleet.yaml", manifests.joined(separator: "\n---\n"))
  }
}
