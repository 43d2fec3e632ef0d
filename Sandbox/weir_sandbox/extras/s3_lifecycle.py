"""Amazon S3: lifecycle configurations, kept whole. They live and die with their bucket."""

from __future__ import annotations

from copy import deepcopy
from uuid import uuid4

from ..call import Call
from ..errors import AWSError
from . import handles
from .lifecycle_rules import check_rules, malformed
from .s3 import bucket_of

DEFAULT_MINIMUM_SIZE = "all_storage_classes_128K"
ATTRIBUTE = "sandbox_lifecycle"


@handles("s3", "PutBucketLifecycleConfiguration")
def put_lifecycle(call: Call) -> dict:
    """Replace the configuration of a bucket."""
    bucket = bucket_of(call)
    configuration = call.parameters.get("LifecycleConfiguration")
    if configuration is None:
        raise malformed("there is no configuration")
    rules = deepcopy(configuration.get("Rules") or [])
    check_rules(rules)
    for rule in rules:
        rule["ID"] = rule.get("ID") or str(uuid4())
    minimum = call.parameters.get("TransitionDefaultMinimumObjectSize", DEFAULT_MINIMUM_SIZE)
    setattr(bucket, ATTRIBUTE, {"Rules": rules, "TransitionDefaultMinimumObjectSize": minimum})
    return {"TransitionDefaultMinimumObjectSize": minimum}


@handles("s3", "GetBucketLifecycleConfiguration")
def get_lifecycle(call: Call) -> dict:
    """The configuration of a bucket."""
    configuration = getattr(bucket_of(call), ATTRIBUTE, None)
    if configuration is None:
        raise AWSError("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", 404)
    return configuration


@handles("s3", "DeleteBucketLifecycle")
def delete_lifecycle(call: Call) -> dict:
    """Delete the configuration of a bucket, if it has one."""
    setattr(bucket_of(call), ATTRIBUTE, None)
    return {}
