"""Amazon ECR: what it refuses about a lifecycle policy as a whole; moto looks at each rule by itself."""

from __future__ import annotations

import json

from ..call import Call
from ..errors import AWSError
from . import handles

MOST = 50


@handles("ecr", "PutLifecyclePolicy")
def put_lifecycle_policy(call: Call) -> None:
    """Refuse two rules of one priority, one for any image that is not the last, and tags that do not fit."""
    try:
        rules = json.loads(call.parameters["lifecyclePolicyText"])["rules"]
        ranked = [(rule["rulePriority"], rule["selection"]) for rule in rules]
        ranked.sort(key=lambda item: item[0])
    except (ValueError, KeyError, TypeError):
        return  # moto has the words for these
    priorities = [priority for priority, _ in ranked]
    if len(set(priorities)) != len(priorities):
        raise _invalid("rule priorities must be unique")
    if len(rules) > MOST:
        raise _invalid(f"a policy has at most {MOST} rules")
    if any(selection.get("tagStatus") == "any" for _, selection in ranked[:-1]):
        raise _invalid("the rule with tagStatus any must have the highest priority value")
    for _, selection in ranked:
        tags = [name for name in ("tagPrefixList", "tagPatternList") if selection.get(name)]
        if (selection.get("tagStatus") == "tagged") != (len(tags) == 1):
            raise _invalid("tagPrefixList or tagPatternList goes with tagStatus tagged, and only with it")
        if (selection.get("countType") == "sinceImagePushed") != ("countUnit" in selection):
            raise _invalid("countUnit goes with sinceImagePushed, and only with it")


def _invalid(reason: str) -> AWSError:
    return AWSError(
        "InvalidParameterException",
        "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: "
        f"'Lifecycle policy validation failure: {reason}'",
        400,
    )
