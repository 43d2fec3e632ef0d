"""Checks the names of a form body (query and EC2 protocols) against the shape of the input."""

from __future__ import annotations

from typing import Any

from .errors import AWSError
from .services import Target

_COMMON = {"Action", "Version"}


def check(fields: dict[str, str], target: Target) -> None:
    """Refuse a form with a name that the shape has not."""
    shape = target.operation.input_shape
    code = "UnknownParameter" if target.protocol == "ec2" else "MalformedInput"
    version = fields.get("Version")
    if version != target.model.api_version:
        raise AWSError("InvalidAction", f"Could not find operation for version {version}", 400)
    for name in fields:
        if name not in _COMMON and not (shape is not None and _fits(shape, name.split("."), target.protocol)):
            raise AWSError(code, f"The parameter {name} is not recognized", 400)


def _fits(shape: Any, parts: list[str], protocol: str) -> bool:
    kind = shape.type_name
    if kind == "structure":
        return _fits_structure(shape, parts, protocol)
    if kind == "list":
        return _fits_list(shape, parts, protocol)
    if kind == "map":
        return _fits_map(shape, parts)
    return not parts


def _fits_structure(shape: Any, parts: list[str], protocol: str) -> bool:
    if not parts:
        return False
    for name, member in shape.members.items():
        if _name(member, name, protocol) == parts[0] and _fits(member, parts[1:], protocol):
            return True
    return False


def _fits_list(shape: Any, parts: list[str], protocol: str) -> bool:
    if not parts:
        return protocol == "query"
    if protocol != "ec2" and not shape.is_flattened:
        if parts[0] != shape.member.serialization.get("name", "member"):
            return False
        parts = parts[1:]
    return bool(parts) and parts[0].isdigit() and _fits(shape.member, parts[1:], protocol)


def _fits_map(shape: Any, parts: list[str]) -> bool:
    if not shape.serialization.get("flattened"):
        if parts[:1] != ["entry"]:
            return not parts
        parts = parts[1:]
    names = {shape.key.serialization.get("name", "key"), shape.value.serialization.get("name", "value")}
    return len(parts) >= 2 and parts[0].isdigit() and parts[1] in names


def _name(member: Any, default: str, protocol: str) -> str:
    serialization = member.serialization
    if protocol == "ec2":
        name = serialization.get("queryName") or serialization.get("name")
        return name[0].upper() + name[1:] if name else default
    if member.type_name == "list" and member.is_flattened and "name" in member.member.serialization:
        return member.member.serialization["name"]
    return serialization.get("locationNameForQueryCompatibility") or serialization.get("name", default)
