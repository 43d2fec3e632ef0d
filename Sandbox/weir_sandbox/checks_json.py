"""Checks a JSON body against its shape before it is read: AWS does not guess at types, and neither do we."""

from __future__ import annotations

import json
from typing import Any

from .errors import AWSError
from .services import Target

CODE = "SerializationException"
_TYPES = {
    "string": (str,), "character": (str,), "blob": (str,), "boolean": (bool,),
    "integer": (int,), "long": (int,), "short": (int,), "byte": (int,),
    "float": (int, float), "double": (int, float), "timestamp": (int, float),
    "list": (list,), "map": (dict,), "structure": (dict,),
}  # fmt: skip
_SPECIAL_NUMBERS = ("NaN", "Infinity", "-Infinity")


def check(body: bytes, target: Target) -> None:
    """Refuse a body that is no JSON, or has a member or a type that the shape has not."""
    shape = target.operation.input_shape
    if not body:
        return
    if target.protocol == "rest-json":
        shape, extra = _body_shape(shape)
        if shape is None:
            return
    else:
        extra = None
    try:
        value = json.loads(body)
    except ValueError:
        raise AWSError(CODE, "the request body is not valid JSON", 400) from None
    if shape is None:
        if value:
            raise AWSError(CODE, "the operation takes no input", 400)
        return
    _check_value(shape, value, "", extra)


def _body_shape(shape: Any) -> tuple[Any, set[str] | None]:
    """The shape of a REST body, and the names of the members that do not belong in it."""
    if shape is None:
        return None, None
    payload = shape.serialization.get("payload")
    if payload:
        member = shape.members[payload]
        return (member, None) if member.type_name == "structure" else (None, None)
    return shape, {name for name, member in shape.members.items() if "location" in member.serialization}


def _check_value(shape: Any, value: Any, path: str, hidden: set[str] | None = None) -> None:
    if value is None or getattr(shape, "is_document_type", False):
        return
    kind = shape.type_name
    expected = _TYPES[kind]
    wrong = not isinstance(value, expected) or (isinstance(value, bool) and kind != "boolean")
    if wrong and not _is_allowed_text(shape, value):
        raise AWSError(CODE, f"{path or 'the body'}: expected {kind}, found {type(value).__name__}", 400)
    if kind == "structure":
        _check_structure(shape, value, path, hidden or set())
    elif kind == "list":
        for index, item in enumerate(value):
            _check_value(shape.member, item, f"{path}[{index}]")
    elif kind == "map":
        for key, item in value.items():
            _check_value(shape.value, item, f"{path}.{key}")


def _is_allowed_text(shape: Any, value: Any) -> bool:
    if shape.type_name in ("float", "double"):
        return value in _SPECIAL_NUMBERS
    text = shape.serialization.get("timestampFormat") or "unixTimestamp"
    return shape.type_name == "timestamp" and text != "unixTimestamp" and isinstance(value, str)


def _check_structure(shape: Any, value: dict, path: str, hidden: set[str]) -> None:
    members = {
        member.serialization.get("name", name): member for name, member in shape.members.items() if name not in hidden
    }
    for name, item in value.items():
        if name not in members:
            if name == "__type" and path:
                continue
            raise AWSError(CODE, f"unknown member {path + '.' if path else ''}{name}", 400)
        _check_value(members[name], item, f"{path}.{name}" if path else name)
    present = [name for name, item in value.items() if item is not None]
    if getattr(shape, "is_tagged_union", False) and len(present) != 1:
        raise AWSError(CODE, f"{path}: exactly one member of the union must be set", 400)
