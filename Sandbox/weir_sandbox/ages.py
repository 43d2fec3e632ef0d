"""How old things are said to be: what a test has just made cannot be old by itself."""

from __future__ import annotations

from datetime import timedelta


def make_older(account: str, region: str, name: str, days: float) -> None:
    """Let a volume, a snapshot or an upload have been made so many days earlier; `KeyError` where there is none."""
    from moto.backends import get_backend

    age = timedelta(days=days)
    ec2 = get_backend("ec2")[account][region]
    if volume := ec2.volumes.get(name):
        volume.create_time -= age
        return
    if snapshot := ec2.snapshots.get(name):
        snapshot.start_time -= age
        return
    for bucket in get_backend("s3")[account]["aws"].buckets.values():
        if upload := bucket.multiparts.get(name):
            upload.initiated -= age.total_seconds()
            return
    raise KeyError(name)
