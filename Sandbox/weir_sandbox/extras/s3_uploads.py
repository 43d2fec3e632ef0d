"""Amazon S3: uploads in parts, when each was begun, and their pages."""

from __future__ import annotations

import time
from datetime import datetime, timezone
from typing import Any

from ..call import Call
from ..errors import AWSError
from . import handles
from .s3 import bucket_of

MOST = 1000


@handles("s3", "CreateMultipartUpload")
def create_upload(call: Call) -> dict[str, Any]:
    """Begin an upload, and remember when; moto does not."""
    answer = call.moto()
    bucket_of(call).multiparts[answer["UploadId"]].initiated = time.time()
    return answer


@handles("s3", "ListMultipartUploads")
def list_uploads(call: Call) -> dict[str, Any]:
    """The uploads of a bucket by key, and of a key the oldest first."""
    wanted = call.parameters
    prefix, marker = wanted.get("Prefix") or "", wanted.get("KeyMarker") or ""
    after = wanted.get("UploadIdMarker") or ""
    size = min(int(wanted.get("MaxUploads") or MOST), MOST)
    uploads = sorted(bucket_of(call).multiparts.values(), key=lambda upload: (upload.key_name, upload.initiated, upload.id))
    uploads = [upload for upload in uploads if upload.key_name.startswith(prefix)]
    if after and marker:
        places = [place for place, upload in enumerate(uploads) if (upload.key_name, upload.id) == (marker, after)]
        if not places:
            raise AWSError("InvalidArgument", "Invalid uploadId marker", 400)
        uploads = uploads[places[0] + 1 :]
    elif marker:
        uploads = [upload for upload in uploads if upload.key_name > marker]
    page, rest = uploads[:size], uploads[size:]
    answer: dict[str, Any] = {
        "Bucket": wanted["Bucket"],
        "KeyMarker": marker,
        "UploadIdMarker": after,
        "MaxUploads": size,
        "IsTruncated": bool(rest),
        "Uploads": [
            {
                "Key": upload.key_name,
                "UploadId": upload.id,
                "StorageClass": upload.storage or "STANDARD",
                "Initiated": datetime.fromtimestamp(upload.initiated, timezone.utc),
            }
            for upload in page
        ],
    }
    if prefix:
        answer["Prefix"] = prefix
    if rest:
        answer |= {"NextKeyMarker": page[-1].key_name, "NextUploadIdMarker": page[-1].id}
    return answer
