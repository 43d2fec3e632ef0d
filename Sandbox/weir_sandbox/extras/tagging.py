"""Resource Groups Tagging API: what has tags, of the services that the tests know.

moto finds some of these services, and fails as a whole where there is an endpoint of SageMaker or a cluster of
ECS without tags.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..call import Call
from ..errors import AWSError
from . import handles

MOST_FILTERS, MOST_VALUES = 50, 20
Found = Iterator[tuple[str, Any]]


def _ecs(backend: Any) -> Found:
    for service in backend.services.values():
        if service.status != "INACTIVE":
            yield service.arn, service.tags


def _ec2(backend: Any) -> Found:
    for instance in backend.all_instances():
        arn = f"arn:aws:ec2:{backend.region_name}:{backend.account_id}:instance/{instance.id}"
        yield arn, instance.get_tags()


def _lambda(backend: Any) -> Found:
    for function in backend.list_functions():
        yield function.function_arn, function.tags


def _alarms(backend: Any) -> Found:
    for alarm in backend.alarms.values():
        yield alarm.alarm_arn, backend.tagger.get_tag_dict_for_resource(alarm.alarm_arn)


def _members(collection: str, arn: str) -> Callable[[Any], Found]:
    """What lies in a dictionary of moto's and knows its tags."""
    return lambda backend: ((getattr(each, arn), each.tags) for each in getattr(backend, collection).values())


KINDS = {
    "ecs:service": ("ecs", _ecs),
    "ec2:instance": ("ec2", _ec2),
    "lambda:function": ("lambda", _lambda),
    "sagemaker:endpoint": ("sagemaker", _members("endpoints", "arn")),
    "sagemaker:notebook-instance": ("sagemaker", _members("notebook_instances", "arn")),
    "kinesis:stream": ("kinesis", _members("streams", "arn")),
    "dynamodb:table": ("dynamodb", _members("tables", "table_arn")),
    "cloudwatch:alarm": ("cloudwatch", _alarms),
    "rds:db": ("rds", _members("databases", "db_instance_arn")),
    "rds:cluster": ("rds", _members("clusters", "db_cluster_arn")),
}


@handles("resourcegroupstaggingapi", "GetResources")
def get_resources(call: Call) -> dict[str, Any]:
    """The resources of the types asked for that have the tags; never one without any."""
    filters = call.parameters.get("TagFilters", [])
    if len(filters) > MOST_FILTERS or any(len(each.get("Values", [])) > MOST_VALUES for each in filters):
        raise AWSError("InvalidParameterException", "Too many tag filters or values.", 400)
    found = []
    for kind in call.parameters.get("ResourceTypeFilters") or KINDS:
        if kind not in KINDS:
            raise AWSError("InvalidParameterException", f"The sandbox does not know the type {kind}.", 400)
        backend, list_of = KINDS[kind]
        for arn, listed in list_of(call.backend(backend)):
            tags = _tags(listed)
            if tags and all(_has(tags, each) for each in filters):
                pairs = [{"Key": key, "Value": value} for key, value in sorted(tags.items())]
                found.append({"ResourceARN": arn, "Tags": pairs})
    return {"ResourceTagMappingList": sorted(found, key=lambda each: each["ResourceARN"])}


def _tags(listed: Any) -> dict[str, str]:
    """The tags of a resource, which moto keeps in four ways."""
    if isinstance(listed, dict):
        return {key: value for key, value in listed.items() if value is not None}
    pairs = [{key.lower(): value for key, value in each.items()} for each in listed or []]
    return {each["key"]: each.get("value", "") for each in pairs}


def _has(tags: dict[str, str], wanted: dict[str, Any]) -> bool:
    values = wanted.get("Values") or []
    return wanted["Key"] in tags and (not values or tags[wanted["Key"]] in values)
