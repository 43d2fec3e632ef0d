import Foundation
import Model
import Testing

@testable import Resources

@Suite struct SubscriptionTests {
  private let queue = "alerts/sqs/arn:aws:sqs:us-east-1:123456789012:q"

  /// A topic with a queue and an address that awaits confirmation.
  private func topic() -> FakeAWS {
    FakeAWS { operation, _ in
      switch operation {
      case "ListSubscriptionsByTopic":
        return [
          "Subscriptions": [
            [
              "Protocol": "sqs", "Endpoint": "arn:aws:sqs:us-east-1:123456789012:q",
              "SubscriptionArn": "arn:aws:sns:us-east-1:123456789012:alerts:1",
            ],
            [
              "Protocol": "email", "Endpoint": "a@example.com",
              "SubscriptionArn": "PendingConfirmation",
            ],
          ]
        ]
      case "GetSubscriptionAttributes":
        return ["Attributes": ["FilterPolicy": #"{"a":["b"]}"#, "RawMessageDelivery": "true"]]
      default: throw FakeFailure(code: "Unexpected")
      }
    }
  }

  /// The digest that stands for `a@example.com`: `printf 123456789012/alerts/email/a@example.com | sha256sum`.
  private let mail = "alerts/email/0b8ee6f1a8f240e2"

  @Test func findsQueuesByTheirARNAndAddressesByDigest() async throws {
    let aws = topic()
    let found = try await resourceType("sns/subscription", aws).read([queue, mail])
    #expect(
      found[queue]?.attributes == [
        "endpoint": "arn:aws:sqs:us-east-1:123456789012:q", "filterPolicy": ["a": ["b"]],
        "rawMessageDelivery": true,
      ])
    #expect(found[mail]?.attributes["endpoint"] == .sensitive(.clear("a@example.com")))
    #expect(found[mail]?.context["pending"] == true)
    #expect(aws.operations == ["ListSubscriptionsByTopic", "GetSubscriptionAttributes"])
  }

  @Test func givesUpWhatAwaitsConfirmationWithoutAsking() async throws {
    let aws = topic()
    let type = resourceType("sns/subscription", aws)
    let live = try await type.read([mail])[mail]
    try await type.delete(ResourceWrite(name: mail, live: live, set: [:]))
    #expect(try await type.read([mail]) == [:])
    #expect(!aws.operations.contains("Unsubscribe"))
  }

  @Test func deletesNoTopicThatOthersHaveSubscribedTo() async throws {
    let aws = topic()
    let type = resourceType("sns/topic", aws)
    await #expect(throws: ResourceError.self) {
      try await type.delete(ResourceWrite(name: "alerts", live: nil, set: [:]))
    }
    #expect(!aws.operations.contains("DeleteTopic"))
  }
}
