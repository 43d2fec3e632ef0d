"""What AWS Budgets accepts: names, limits, filters, notifications and subscribers."""

from __future__ import annotations

import re
from typing import Any

from ..errors import AWSError

MAXIMUM_NOTIFICATIONS = 10
MAXIMUM_MAILS = 10
MAXIMUM_THRESHOLD = 15_000_000_000_000
MAXIMUM_PERCENT = 1_000_000
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_TOPIC = re.compile(r"arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_.-]+")
_AMOUNT = re.compile(r"\d+(\.\d+)?")


def refuse(message: str) -> AWSError:
    """The error for a value that Budgets does not accept."""
    return AWSError("InvalidParameterException", message, 400)


def check_budget(budget: dict[str, Any]) -> None:
    """Refuse a budget without exactly one kind of limit and one kind of filter."""
    limits = [name for name in ("BudgetLimit", "PlannedBudgetLimits", "AutoAdjustData") if budget.get(name)]
    if "BudgetLimit" in limits and "AutoAdjustData" in limits:
        limits.remove("BudgetLimit")
    if len(limits) != 1:
        raise refuse("Exactly one of BudgetLimit, PlannedBudgetLimits and AutoAdjustData must be set.")
    amounts = [budget["BudgetLimit"]] if budget.get("BudgetLimit") else []
    for amount in amounts + list((budget.get("PlannedBudgetLimits") or {}).values()):
        if not _AMOUNT.fullmatch(amount["Amount"]) or float(amount["Amount"]) <= 0:
            raise refuse(f"The budget amount {amount['Amount']} must be a positive number.")
        if budget["BudgetType"] == "COST" and amount["Unit"] != "USD":
            raise refuse(f"The unit {amount['Unit']} is not valid for a cost budget.")
    old = [name for name in ("CostFilters", "CostTypes") if budget.get(name)]
    new = [name for name in ("FilterExpression", "Metrics") if budget.get(name)]
    if old and new:
        raise refuse(f"{' and '.join(old)} cannot be used together with {' and '.join(new)}.")
    if len(budget.get("Metrics") or []) > 1:
        raise refuse("A budget has at most one metric.")
    if budget["TimeUnit"] == "CUSTOM" and not budget.get("TimePeriod", {}).get("End"):
        raise refuse("A custom time period needs a start and an end.")


def check_notification(notification: dict[str, Any], budget: dict[str, Any]) -> None:
    """Refuse a threshold or type that the budget cannot have."""
    threshold = notification["Threshold"]
    percent = notification.get("ThresholdType", "PERCENTAGE") == "PERCENTAGE"
    if not 0 <= threshold <= (MAXIMUM_PERCENT if percent else MAXIMUM_THRESHOLD):
        raise refuse(f"The threshold {threshold} is out of range.")
    if budget["TimeUnit"] == "DAILY" and notification["NotificationType"] != "ACTUAL":
        raise refuse("Daily budgets support only ACTUAL notifications.")


def check_subscribers(subscribers: list[dict[str, str]]) -> None:
    """Refuse no subscriber, more than one topic or ten addresses, duplicates, and addresses of the wrong form."""
    if not subscribers:
        raise refuse("A notification must have at least one subscriber.")
    kinds = [subscriber["SubscriptionType"] for subscriber in subscribers]
    if kinds.count("SNS") > 1 or kinds.count("EMAIL") > MAXIMUM_MAILS:
        raise AWSError(
            "CreationLimitExceededException", "A notification has at most 1 SNS and 10 EMAIL subscribers.", 400
        )
    for index, subscriber in enumerate(subscribers):
        if subscriber in subscribers[:index]:
            raise AWSError("DuplicateRecordException", "The subscriber already exists.", 400)
        form = _TOPIC if subscriber["SubscriptionType"] == "SNS" else _MAIL
        if not form.fullmatch(subscriber["Address"]):
            raise refuse("The address of a subscriber is not valid for its type.")
