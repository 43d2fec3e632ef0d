"""AWS Budgets, whole: moto has no updates and no subscribers, and takes any account number."""

from __future__ import annotations

import time
from copy import deepcopy
from datetime import datetime, timezone
from typing import Any

from ..call import Call
from ..errors import AWSError
from . import handles
from .budget_rules import MAXIMUM_NOTIFICATIONS, check_budget, check_notification, check_subscribers

FAR_END = datetime(2087, 6, 15, tzinfo=timezone.utc)
DEFAULT_COST_TYPES = {
    "IncludeTax": True, "IncludeSubscription": True, "UseBlended": False, "IncludeRefund": True,
    "IncludeCredit": True, "IncludeUpfront": True, "IncludeRecurring": True, "IncludeOtherSubscription": True,
    "IncludeSupport": True, "IncludeDiscount": True, "UseAmortized": False,
}  # fmt: skip


def budgets_of(call: Call) -> dict[str, dict[str, Any]]:
    """The account's budgets by name: `budget`, `notifications` (a list of notification and subscribers), `tags`."""
    if call.parameters["AccountId"] != call.account:
        message = f"Account {call.account} cannot use the budgets of another account."
        raise AWSError("AccessDeniedException", message, 400)
    return call.state("budgets", regional=False)


def record(call: Call, name: str) -> dict[str, Any]:
    """A budget of the caller's, or NotFoundException."""
    budgets = budgets_of(call)
    if name not in budgets:
        raise AWSError("NotFoundException", f"Unable to get budget: {name} - the budget doesn't exist.", 400)
    return budgets[name]


@handles("budgets", "CreateBudget")
def create_budget(call: Call) -> dict:
    """Create a budget with its notifications and their subscribers, all or nothing."""
    budget, budgets = deepcopy(call.parameters["Budget"]), budgets_of(call)
    name = budget["BudgetName"]
    if name in budgets:
        raise AWSError("DuplicateRecordException", f"Error creating budget: {name} - the budget already exists.", 400)
    check_budget(budget)
    notifications: list[dict[str, Any]] = []
    for item in call.parameters.get("NotificationsWithSubscribers") or []:
        add_notification(budget, notifications, item["Notification"], item["Subscribers"])
    tags = {tag["Key"]: tag["Value"] for tag in call.parameters.get("ResourceTags") or []}
    budgets[name] = {"budget": _completed(budget), "notifications": notifications, "tags": tags}
    return {}


@handles("budgets", "UpdateBudget")
def update_budget(call: Call) -> dict:
    """Replace a budget. Its name stays; what it has spent starts again from zero."""
    new = deepcopy(call.parameters["NewBudget"])
    held = record(call, new["BudgetName"])
    check_budget(new)
    for item in held["notifications"]:
        check_notification(item["notification"], new)
    new.setdefault("TimePeriod", held["budget"]["TimePeriod"])
    held["budget"] = _completed(new)
    return {}


@handles("budgets", "DescribeBudget")
def describe_budget(call: Call) -> dict:
    """One budget."""
    return {"Budget": _shown(record(call, call.parameters["BudgetName"])["budget"], call)}


@handles("budgets", "DescribeBudgets")
def describe_budgets(call: Call) -> dict:
    """All budgets of the account."""
    return {"Budgets": [_shown(held["budget"], call) for held in budgets_of(call).values()]}


@handles("budgets", "DeleteBudget")
def delete_budget(call: Call) -> dict:
    """Delete a budget and all that belongs to it."""
    name = call.parameters["BudgetName"]
    record(call, name)
    del budgets_of(call)[name]
    return {}


@handles("budgets", "ListTagsForResource", "TagResource", "UntagResource")
def tags(call: Call) -> dict:
    """The tags of a budget, named by its ARN."""
    prefix = f"arn:aws:budgets::{call.account}:budget/"
    name = call.parameters["ResourceARN"].removeprefix(prefix)
    held = call.state("budgets", regional=False).get(name)
    if held is None:
        raise AWSError("NotFoundException", f"Unable to get budget: {name} - the budget doesn't exist.", 400)
    if call.operation == "ListTagsForResource":
        return {"ResourceTags": [{"Key": key, "Value": value} for key, value in held["tags"].items()]}
    for tag in call.parameters.get("ResourceTags") or []:
        held["tags"][tag["Key"]] = tag["Value"]
    for key in call.parameters.get("ResourceTagKeys") or []:
        held["tags"].pop(key, None)
    return {}


def add_notification(
    budget: dict[str, Any], notifications: list[dict[str, Any]], notification: dict[str, Any], subscribers: list
) -> None:
    """Add a notification to a budget's list, or refuse it."""
    check_notification(notification, budget)
    check_subscribers(subscribers)
    completed = completed_notification(notification)
    if any(item["notification"] == completed for item in notifications):
        raise AWSError("DuplicateRecordException", "The notification already exists.", 400)
    if len(notifications) >= MAXIMUM_NOTIFICATIONS:
        raise AWSError("CreationLimitExceededException", "A budget has at most 10 notifications.", 400)
    notifications.append({"notification": completed, "subscribers": deepcopy(subscribers)})


def completed_notification(notification: dict[str, Any]) -> dict[str, Any]:
    """A notification with its defaults, so that it equals what AWS keeps. Its state is no part of its identity."""
    return {
        "NotificationType": notification["NotificationType"],
        "ComparisonOperator": notification["ComparisonOperator"],
        "Threshold": float(notification["Threshold"]),
        "ThresholdType": notification.get("ThresholdType", "PERCENTAGE"),
    }


def _completed(budget: dict[str, Any]) -> dict[str, Any]:
    start = datetime.now(timezone.utc).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    budget["TimePeriod"] = {"Start": start, "End": FAR_END} | budget.get("TimePeriod", {})
    if not budget.get("FilterExpression") and not budget.get("Metrics"):
        budget["CostFilters"] = budget.get("CostFilters") or {}
        if budget["BudgetType"] == "COST":
            budget["CostTypes"] = DEFAULT_COST_TYPES | (budget.get("CostTypes") or {})
    budget["CalculatedSpend"] = {"ActualSpend": {"Amount": "0.0", "Unit": "USD"}}
    budget["LastUpdatedTime"] = time.time()
    return budget


def _shown(budget: dict[str, Any], call: Call) -> dict[str, Any]:
    if call.parameters.get("ShowFilterExpression"):
        return budget
    return {name: value for name, value in budget.items() if name != "FilterExpression"}
