"""Pages of lists, where AWS has them: by the API description, its own largest page, or a size that a test forces.

moto's list is read whole, then cut here. A token stands for the rest of the list as it was, so that the same
token answers the same page again, and is good only for the same question.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import DataNotFoundError
from moto.core.utils import get_pagination_model

from .call import Call
from .errors import AWSError

SIZES = {
    ("ecs", "ListServices"): (10, 100),
    ("ecs", "ListClusters"): (100, 100),
    ("ecs", "ListTaskDefinitions"): (100, 100),
    ("ecs", "ListTaskDefinitionFamilies"): (100, 100),
    ("ecs", "ListTasks"): (100, 100),
    ("application-autoscaling", "DescribeScalableTargets"): (50, 50),
    ("application-autoscaling", "DescribeScalingPolicies"): (10, 10),
    ("application-autoscaling", "DescribeScheduledActions"): (50, 50),
    ("application-autoscaling", "DescribeScalingActivities"): (50, 50),
    ("budgets", "DescribeBudgets"): (100, 1000),
    ("budgets", "DescribeBudgetNotificationsForAccount"): (50, 1000),
    ("cloudtrail", "LookupEvents"): (50, 50),
    ("cloudwatch", "DescribeAlarms"): (50, 100),
    ("scheduler", "ListSchedules"): (100, 100),
    ("ssm", "DescribeParameters"): (10, 50),
    ("ssm", "GetParametersByPath"): (10, 10),
    ("logs", "DescribeLogGroups"): (50, 50),
    ("lambda", "ListFunctions"): (50, 50),
    ("s3", "ListBuckets"): (10_000, 10_000),
    ("rds", "DescribeDBInstances"): (100, 100),
    ("rds", "DescribeDBClusters"): (100, 100),
}
"""Default and largest page, where the API description does not have both."""
TOKENS_KEPT = 10_000
MOTO_PAGES = 1_000


@dataclass(frozen=True)
class Rule:
    """How an operation pages: the members of its input and output that matter, and the sizes."""

    token: str
    next_token: str
    results: list[str]
    limit: str | None
    more: str | None
    default: int
    maximum: int


class Pager:
    """Cuts lists into pages and remembers their rests."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rests: OrderedDict[str, tuple[Any, list, dict]] = OrderedDict()

    def page(self, call: Call, rule: Rule, forced: int | None, fetch: Callable[[Call], dict]) -> dict | None:
        """One page of the answer; nothing where moto's own response already is all there is."""
        question = {k: v for k, v in call.parameters.items() if k not in (rule.token, rule.limit)}
        token, limit = call.parameters.get(rule.token), call.parameters.get(rule.limit or "")
        size = int(limit) if limit else rule.default
        if size < 1 or size > rule.maximum:
            code = "InvalidParameterException" if call.service in ("ecs", "logs") else "ValidationException"
            raise AWSError(code, f"{rule.limit} must be between 1 and {rule.maximum}", 400)
        size = min(size, forced or size)
        key = (call.account, call.region, call.service, call.operation, repr(sorted(question.items())))
        if token:
            items, rest_of_answer = self._take(call, key, str(token))
        else:
            bare = call.with_parameters(question)
            bare.changed = call.changed or question != call.parameters
            items, rest_of_answer = _read_all(bare, rule, fetch)
            untouched = bare.untouched is not None and fetch is Call.moto
            if untouched and not bare.changed and len(items) <= size and not rest_of_answer.get(rule.next_token):
                call.untouched = bare.untouched
                return None
        page, rest = items[:size], items[size:]
        answer = dict(rest_of_answer)
        answer.pop(rule.next_token, None)
        for name in rule.results:
            answer[name] = [item for owner, item in page if owner == name]
        if rest:
            answer[rule.next_token] = self._keep(key, rest, rest_of_answer)
        if rule.more:
            answer[rule.more] = bool(rest)
        return answer

    def _keep(self, key: Any, rest: list, answer: dict) -> str:
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._rests[token] = (key, rest, answer)
            while len(self._rests) > TOKENS_KEPT:
                self._rests.popitem(last=False)
        return token

    def _take(self, call: Call, key: Any, token: str) -> tuple[list, dict]:
        with self._lock:
            kept = self._rests.get(token)
        if kept is None or kept[0] != key:
            raise AWSError(_token_error(call), "The specified token is invalid or belongs to another request.", 400)
        return kept[1], kept[2]


def rule_for(call: Call) -> Rule | None:
    """How the operation pages; nothing where it does not, or not by one token."""
    try:
        entry = get_pagination_model(call.service).get(call.operation)
    except DataNotFoundError:  # botocore has no such file for services without lists
        return None
    if not entry or not isinstance(entry["input_token"], str):
        return None
    token, next_token, results = entry["input_token"], entry["output_token"], entry["result_key"]
    results = [results] if isinstance(results, str) else results
    inputs, outputs = call.target.operation.input_shape.members, call.target.operation.output_shape.members
    if inputs[token].type_name != "string" or next_token not in outputs:
        return None
    if any(name not in outputs or outputs[name].type_name != "list" for name in results):
        return None
    limit = entry.get("limit_key")
    modelled = inputs[limit].metadata.get("max") if limit else None
    default, maximum = SIZES.get((call.service, call.operation), (min(modelled or 100, 100), modelled or 1000))
    if call.target.protocol == "ec2":
        default = min(1000, maximum)
    return Rule(token, next_token, results, limit, entry.get("more_results"), default, maximum)


def lower_limit(call: Call, forced: int) -> Call:
    """The call with a small limit of its own, for operations that moto pages rightly by several tokens (S3)."""
    try:
        entry = get_pagination_model(call.service).get(call.operation) or {}
    except DataNotFoundError:  # as above
        return call
    limit = entry.get("limit_key")
    if not limit:
        return call
    asked = call.parameters.get(limit)
    return call.with_parameters(call.parameters | {limit: min(forced, asked or forced)})


def _read_all(call: Call, rule: Rule, fetch: Callable[[Call], dict]) -> tuple[list, dict]:
    """All items, each with the name of its list, and the rest of the first answer."""
    items: list[tuple[str, Any]] = []
    seen: set[str] = set()
    first: dict = {}
    for _ in range(MOTO_PAGES):
        answer = fetch(call)
        first = first or answer
        items += [(name, item) for name in rule.results for item in answer.get(name) or []]
        token = answer.get(rule.next_token)
        if not token or token in seen:
            break
        seen.add(token)
        call.parameters[rule.token] = token
        call.changed = True
    rest = {name: value for name, value in first.items() if name not in rule.results and name != rule.next_token}
    return items, rest


def _token_error(call: Call) -> str:
    for shape in call.target.operation.error_shapes:
        if "NextToken" in shape.name or "PaginationToken" in shape.name or "Marker" in shape.name:
            return shape.name
    return "InvalidParameterException" if call.service in ("ecs", "logs") else "InvalidNextToken"
