"""AWS Budgets: the notifications of a budget and their subscribers."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from ..call import Call
from ..errors import AWSError
from . import handles
from .budget_rules import check_notification, check_subscribers, refuse
from .budgets import add_notification, budgets_of, completed_notification, record


def _find(held: dict[str, Any], notification: dict[str, Any]) -> dict[str, Any]:
    completed = completed_notification(notification)
    for item in held["notifications"]:
        if item["notification"] == completed:
            return item
    raise AWSError("NotFoundException", "Unable to find the notification - it doesn't exist.", 400)


@handles("budgets", "DescribeNotificationsForBudget")
def describe_notifications(call: Call) -> dict:
    """The notifications of one budget."""
    held = record(call, call.parameters["BudgetName"])
    return {"Notifications": [_shown(item) for item in held["notifications"]]}


@handles("budgets", "DescribeBudgetNotificationsForAccount")
def describe_notifications_of_account(call: Call) -> dict:
    """The notifications of all budgets."""
    budgets = budgets_of(call).items()
    return {
        "BudgetNotificationsForAccount": [
            {"BudgetName": name, "Notifications": [_shown(item) for item in held["notifications"]]}
            for name, held in budgets
            if held["notifications"]
        ]
    }


@handles("budgets", "CreateNotification")
def create_notification(call: Call) -> dict:
    """Add a notification with its subscribers."""
    held = record(call, call.parameters["BudgetName"])
    add_notification(
        held["budget"], held["notifications"], call.parameters["Notification"], call.parameters["Subscribers"]
    )
    return {}


@handles("budgets", "UpdateNotification")
def update_notification(call: Call) -> dict:
    """Replace a notification; its subscribers stay."""
    held = record(call, call.parameters["BudgetName"])
    item = _find(held, call.parameters["OldNotification"])
    check_notification(call.parameters["NewNotification"], held["budget"])
    new = completed_notification(call.parameters["NewNotification"])
    if any(other["notification"] == new for other in held["notifications"] if other is not item):
        raise AWSError("DuplicateRecordException", "The notification already exists.", 400)
    item["notification"] = new
    return {}


@handles("budgets", "DeleteNotification")
def delete_notification(call: Call) -> dict:
    """Delete a notification with its subscribers."""
    held = record(call, call.parameters["BudgetName"])
    held["notifications"].remove(_find(held, call.parameters["Notification"]))
    return {}


@handles("budgets", "DescribeSubscribersForNotification")
def describe_subscribers(call: Call) -> dict:
    """The subscribers of a notification."""
    held = record(call, call.parameters["BudgetName"])
    return {"Subscribers": _find(held, call.parameters["Notification"])["subscribers"]}


@handles("budgets", "CreateSubscriber")
def create_subscriber(call: Call) -> dict:
    """Add a subscriber to a notification."""
    item = _find(record(call, call.parameters["BudgetName"]), call.parameters["Notification"])
    subscribers = [*item["subscribers"], deepcopy(call.parameters["Subscriber"])]
    check_subscribers(subscribers)
    item["subscribers"] = subscribers
    return {}


@handles("budgets", "UpdateSubscriber")
def update_subscriber(call: Call) -> dict:
    """Replace a subscriber by another."""
    item = _find(record(call, call.parameters["BudgetName"]), call.parameters["Notification"])
    index = _index(item, call.parameters["OldSubscriber"])
    subscribers = list(item["subscribers"])
    subscribers[index] = deepcopy(call.parameters["NewSubscriber"])
    check_subscribers(subscribers)
    item["subscribers"] = subscribers
    return {}


@handles("budgets", "DeleteSubscriber")
def delete_subscriber(call: Call) -> dict:
    """Delete a subscriber; the last one stays, for a notification is nothing without."""
    item = _find(record(call, call.parameters["BudgetName"]), call.parameters["Notification"])
    index = _index(item, call.parameters["Subscriber"])
    if len(item["subscribers"]) == 1:
        raise refuse("A notification must have at least one subscriber.")
    del item["subscribers"][index]
    return {}


def _index(item: dict[str, Any], subscriber: dict[str, str]) -> int:
    if subscriber not in item["subscribers"]:
        raise AWSError("NotFoundException", "Unable to find the subscriber - it doesn't exist.", 400)
    return item["subscribers"].index(subscriber)


def _shown(item: dict[str, Any]) -> dict[str, Any]:
    return item["notification"] | {"NotificationState": "OK"}
