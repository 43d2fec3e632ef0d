"""AWS Budgets: budgets, notifications and subscribers."""

from __future__ import annotations

from .support import SandboxTest

MAIL = {"SubscriptionType": "EMAIL", "Address": "a@example.com"}
TOPIC = {"SubscriptionType": "SNS", "Address": "arn:aws:sns:us-east-2:123456789012:costs"}


def budget(name: str = "b", **more: object) -> dict:
    return {"BudgetName": name, "BudgetType": "COST", "TimeUnit": "MONTHLY",
            "BudgetLimit": {"Amount": "100", "Unit": "USD"}} | more  # fmt: skip


def notification(threshold: float = 80, kind: str = "ACTUAL") -> dict:
    return {"NotificationType": kind, "ComparisonOperator": "GREATER_THAN", "Threshold": threshold}


class BudgetTests(SandboxTest):
    def setUp(self) -> None:
        super().setUp()
        self.budgets = self.client("budgets")
        self.me = {"AccountId": self.account}

    def create(self, name: str = "b", **more: object) -> None:
        self.budgets.create_budget(**self.me, Budget=budget(name, **more))

    def test_creates_updates_and_deletes(self) -> None:
        self.create(CostFilters={"Service": ["Amazon S3"]})
        self.assertEqual(self.code_of(self.create), "DuplicateRecordException")
        self.budgets.update_budget(**self.me, NewBudget=budget(BudgetLimit={"Amount": "70", "Unit": "USD"}))
        found = self.budgets.describe_budget(**self.me, BudgetName="b")["Budget"]
        self.assertEqual(found["BudgetLimit"]["Amount"], "70")
        self.assertEqual(found["CostFilters"], {})
        self.assertEqual(found["CalculatedSpend"]["ActualSpend"]["Amount"], "0.0")
        self.budgets.delete_budget(**self.me, BudgetName="b")
        for call, more in (
            (self.budgets.describe_budget, {"BudgetName": "b"}),
            (self.budgets.delete_budget, {"BudgetName": "b"}),
            (self.budgets.update_budget, {"NewBudget": budget()}),
            (self.budgets.describe_notifications_for_budget, {"BudgetName": "b"}),
        ):
            self.assertEqual(self.code_of(call, **self.me, **more), "NotFoundException")

    def test_refuses_another_account(self) -> None:
        call = self.budgets.describe_budgets
        self.assertEqual(self.code_of(call, AccountId="111111111111"), "AccessDeniedException")

    def test_refuses_wrong_budgets(self) -> None:
        for wrong in (
            budget(BudgetLimit=None),
            budget(PlannedBudgetLimits={"1767225600": {"Amount": "1", "Unit": "USD"}}),
            budget(BudgetLimit={"Amount": "0", "Unit": "USD"}),
            budget(CostFilters={"Service": ["x"]}, Metrics=["UnblendedCost"]),
            budget(TimeUnit="CUSTOM"),
        ):
            call = self.budgets.create_budget
            wrong = {name: value for name, value in wrong.items() if value is not None}
            self.assertEqual(self.code_of(call, **self.me, Budget=wrong), "InvalidParameterException")

    def test_shows_the_filter_expression_only_when_asked(self) -> None:
        expression = {"Dimensions": {"Key": "SERVICE", "Values": ["Amazon S3"]}}
        self.create(FilterExpression=expression, Metrics=["UnblendedCost"])
        self.assertNotIn("FilterExpression", self.budgets.describe_budgets(**self.me)["Budgets"][0])
        found = self.budgets.describe_budgets(**self.me, ShowFilterExpression=True)["Budgets"][0]
        self.assertEqual(found["FilterExpression"], expression)
        self.assertNotIn("CostTypes", found)

    def test_notifications(self) -> None:
        self.create()
        here = self.me | {"BudgetName": "b"}
        self.budgets.create_notification(**here, Notification=notification(), Subscribers=[MAIL, TOPIC])
        same = notification() | {"ThresholdType": "PERCENTAGE"}
        again = self.code_of(self.budgets.create_notification, **here, Notification=same, Subscribers=[MAIL])
        self.assertEqual(again, "DuplicateRecordException")
        self.budgets.update_notification(**here, OldNotification=notification(), NewNotification=notification(90))
        found = self.budgets.describe_notifications_for_budget(**here)["Notifications"]
        self.assertEqual([item["Threshold"] for item in found], [90])
        kept = self.budgets.describe_subscribers_for_notification(**here, Notification=notification(90))
        self.assertEqual(kept["Subscribers"], [MAIL, TOPIC])
        all_of_them = self.budgets.describe_budget_notifications_for_account(**self.me)
        self.assertEqual(all_of_them["BudgetNotificationsForAccount"][0]["BudgetName"], "b")
        self.budgets.delete_notification(**here, Notification=notification(90))
        call = self.budgets.describe_subscribers_for_notification
        self.assertEqual(self.code_of(call, **here, Notification=notification(90)), "NotFoundException")
        self.budgets.create_notification(**here, Notification=notification(90), Subscribers=[TOPIC])
        kept = self.budgets.describe_subscribers_for_notification(**here, Notification=notification(90))
        self.assertEqual(kept["Subscribers"], [TOPIC])

    def test_limits_of_notifications(self) -> None:
        self.create()
        here = self.me | {"BudgetName": "b"}
        for threshold in range(10):
            self.budgets.create_notification(**here, Notification=notification(threshold), Subscribers=[MAIL])
        call = self.budgets.create_notification
        code = self.code_of(call, **here, Notification=notification(50), Subscribers=[MAIL])
        self.assertEqual(code, "CreationLimitExceededException")
        self.create("daily", TimeUnit="DAILY")
        daily = self.me | {"BudgetName": "daily"}
        code = self.code_of(call, **daily, Notification=notification(50, "FORECASTED"), Subscribers=[MAIL])
        self.assertEqual(code, "InvalidParameterException")

    def test_subscribers(self) -> None:
        self.create()
        here = self.me | {"BudgetName": "b", "Notification": notification()}
        self.budgets.create_notification(**here, Subscribers=[MAIL])
        other = MAIL | {"Address": "b@example.com"}
        self.budgets.create_subscriber(**here, Subscriber=TOPIC)
        self.budgets.update_subscriber(**here, OldSubscriber=MAIL, NewSubscriber=other)
        found = self.budgets.describe_subscribers_for_notification(**here)["Subscribers"]
        self.assertEqual(found, [other, TOPIC])
        second = TOPIC | {"Address": TOPIC["Address"] + "2"}
        refused = self.code_of(self.budgets.create_subscriber, **here, Subscriber=second)
        self.assertEqual(refused, "CreationLimitExceededException")
        refused = self.code_of(self.budgets.create_subscriber, **here, Subscriber=other)
        self.assertEqual(refused, "DuplicateRecordException")
        wrong = MAIL | {"Address": "nobody"}
        refused = self.code_of(self.budgets.create_subscriber, **here, Subscriber=wrong)
        self.assertEqual(refused, "InvalidParameterException")
        self.assertEqual(self.code_of(self.budgets.delete_subscriber, **here, Subscriber=MAIL), "NotFoundException")
        self.budgets.delete_subscriber(**here, Subscriber=TOPIC)
        last = self.code_of(self.budgets.delete_subscriber, **here, Subscriber=other)
        self.assertEqual(last, "InvalidParameterException")

    def test_a_notification_needs_a_subscriber_and_a_budget_is_made_whole_or_not(self) -> None:
        with_none = [{"Notification": notification(), "Subscribers": []}]
        topics = [TOPIC, TOPIC | {"Address": TOPIC["Address"] + "2"}]
        with_two_topics = [{"Notification": notification(), "Subscribers": topics}]
        for wrong in (with_none, with_two_topics):
            self.code_of(self.budgets.create_budget, **self.me, Budget=budget(), NotificationsWithSubscribers=wrong)
        self.assertEqual(self.budgets.describe_budgets(**self.me)["Budgets"], [])

    def test_tags(self) -> None:
        self.budgets.create_budget(**self.me, Budget=budget(), ResourceTags=[{"Key": "a", "Value": "1"}])
        arn = f"arn:aws:budgets::{self.account}:budget/b"
        self.budgets.tag_resource(ResourceARN=arn, ResourceTags=[{"Key": "b", "Value": "2"}])
        self.budgets.untag_resource(ResourceARN=arn, ResourceTagKeys=["a"])
        found = self.budgets.list_tags_for_resource(ResourceARN=arn)["ResourceTags"]
        self.assertEqual(found, [{"Key": "b", "Value": "2"}])
