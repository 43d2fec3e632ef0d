"""AWS STS: who the caller is, and keys of sessions that the front then knows."""

from __future__ import annotations

import time
from datetime import datetime, timezone

from ..accounts import Credentials
from ..call import Call
from ..errors import AWSError
from . import handles

DEFAULT_SECONDS = 3600


@handles("sts", "GetCallerIdentity")
def get_caller_identity(call: Call) -> dict:
    """The account and ARN behind the key."""
    assert call.credentials is not None
    return {"UserId": call.credentials.user_id, "Account": call.account, "Arn": call.credentials.arn}


@handles("sts", "AssumeRole", "AssumeRoleWithWebIdentity")
def assume_role(call: Call) -> dict:
    """A session of a role in any account that the sandbox knows; the role itself need not exist."""
    parameters = call.parameters
    parts = parameters["RoleArn"].split(":")
    if len(parts) != 6 or parts[2] != "iam" or not parts[5].startswith("role/"):
        raise AWSError("ValidationError", f"{parameters['RoleArn']} is invalid", 400)
    account = parts[4]
    if not call.sandbox.accounts.is_known(account):
        raise AWSError("AccessDenied", f"The caller is not authorized to perform: sts:AssumeRole on {parts[5]}", 403)
    arn = f"arn:aws:sts::{account}:assumed-role/{parts[5].rsplit('/', 1)[-1]}/{parameters['RoleSessionName']}"
    key = _session(call, account, arn)
    answer = {
        "Credentials": _shown(key),
        "AssumedRoleUser": {"AssumedRoleId": key.user_id, "Arn": arn},
    }
    if call.operation == "AssumeRoleWithWebIdentity":
        answer["SubjectFromWebIdentityToken"] = "sandbox"
    return answer


@handles("sts", "GetSessionToken")
def get_session_token(call: Call) -> dict:
    """A session of the caller."""
    assert call.credentials is not None
    return {"Credentials": _shown(_session(call, call.account, call.credentials.arn))}


def _session(call: Call, account: str, arn: str) -> Credentials:
    seconds = call.parameters.get("DurationSeconds", DEFAULT_SECONDS)
    return call.sandbox.accounts.issue(account, session=True, arn=arn, expires=time.time() + seconds)


def _shown(key: Credentials) -> dict:
    return {
        "AccessKeyId": key.access_key,
        "SecretAccessKey": key.secret_key,
        "SessionToken": key.session_token,
        "Expiration": datetime.fromtimestamp(key.expires or 0, timezone.utc),
    }
