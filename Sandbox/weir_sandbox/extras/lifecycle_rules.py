"""What S3 accepts as a lifecycle configuration."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..errors import AWSError

MAXIMUM_RULES = 1000
MAXIMUM_NEWER_VERSIONS = 100
MINIMUM_DAYS = {"STANDARD_IA": 30, "ONEZONE_IA": 30}
ORDER = ["STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"]
"""Objects only go down this list."""
ACTIONS = (
    "Expiration", "Transitions", "NoncurrentVersionExpiration", "NoncurrentVersionTransitions",
    "AbortIncompleteMultipartUpload",
)  # fmt: skip


def invalid(message: str) -> AWSError:
    """The error for a value that S3 does not accept."""
    return AWSError("InvalidArgument", message, 400)


def malformed(detail: str) -> AWSError:
    """The error for a configuration of the wrong form."""
    message = f"The XML you provided did not validate against our published schema ({detail})"
    return AWSError("MalformedXML", message, 400)


def check_rules(rules: list[dict[str, Any]]) -> None:
    """Refuse a configuration that S3 would refuse."""
    if not rules:
        raise malformed("a configuration must have a rule")
    if len(rules) > MAXIMUM_RULES:
        raise malformed(f"a configuration must not have more than {MAXIMUM_RULES} rules")
    names = [rule["ID"] for rule in rules if rule.get("ID")]
    for name in names:
        if len(name) > 255:
            raise invalid("ID length should not exceed allowed limit of 255")
        if names.count(name) > 1:
            raise invalid(f"Rule ID must be unique. Found same ID for more than one rule: {name}")
    for rule in rules:
        _check_rule(rule)
    if len({"Filter" in rule for rule in rules}) > 1:
        raise AWSError("InvalidRequest", "Filter element can only be used in Lifecycle V2.", 400)


def _check_rule(rule: dict[str, Any]) -> None:
    if ("Filter" in rule) == ("Prefix" in rule):
        raise malformed("a rule must have either Filter or Prefix")
    _check_filter(rule.get("Filter") or {})
    if not any(rule.get(name) is not None for name in ACTIONS):
        raise AWSError("InvalidRequest", "At least one action needs to be specified in a rule", 400)
    for name, days in (("Transitions", "Days"), ("NoncurrentVersionTransitions", "NoncurrentDays")):
        _check_transitions(rule.get(name) or [], days)
    _check_expiration(rule)
    noncurrent = [rule.get("NoncurrentVersionExpiration") or {}, *(rule.get("NoncurrentVersionTransitions") or [])]
    for action in noncurrent:
        newer = action.get("NewerNoncurrentVersions")
        if newer is not None and not 1 <= newer <= MAXIMUM_NEWER_VERSIONS:
            raise invalid("'NewerNoncurrentVersions' must be between 1 and 100")
    abort = rule.get("AbortIncompleteMultipartUpload") or {}
    if abort and (abort.get("DaysAfterInitiation") or 0) < 1:
        raise invalid("'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer")
    if abort and (_tags(rule) or _has_size(rule)):
        raise AWSError("InvalidRequest", "AbortIncompleteMultipartUpload cannot be specified with Tags or sizes", 400)


def _check_filter(wanted: dict[str, Any]) -> None:
    if len(wanted) > 1:
        raise malformed("a filter must have exactly one condition, or And")
    both = wanted.get("And")
    if both is not None:
        tags = both.get("Tags") or []
        if len([name for name in both if name != "Tags"]) + len(tags) < 2:
            raise malformed("And must have at least two conditions")
        if len({tag["Key"] for tag in tags}) != len(tags):
            raise invalid("Duplicate Tag Keys are not allowed.")
    conditions = both or wanted
    low, high = conditions.get("ObjectSizeGreaterThan"), conditions.get("ObjectSizeLessThan")
    if any(size is not None and size < 0 for size in (low, high)):
        raise invalid("An object size must not be negative")
    if low is not None and high is not None and low >= high:
        raise AWSError("InvalidRequest", "'ObjectSizeGreaterThan' must be less than 'ObjectSizeLessThan'", 400)


def _check_transitions(transitions: list[dict[str, Any]], days_member: str) -> None:
    classes = [transition.get("StorageClass") for transition in transitions]
    if len(set(classes)) != len(classes):
        raise invalid("'StorageClass' must be different for 'Transition' actions in same 'Rule'")
    for transition in transitions:
        name, days = transition.get("StorageClass"), transition.get(days_member)
        dated = days_member == "Days" and transition.get("Date") is not None
        if name is None or dated == (days is not None):
            raise malformed("a transition must have a storage class, and either days or a date")
        if dated:
            _check_date(transition["Date"])
        elif days < 0:
            raise invalid(f"'{days_member}' for Transition action must be nonnegative")
        elif days < MINIMUM_DAYS.get(name, 0):
            raise invalid(
                f"'{days_member}' in Transition action must be greater than or equal to "
                f"{MINIMUM_DAYS[name]} for storageClass '{name}'"
            )
    timed = [transition for transition in transitions if transition.get(days_member) is not None]
    timed.sort(key=lambda transition: ORDER.index(transition["StorageClass"]))
    for earlier, later in zip(timed, timed[1:]):
        gap = 30 if earlier["StorageClass"] in MINIMUM_DAYS else 1
        if later[days_member] < earlier[days_member] + gap:
            raise invalid(
                f"'{days_member}' in the 'Transition' action for StorageClass '{later['StorageClass']}' "
                f"must be {gap} days more than for StorageClass '{earlier['StorageClass']}'"
            )


def _check_expiration(rule: dict[str, Any]) -> None:
    expiration = rule.get("Expiration")
    if expiration is None:
        return
    if len([name for name in ("Days", "Date", "ExpiredObjectDeleteMarker") if name in expiration]) != 1:
        raise malformed("an expiration must have exactly one of days, date and delete marker")
    if "Date" in expiration:
        _check_date(expiration["Date"])
    if "ExpiredObjectDeleteMarker" in expiration and (_tags(rule) or _has_size(rule)):
        raise AWSError("InvalidRequest", "ExpiredObjectDeleteMarker cannot be specified with Tags or sizes", 400)
    if "Days" not in expiration:
        return
    if expiration["Days"] < 1:
        raise invalid("'Days' for Expiration action must be a positive integer")
    for transition in rule.get("Transitions") or []:
        if transition.get("Days") is not None and transition["Days"] >= expiration["Days"]:
            raise invalid("'Days' in the Expiration action must be greater than 'Days' in the Transition action")


def _check_date(date: datetime) -> None:
    if (date.hour, date.minute, date.second, date.microsecond) != (0, 0, 0, 0):
        raise invalid("'Date' must be at midnight GMT")


def _tags(rule: dict[str, Any]) -> bool:
    wanted = rule.get("Filter") or {}
    return bool(wanted.get("Tag") or (wanted.get("And") or {}).get("Tags"))


def _has_size(rule: dict[str, Any]) -> bool:
    wanted = rule.get("Filter") or {}
    conditions = wanted.get("And") or wanted
    return "ObjectSizeGreaterThan" in conditions or "ObjectSizeLessThan" in conditions
