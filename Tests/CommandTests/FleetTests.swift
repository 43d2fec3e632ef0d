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
      .joined(separator: ", ")
    let script = Places.tests.appending(path: "Fleet/account.py").path()
    try await scene.account("case.setup(aws, \(counts))", script: script)
    let told = try await scene.account("case.policy(aws, \(counts))", script: script)
    for (file, text) in try JSONDecoder().decode([String: String].self, from: Data(told.utf8)) {
      try scene.repository.write(file, text)
    }
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
}
