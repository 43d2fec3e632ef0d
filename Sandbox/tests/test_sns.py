"""Amazon SNS: subscriptions that await confirmation."""

from __future__ import annotations

from .support import SandboxTest


class PendingTests(SandboxTest):
    def test_an_address_is_asked_first(self) -> None:
        sns = self.client("sns")
        topic = sns.create_topic(Name="alerts")["TopicArn"]
        subscribe = {"TopicArn": topic, "Protocol": "email", "Endpoint": "a@example.com"}
        self.assertEqual(sns.subscribe(**subscribe)["SubscriptionArn"], "pending confirmation")
        arn = sns.subscribe(**subscribe, ReturnSubscriptionArn=True)["SubscriptionArn"]

        def listed() -> list[str]:
            return [s["SubscriptionArn"] for s in sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]]

        self.assertEqual(listed(), ["PendingConfirmation"])
        self.assertEqual(self.code_of(sns.unsubscribe, SubscriptionArn="PendingConfirmation"), "InvalidParameter")
        self.assertEqual(self.code_of(sns.unsubscribe, SubscriptionArn=arn), "InvalidParameter")
        sns.confirm_subscription(TopicArn=topic, Token=arn.rpartition(":")[2])
        self.assertEqual(listed(), [arn])
        sns.unsubscribe(SubscriptionArn=arn)
        self.assertEqual(listed(), [])

    def test_a_queue_is_not_asked(self) -> None:
        sns = self.client("sns")
        topic = sns.create_topic(Name="alerts")["TopicArn"]
        queue = f"arn:aws:sqs:us-east-2:{self.account}:q"
        arn = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue)["SubscriptionArn"]
        self.assertTrue(arn.startswith(topic))
