"""Amazon SNS: subscriptions that await confirmation, which moto confirms by itself."""

from __future__ import annotations

from typing import Any

from ..call import Call
from ..errors import AWSError
from . import handles

ASKED = ("email", "email-json", "http", "https")


def pending(call: Call) -> dict[str, bool]:
    """The ARNs of the subscriptions that nobody has confirmed."""
    return call.state("sns-pending")


@handles("sns", "Subscribe")
def subscribe(call: Call) -> dict[str, Any]:
    """Subscribe; an address is asked first."""
    before = set(call.backend("sns").subscriptions)
    answer = call.moto()
    arn = answer["SubscriptionArn"]
    if call.parameters["Protocol"] not in ASKED:
        return answer
    if arn not in before:
        pending(call)[arn] = True
    if arn in pending(call) and not call.parameters.get("ReturnSubscriptionArn"):
        return {"SubscriptionArn": "pending confirmation"}
    return answer


@handles("sns", "ConfirmSubscription")
def confirm(call: Call) -> dict[str, Any]:
    """Confirm a subscription; here the last part of its ARN is the token."""
    for arn in list(pending(call)):
        if arn == f"{call.parameters['TopicArn']}:{call.parameters['Token']}":
            del pending(call)[arn]
            return {"SubscriptionArn": arn}
    raise AWSError("InvalidParameter", "Invalid token", 400)


@handles("sns", "ListSubscriptionsByTopic", "ListSubscriptions")
def list_subscriptions(call: Call) -> dict[str, Any]:
    """List subscriptions, without the ARNs of those that are pending."""
    answer = call.moto()
    for item in answer.get("Subscriptions") or []:
        if item["SubscriptionArn"] in pending(call):
            item["SubscriptionArn"] = "PendingConfirmation"
    return answer


@handles("sns", "Unsubscribe", "SetSubscriptionAttributes")
def change(call: Call) -> None:
    """Refuse to change or delete what is pending."""
    arn = call.parameters["SubscriptionArn"]
    if arn in pending(call) or not arn.startswith("arn:"):
        raise AWSError("InvalidParameter", "Invalid parameter: SubscriptionArn", 400)
