"""The checksums that S3 wants with a body."""

from __future__ import annotations

import base64
import hashlib
import zlib

from .errors import AWSError
from .messages import Request
from .services import Target

_ALGORITHMS = {
    "content-md5": lambda body: hashlib.md5(body, usedforsecurity=False).digest(),
    "x-amz-checksum-sha1": lambda body: hashlib.sha1(body, usedforsecurity=False).digest(),
    "x-amz-checksum-sha256": lambda body: hashlib.sha256(body).digest(),
    "x-amz-checksum-crc32": lambda body: zlib.crc32(body).to_bytes(4, "big"),
}
_UNCHECKED = ("x-amz-checksum-crc32c", "x-amz-checksum-crc64nvme")


def check(request: Request, target: Target) -> None:
    """Refuse a body that lacks a required checksum or does not match the one it has."""
    present = [name for name in (*_ALGORITHMS, *_UNCHECKED) if request.header(name)]
    rule = target.operation.http_checksum or {}
    if rule.get("requestChecksumRequired") and not present and not request.header("x-amz-trailer"):
        raise AWSError(
            "InvalidRequest", "Missing required header for this request: Content-MD5 OR x-amz-checksum-*", 400
        )
    for name in present:
        if name in _UNCHECKED:
            continue
        try:
            stated = base64.b64decode(request.header(name), validate=True)
        except ValueError:
            raise AWSError("InvalidDigest", f"The {name} you specified was invalid", 400) from None
        if stated != _ALGORITHMS[name](request.body):
            raise AWSError("BadDigest", f"The {name} you specified did not match what we received.", 400)
