"""The constraints of the API description on a parsed input: required members, ranges, enumerations, patterns."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from .errors import AWSError
from .services import Target

CODES = {
    "ecs": "InvalidParameterException",
    "eks": "InvalidParameterException",
    "sns": "InvalidParameter",
    "s3": "InvalidArgument",
    "cloudwatch": "ValidationError",
    "logs": "InvalidParameterException",
    "kinesis": "ValidationException",
    "rds": "InvalidParameterValue",
    "lambda": "ValidationException",
}
"""What a service calls a value that breaks a constraint, where it is not its protocol's usual word."""
FAILED = "failed to satisfy constraint:"
PROTOCOL_CODES = {"query": "ValidationError", "ec2": "InvalidParameterValue"}


def check(parameters: dict[str, Any], target: Target) -> None:
    """Refuse an input that breaks the API description, in the words that AWS uses."""
    shape = target.operation.input_shape
    if shape is None:
        return
    found: list[str] = []
    _check_structure(shape, parameters, "", found)
    if not found:
        return
    code = CODES.get(target.service) or PROTOCOL_CODES.get(target.protocol, "ValidationException")
    if target.protocol == "ec2" and "must not be null" in found[0]:
        code = "MissingParameter"
    if target.service == "s3" and any(f"'{_join('', name)}." in found[0] for name in shape.members):
        code = "MalformedXML"  # below the top there is only the body
    number = "1 validation error" if len(found) == 1 else f"{len(found)} validation errors"
    raise AWSError(code, f"{number} detected: {'; '.join(found)}", 400)


def _check_structure(shape: Any, value: dict, path: str, found: list[str]) -> None:
    for name in shape.required_members:
        if value.get(name) is None:
            found.append(f"Value null at '{_join(path, name)}' {FAILED} Member must not be null")
    for name, item in value.items():
        if item is not None and name in shape.members:
            _check_value(shape.members[name], item, _join(path, name), found)


def _check_value(shape: Any, value: Any, path: str, found: list[str]) -> None:
    kind = shape.type_name
    if kind == "structure" and isinstance(value, dict) and not getattr(shape, "is_document_type", False):
        _check_structure(shape, value, path, found)
    elif kind == "list" and isinstance(value, list):
        _check_range(shape, len(value), "length", path, found)
        for index, item in enumerate(value, 1):
            _check_value(shape.member, item, f"{path}.{index}.member", found)
    elif kind == "map" and isinstance(value, dict):
        _check_range(shape, len(value), "length", path, found)
        for key, item in value.items():
            _check_value(shape.key, key, f"{path}.key", found)
            _check_value(shape.value, item, f"{path}.{key}", found)
    elif kind in ("string", "blob") and isinstance(value, (str, bytes)):
        _check_range(shape, len(value), "length", path, found)
        if isinstance(value, str):
            _check_text(shape, value, path, found)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        _check_range(shape, value, "value", path, found)


def _check_range(shape: Any, size: float, what: str, path: str, found: list[str]) -> None:
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    if low is not None and size < low:
        found.append(f"Value at '{path}' {FAILED} Member must have {what} greater than or equal to {low}")
    if high is not None and size > high:
        found.append(f"Value at '{path}' {FAILED} Member must have {what} less than or equal to {high}")


def _check_text(shape: Any, value: str, path: str, found: list[str]) -> None:
    allowed = shape.metadata.get("enum")
    if allowed and value not in allowed:
        words = ", ".join(allowed)
        found.append(f"Value '{value}' at '{path}' {FAILED} Member must satisfy enum value set: [{words}]")
    pattern = _compiled(shape.metadata.get("pattern", ""))
    if pattern is not None and not pattern.fullmatch(value):
        source = shape.metadata["pattern"]
        found.append(f"Value at '{path}' {FAILED} Member must satisfy regular expression pattern: {source}")


@lru_cache(maxsize=None)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    """A Java pattern as Python's; nothing where Python cannot express it."""
    if not pattern or "\\p{" in pattern:
        return None
    flags = re.IGNORECASE if "(?i)" in pattern else re.NOFLAG
    pattern = pattern.replace("(?i)", "").replace("\\uD800\\uDC00-\\uDBFF\\uDFFF", "\\U00010000-\\U0010FFFF")
    try:
        return re.compile(pattern, flags | re.DOTALL)
    except re.error:
        return None


def _join(path: str, name: str) -> str:
    name = name[:1].lower() + name[1:]
    return f"{path}.{name}" if path else name
