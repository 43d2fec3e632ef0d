"""Verification of AWS Signature Version 4: the signature is computed again and compared."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timezone
from urllib.parse import quote, unquote

from .messages import Request

ALGORITHM = "AWS4-HMAC-SHA256"
MAXIMUM_SKEW = 300
_AUTHORIZATION = re.compile(
    rf"{ALGORITHM} +Credential=([^/, ]+)/(\d{{8}})/([a-z0-9-]+)/([a-zA-Z0-9.-]+)/aws4_request, *"
    r"SignedHeaders=([^, ]+), *Signature=([0-9a-f]{64})"
)


class Refused(Exception):
    """The request is not accepted; `kind` is one of those that `refusals` knows."""

    def __init__(self, kind: str, detail: str = ""):
        super().__init__(kind)
        self.kind = kind
        self.detail = detail


@dataclass(frozen=True)
class Signature:
    """What an Authorization header says."""

    access_key: str
    date: str
    region: str
    service: str
    signed_headers: list[str]
    signature: str


def read(request: Request) -> Signature | None:
    """The Authorization header, or nothing where the request is not signed."""
    header = request.header("authorization")
    if not header:
        return None
    match = _AUTHORIZATION.fullmatch(header.strip())
    if match is None:
        raise Refused("malformed", f"Authorization header is malformed: '{header.split(' ')[0]}'")
    key, date, region, service, names, signature = match.groups()
    return Signature(key, date, region, service, names.split(";"), signature)


def verify(request: Request, signature: Signature, secret: str, token: str | None, now: float) -> None:
    """Refuse the request unless its time, token, payload hash, signed headers and signature are right."""
    stamp = request.header("x-amz-date")
    try:
        sent = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
    except ValueError:
        raise Refused("malformed", "the request has no valid X-Amz-Date") from None
    if abs(sent.timestamp() - now) > MAXIMUM_SKEW:
        raise Refused("skew")
    if stamp[:8] != signature.date:
        raise Refused("signature", "Date in Credential scope does not match X-Amz-Date")
    if request.header("x-amz-security-token") != (token or ""):
        raise Refused("token")
    _check_signed_headers(request, signature)
    payload_hash = _payload_hash(request, signature.service)
    scope = f"{signature.date}/{signature.region}/{signature.service}/aws4_request"
    canonical = _canonical_request(request, signature, payload_hash)
    text = "\n".join([ALGORITHM, stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = f"AWS4{secret}".encode()
    for part in (signature.date, signature.region, signature.service, "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    expected = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, signature.signature):
        raise Refused("signature")


def _check_signed_headers(request: Request, signature: Signature) -> None:
    names = signature.signed_headers
    if names != sorted(names) or len(set(names)) != len(names):
        raise Refused("malformed", "SignedHeaders are not in order")
    required = {"host", "x-amz-date"} | {name for name in request.headers if name == "x-amz-security-token"}
    if signature.service == "s3":
        required |= {name for name in request.headers if name.startswith("x-amz-")}
    for name in sorted(required):
        if name not in names:
            raise Refused("signature", f"'{name}' must be a signed header")


def _payload_hash(request: Request, service: str) -> str:
    actual = hashlib.sha256(request.body).hexdigest()
    stated = request.header("x-amz-content-sha256")
    if service != "s3":
        return actual
    if not stated:
        raise Refused("malformed", "Missing required header for this request: x-amz-content-sha256")
    if re.fullmatch(r"[0-9a-f]{64}", stated) and stated != actual:
        raise Refused("payload")
    return stated


def _canonical_request(request: Request, signature: Signature, payload_hash: str) -> str:
    headers = "".join(
        f"{name}:{' '.join(request.header(name).split())}\n" for name in signature.signed_headers
    )
    return "\n".join(
        [
            request.method,
            _canonical_path(request.path, signature.service),
            _canonical_query(request.query),
            headers,
            ";".join(signature.signed_headers),
            payload_hash,
        ]
    )


def _canonical_path(path: str, service: str) -> str:
    """S3 signs the path encoded once and as it is; all others sign it without dots, and encoded twice."""
    if service == "s3":
        return quote(unquote(path), safe="/~") or "/"
    segments: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            segments[-1:] = []
        elif segment not in ("", "."):
            segments.append(segment)
    slash = "/" if segments and path.endswith("/") else ""
    return quote("/" + "/".join(segments) + slash, safe="/~")


def _canonical_query(query: str) -> str:
    pairs = []
    for item in query.split("&"):
        if item:
            name, _, value = item.partition("=")
            pairs.append((quote(unquote(name), safe="-_.~"), quote(unquote(value), safe="-_.~")))
    return "&".join(f"{name}={value}" for name, value in sorted(pairs))
