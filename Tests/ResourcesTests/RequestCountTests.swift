import Foundation
import Model
import Testing

@testable import Resources

/// A thousand resources of a type, and what reading some of them takes.
struct ThousandNames: Sendable, CustomTestStringConvertible {
  let type: String
  /// The name of the n-th.
  let name: @Sendable (Int) -> String
  /// How many requests reading `count` of them takes at least.
  let requests: @Sendable (_ count: Int) -> Int
  /// Answers an operation.
  let answer: @Sendable (_ operation: String, _ input: Value) -> Value

  var testDescription: String { type }

  static let all = [
    topics, subscriptions, images, monitors, monitorSubscriptions, distributions, clusters,
    serverlessClusters,
  ]

  private static let numbers = Array(0..<1000)

  /// SNS describes one topic at a time.
  private static let topics = ThousandNames(
    type: "sns/topic", name: { "t\($0)" }, requests: { $0 },
    answer: { _, _ in ["Attributes": ["DisplayName": "a"]] })

  /// The list of a topic comes by the hundred, and queues are described one by one.
  private static let subscriptions = ThousandNames(
    type: "sns/subscription", name: { "alerts/sqs/arn:aws:sqs:us-east-1:123456789012:q\($0)" },
    requests: { 10 + $0 },
    answer: { operation, input in
      guard operation == "ListSubscriptionsByTopic" else { return ["Attributes": [:]] }
      let found = numbers.map { number -> Value in
        [
          "Protocol": "sqs", "Endpoint": .string("arn:aws:sqs:us-east-1:123456789012:q\(number)"),
          "SubscriptionArn": .string("arn:aws:sns:us-east-1:123456789012:alerts:\(number)"),
        ]
      }
      return page(found, of: "Subscriptions", size: 100, input)
    })

  /// ECR gives the policy of one repository at a time.
  private static let images = ThousandNames(
    type: "ecr/lifecycle-policy", name: { "r\($0)" }, requests: { $0 },
    answer: { _, _ in ["lifecyclePolicyText": #"{"rules": []}"#] })

  /// All monitors are listed, however many are asked for: they have no names to ask by.
  private static let monitors = ThousandNames(
    type: "ce/anomaly-monitor", name: { "m\($0)" }, requests: { _ in 10 },
    answer: { _, input in
      let found = numbers.map { number -> Value in
        ["MonitorName": .string("m\(number)"), "MonitorType": "DIMENSIONAL"]
      }
      return page(found, of: "AnomalyMonitors", size: 100, input)
    })

  /// And so are subscriptions, with the names of their monitors.
  private static let monitorSubscriptions = ThousandNames(
    type: "ce/anomaly-subscription", name: { "s\($0)" }, requests: { _ in 10 + 1 },
    answer: { operation, input in
      guard operation == "GetAnomalySubscriptions" else { return ["AnomalyMonitors": []] }
      let found = numbers.map { number -> Value in
        ["SubscriptionName": .string("s\(number)"), "Frequency": "DAILY"]
      }
      return page(found, of: "AnomalySubscriptions", size: 100, input)
    })

  /// The list has all that is read, a hundred a page; one alone is asked for by its ID.
  fileprivate static let distributions = ThousandNames(
    type: "cloudfront/distribution", name: { "E\($0)" }, requests: { $0 == 1 ? 1 : 10 },
    answer: { operation, input in
      let cache: Value = ["PriceClass": "PriceClass_All", "DefaultCacheBehavior": [:]]
      if operation == "GetDistributionConfig" { return ["DistributionConfig": cache] }
      let found = numbers.map { cache.with(["Id": .string("E\($0)")]) }
      return [
        "DistributionList": page(
          found, of: "Items", size: 100, input, tokens: ("Marker", "NextMarker"))
      ]
    })

  /// A hundred by name in a request.
  private static let clusters = ThousandNames(
    type: "rds/cluster", name: { "c\($0)" }, requests: { ($0 + 99) / 100 },
    answer: { _, input in described(input) })

  /// And as many requests again for the instances that a serverless capacity is multiplied with.
  private static let serverlessClusters = ThousandNames(
    type: "rds/cluster", name: { "c\($0)" }, requests: { ($0 + 99) / 100 * 2 },
    answer: { operation, input in
      guard operation == "DescribeDBClusters" else { return ["DBInstances": []] }
      return described(
        input, ["ServerlessV2ScalingConfiguration": ["MinCapacity": 1, "MaxCapacity": 2]])
    })

  private static func described(_ input: Value, _ more: [String: Value] = [:]) -> Value {
    let names = input["Filters"]?.list?.first?["Values"]?.list ?? []
    return [
      "DBClusters": .list(
        names.map { name in
          Value.map(["DBClusterIdentifier": name, "Engine": "aurora-mysql"]).with(more)
        })
    ]
  }
}

/// Types whose own tests count no thousand.
@Suite struct RequestCountTests {
  @Test(arguments: ThousandNames.all, [1, 1000])
  func readsInTheFewestRequests(_ thousand: ThousandNames, count: Int) async throws {
    let aws = FakeAWS { thousand.answer($0, $1) }
    let names = Set((0..<count).map(thousand.name))
    let live = try await resourceType(thousand.type, aws).read(names)
    #expect(Set(live.keys) == names)
    #expect(aws.calls.count == thousand.requests(count))
  }

  @Test func twoDistributionsAmongAThousandTakeFourRequests() async throws {
    let aws = FakeAWS { ThousandNames.distributions.answer($0, $1) }
    let live = try await resourceType("cloudfront/distribution", aws).read(["E998", "E999"])
    #expect(live["E999"]?.attributes["priceClass"] == "PriceClass_All")
    #expect(live.count == 2 && aws.calls.count == 4)
  }
}
