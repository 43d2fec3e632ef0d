"""How each protocol says that a request's credentials are not accepted."""

from __future__ import annotations

from .errors import AWSError

INVALID_SIGNATURE = (
    "The request signature we calculated does not match the signature you provided. "
    "Check your AWS Secret Access Key and signing method."
)
INVALID_TOKEN = "The security token included in the request is invalid."
EXPIRED_TOKEN = "The security token included in the request is expired"
EC2_REFUSED = "AWS was not able to validate the provided access credentials"

_JSON = {
    "signature": ("InvalidSignatureException", INVALID_SIGNATURE),
    "skew": ("InvalidSignatureException", "Signature expired or not yet current"),
    "unknown-key": ("UnrecognizedClientException", INVALID_TOKEN),
    "token": ("UnrecognizedClientException", INVALID_TOKEN),
    "expired": ("ExpiredTokenException", EXPIRED_TOKEN),
    "missing": ("MissingAuthenticationTokenException", "Missing Authentication Token"),
    "malformed": ("IncompleteSignatureException", "Authorization header is malformed"),
    "denied": ("AccessDeniedException", "The caller is not authorized to perform this operation"),
}
_QUERY = {
    "signature": ("SignatureDoesNotMatch", INVALID_SIGNATURE),
    "skew": ("SignatureDoesNotMatch", "Signature expired or not yet current"),
    "unknown-key": ("InvalidClientTokenId", INVALID_TOKEN),
    "token": ("InvalidClientTokenId", INVALID_TOKEN),
    "expired": ("ExpiredToken", EXPIRED_TOKEN),
    "missing": ("MissingAuthenticationToken", "Request is missing Authentication Token"),
    "malformed": ("IncompleteSignature", "Authorization header is malformed"),
    "denied": ("AccessDenied", "The caller is not authorized to perform this operation"),
}
_S3 = _QUERY | {
    "skew": ("RequestTimeTooSkewed", "The difference between the request time and the current time is too large."),
    "unknown-key": ("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records."),
    "token": ("InvalidToken", "The provided token is malformed or otherwise invalid."),
    "expired": ("ExpiredToken", "The provided token has expired."),
    "missing": ("AccessDenied", "Access Denied"),
    "malformed": ("AuthorizationHeaderMalformed", "The authorization header is malformed"),
    "payload": ("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match the body."),
    "denied": ("AccessDenied", "Access Denied"),
}
_EC2 = dict.fromkeys(_QUERY, ("AuthFailure", EC2_REFUSED)) | {
    "expired": ("RequestExpired", "Request has expired."),
    "skew": ("RequestExpired", "Request has expired."),
    "denied": ("UnauthorizedOperation", "You are not authorized to perform this operation."),
}
_S3_STATUS = {"payload": 400, "token": 400, "expired": 400, "malformed": 400}
_EC2_STATUS = {"expired": 400, "skew": 400, "denied": 403}


def refusal(kind: str, protocol: str, service: str, detail: str = "") -> AWSError:
    """The error for one kind of refusal, as the service's protocol has it."""
    if service == "s3":
        (code, message), status = _S3[kind], _S3_STATUS.get(kind, 403)
    elif protocol == "ec2":
        (code, message), status = _EC2[kind], _EC2_STATUS.get(kind, 401)
    elif protocol in ("json", "rest-json"):
        (code, message), status = _JSON[kind], 400 if protocol == "json" else 403
    else:
        (code, message), status = _QUERY[kind], 403
    return AWSError(code, detail or message, status)
