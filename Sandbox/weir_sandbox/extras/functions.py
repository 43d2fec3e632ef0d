"""Lambda: provisioned concurrency, the account's limits, and what a configuration may be."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from ..call import Call
from ..errors import AWSError
from . import handles

LIMIT = 1000
KEPT = 100
"""What an account keeps unreserved."""


def invalid(message: str) -> AWSError:
    return AWSError("InvalidParameterValueException", message, 400)


def function_of(call: Call, qualifier: str | None = None) -> Any:
    """moto's function, or the error that there is none."""
    name = call.parameters["FunctionName"]
    backend = call.backend("lambda")
    known = {function.function_name: function for function in backend.list_functions()}
    aliases = [alias.name for alias in backend.list_aliases(name)] if name in known else []
    versions = [str(f.version) for f in backend.list_versions_by_function(name)] if name in known else []
    if name not in known or (qualifier is not None and qualifier not in aliases + versions):
        arn = f"arn:aws:lambda:{call.region}:{call.account}:function:{name}" + (f":{qualifier}" if qualifier else "")
        raise AWSError("ResourceNotFoundException", f"Function not found: {arn}", 404)
    return known[name]


def reserved(call: Call) -> dict[str, int]:
    """What is reserved, by function."""
    return {
        function.function_name: int(function.reserved_concurrency)
        for function in call.backend("lambda").list_functions()
        if function.reserved_concurrency is not None
    }


def provisioned(call: Call) -> dict[str, dict[str, Any]]:
    """The configurations of the function of a call, by qualifier."""
    return call.state("provisioned-concurrency").setdefault(call.parameters["FunctionName"], {})


def numbers(call: Call) -> dict[str, int]:
    return {key: item["RequestedProvisionedConcurrentExecutions"] for key, item in provisioned(call).items()}


def version_of(call: Call, qualifier: str) -> str:
    """The version that an alias points to, or the version itself."""
    aliases = {alias.name: alias for alias in call.backend("lambda").list_aliases(call.parameters["FunctionName"])}
    return str(aliases[qualifier].function_version) if qualifier in aliases else qualifier


@handles("lambda", "GetAccountSettings")
def get_account_settings(call: Call) -> dict[str, Any]:
    """The limits of the account."""
    unreserved = LIMIT - sum(reserved(call).values())
    limits = {"ConcurrentExecutions": LIMIT, "UnreservedConcurrentExecutions": unreserved}
    functions = list(call.backend("lambda").list_functions())
    return {"AccountLimit": limits, "AccountUsage": {"TotalCodeSize": 0, "FunctionCount": len(functions)}}


@handles("lambda", "GetFunctionConcurrency")
def get_function_concurrency(call: Call) -> dict[str, Any]:
    """Nothing where nothing is reserved; moto says null."""
    number = function_of(call).reserved_concurrency
    return {} if number is None else {"ReservedConcurrentExecutions": int(number)}


@handles("lambda", "PutFunctionConcurrency")
def put_function_concurrency(call: Call) -> None:
    """Keep a hundred unreserved, and room for what is provisioned."""
    function_of(call)
    wanted = call.parameters["ReservedConcurrentExecutions"]
    others = {**reserved(call), call.parameters["FunctionName"]: 0}
    if wanted > 0 and LIMIT - sum(others.values()) - wanted < KEPT:
        raise invalid(
            "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution "
            f"below its minimum value of [{KEPT}]."
        )
    if wanted < sum(numbers(call).values()):
        raise invalid("Specified ReservedConcurrentExecutions is less than the function's provisioned concurrency.")


@handles("lambda", "PutProvisionedConcurrencyConfig")
def put_provisioned_concurrency(call: Call) -> dict[str, Any]:
    """Provision within what is reserved, or within what the account does not keep."""
    qualifier, wanted = call.parameters["Qualifier"], call.parameters["ProvisionedConcurrentExecutions"]
    if qualifier == "$LATEST":
        raise invalid("Provisioned Concurrency Configs cannot be applied to unpublished function versions.")
    function = function_of(call, qualifier)
    others = [key for key in provisioned(call) if key != qualifier]
    if version_of(call, qualifier) in [version_of(call, other) for other in others]:
        raise invalid(
            "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version"
        )
    own = reserved(call).get(function.function_name)
    room = own if own is not None else LIMIT - sum(reserved(call).values()) - KEPT
    if sum({**numbers(call), qualifier: wanted}.values()) > room:
        raise invalid("Requested Provisioned Concurrency should not be greater than the available concurrency.")
    provisioned(call)[qualifier] = {
        "FunctionArn": f"arn:aws:lambda:{call.region}:{call.account}:function:{function.function_name}:{qualifier}",
        "RequestedProvisionedConcurrentExecutions": wanted,
        "AvailableProvisionedConcurrentExecutions": wanted,
        "AllocatedProvisionedConcurrentExecutions": wanted,
        "Status": "READY",
        "LastModified": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S+0000"),
    }
    return {key: value for key, value in provisioned(call)[qualifier].items() if key != "FunctionArn"}


@handles("lambda", "GetProvisionedConcurrencyConfig")
def get_provisioned_concurrency(call: Call) -> dict[str, Any]:
    """One configuration."""
    function_of(call, call.parameters["Qualifier"])
    found = provisioned(call).get(call.parameters["Qualifier"])
    if found is None:
        message = "No Provisioned Concurrency Config found for this function"
        raise AWSError("ProvisionedConcurrencyConfigNotFoundException", message, 404)
    return {key: value for key, value in found.items() if key != "FunctionArn"}


@handles("lambda", "DeleteProvisionedConcurrencyConfig")
def delete_provisioned_concurrency(call: Call) -> dict[str, Any]:
    """Take it away; AWS does not mind where there is none."""
    function_of(call, call.parameters["Qualifier"])
    provisioned(call).pop(call.parameters["Qualifier"], None)
    return {}


@handles("lambda", "ListProvisionedConcurrencyConfigs")
def list_provisioned_concurrency(call: Call) -> dict[str, Any]:
    """All configurations of a function."""
    function_of(call)
    return {"ProvisionedConcurrencyConfigs": [item for _, item in sorted(provisioned(call).items())]}


@handles("lambda", "UpdateFunctionConfiguration")
def update_function_configuration(call: Call) -> None:
    """Refuse a memory or timeout that Lambda does not have."""
    function_of(call)
    if not 128 <= call.parameters.get("MemorySize", 128) <= 10240:
        raise invalid("'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to 10240")
    if not 1 <= call.parameters.get("Timeout", 3) <= 900:
        raise invalid("'timeout' failed to satisfy constraint: Member must have value less than or equal to 900")
