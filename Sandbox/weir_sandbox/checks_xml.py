"""Checks an XML body against its shape: unknown elements, wrong order of nesting, values of a wrong type."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from .errors import AWSError
from .services import Target

MALFORMED = "The XML you provided was not well-formed or did not validate against our published schema"


def check(body: bytes, target: Target) -> None:
    """Refuse a body that is no XML, or has an element that the shape has not."""
    shape = target.operation.input_shape
    payload = shape.serialization.get("payload") if shape is not None else None
    if payload is None or not body:
        return
    member = shape.members[payload]
    if member.type_name != "structure":
        return
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise _malformed("document type declarations are not accepted")
    try:
        root = ElementTree.fromstring(body)
    except ElementTree.ParseError as error:
        raise _malformed(str(error)) from None
    expected = member.serialization.get("name", member.name)
    if _tag(root) != expected:
        raise _malformed(f"the root is {_tag(root)}, not {expected}")
    _check_element(member, root)


def _check_element(shape: Any, element: ElementTree.Element) -> None:
    kind = shape.type_name
    if kind == "structure":
        members = {_name(member, name): member for name, member in shape.members.items()}
        seen: set[str] = set()
        for child in element:
            name = _tag(child)
            member = members.get(name)
            if member is None:
                raise _malformed(f"unknown element {name} in {_tag(element)}")
            flattened = member.serialization.get("flattened")
            if name in seen and not flattened:
                raise _malformed(f"element {name} twice in {_tag(element)}")
            seen.add(name)
            _check_element(member.member if flattened and member.type_name == "list" else member, child)
    elif kind == "list":
        for child in element:
            if _tag(child) != shape.member.serialization.get("name", "member"):
                raise _malformed(f"unknown element {_tag(child)} in {_tag(element)}")
            _check_element(shape.member, child)
    elif kind != "map":
        _check_scalar(kind, element)


def _check_scalar(kind: str, element: ElementTree.Element) -> None:
    text = (element.text or "").strip()
    if len(element):
        raise _malformed(f"element {_tag(element)} holds elements")
    try:
        if kind in ("integer", "long"):
            int(text)
        elif kind in ("float", "double"):
            float(text)
    except ValueError:
        raise _malformed(f"element {_tag(element)} is no {kind}") from None
    if kind == "boolean" and text not in ("true", "false"):
        raise _malformed(f"element {_tag(element)} is no boolean")


def _name(member: Any, default: str) -> str:
    if member.type_name == "list" and member.serialization.get("flattened"):
        return member.member.serialization.get("name") or member.serialization.get("name", default)
    return member.serialization.get("name", default)


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _malformed(detail: str) -> AWSError:
    return AWSError("MalformedXML", f"{MALFORMED} ({detail})", 400)
