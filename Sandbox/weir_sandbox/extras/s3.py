"""Amazon S3: moto takes a subresource that it does not know for the bucket itself, so only what it knows gets to it."""

from __future__ import annotations

from ..call import Call
from ..errors import AWSError, NotImplementedHere
from . import HANDLERS, handles

KNOWN_TO_MOTO = {
    "AbortMultipartUpload", "CompleteMultipartUpload", "CopyObject", "CreateBucket", "CreateMultipartUpload",
    "DeleteBucket", "DeleteBucketCors", "DeleteBucketEncryption", "DeleteBucketOwnershipControls",
    "DeleteBucketPolicy", "DeleteBucketReplication", "DeleteBucketTagging", "DeleteBucketWebsite", "DeleteObject",
    "DeleteObjectTagging", "DeleteObjects", "DeletePublicAccessBlock", "GetBucketAccelerateConfiguration",
    "GetBucketAcl", "GetBucketCors", "GetBucketEncryption", "GetBucketInventoryConfiguration", "GetBucketLocation",
    "GetBucketLogging", "GetBucketNotificationConfiguration", "GetBucketOwnershipControls", "GetBucketPolicy",
    "GetBucketPolicyStatus", "GetBucketReplication", "GetBucketTagging", "GetBucketVersioning", "GetBucketWebsite",
    "GetObject", "GetObjectAcl", "GetObjectAttributes", "GetObjectLegalHold", "GetObjectLockConfiguration",
    "GetObjectTagging", "GetPublicAccessBlock", "HeadBucket", "HeadObject", "ListBuckets",
    "ListBucketInventoryConfigurations", "ListMultipartUploads", "ListObjectVersions", "ListObjects", "ListObjectsV2",
    "ListParts", "PutBucketAccelerateConfiguration", "PutBucketAcl", "PutBucketCors", "PutBucketEncryption",
    "PutBucketInventoryConfiguration", "PutBucketLogging", "PutBucketNotificationConfiguration",
    "PutBucketOwnershipControls", "PutBucketPolicy", "PutBucketReplication", "PutBucketTagging",
    "PutBucketVersioning", "PutBucketWebsite", "PutObject", "PutObjectAcl", "PutObjectLegalHold",
    "PutObjectLockConfiguration", "PutObjectRetention", "PutObjectTagging", "PutPublicAccessBlock", "RestoreObject",
    "UploadPart", "UploadPartCopy",
}  # fmt: skip


def check(call: Call) -> None:
    """Refuse an operation or a subresource that nobody here implements."""
    if call.operation not in KNOWN_TO_MOTO and ("s3", call.operation) not in HANDLERS:
        raise NotImplementedHere("s3", call.operation)
    known = {"x-id"} | set(call.target.operation.http_trait.query_args)
    shape = call.target.operation.input_shape
    for member in shape.members.values() if shape is not None else ():
        if member.serialization.get("location") == "querystring":
            known.add(member.serialization["name"])
    for name in sorted(call.request.query_keys() - known):
        raise NotImplementedHere("s3", f"{call.operation} with ?{name}")


def bucket_of(call: Call):
    """moto's bucket, or NoSuchBucket."""
    bucket = call.backend("s3").buckets.get(call.parameters["Bucket"])
    if bucket is None:
        raise AWSError("NoSuchBucket", "The specified bucket does not exist", 404)
    owner = call.parameters.get("ExpectedBucketOwner")
    if owner and owner != call.account:
        raise AWSError("AccessDenied", "Access Denied", 403)
    return bucket


@handles("s3", "ListBuckets")
def list_buckets(call: Call) -> dict:
    """The buckets of the account, by name; moto cuts the list without a token."""
    wanted = call.parameters
    buckets = sorted(call.backend("s3").buckets.values(), key=lambda bucket: bucket.name)
    return {
        "Buckets": [
            {"Name": bucket.name, "CreationDate": bucket.creation_date, "BucketRegion": bucket.region_name}
            for bucket in buckets
            if bucket.name.startswith(wanted.get("Prefix") or "")
            and wanted.get("BucketRegion") in (None, bucket.region_name)
        ],
        "Owner": {"ID": call.account},
    }
