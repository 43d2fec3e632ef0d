"""An account in which some things are used, some are new, some are somebody else's, and the rest is to go."""

import json
import urllib.request

ZONE = "us-east-2a"


def age(aws, name, days):
    body = json.dumps({"account": aws.q["account"], "id": name, "days": days}).encode()
    urllib.request.urlopen(urllib.request.Request(aws.q["endpoint"] + "/_sandbox/ages", body, method="POST")).close()


def tags(kind, name, environment="dev", **more):
    pairs = {"Name": name, "Environment": environment} | more
    return [{"ResourceType": kind, "Tags": [{"Key": k, "Value": v} for k, v in pairs.items()]}]


def volume(aws, name, days, environment="dev", size=10, **more):
    made = aws("ec2").create_volume(AvailabilityZone=ZONE, Size=size, VolumeType="gp2",
                                    TagSpecifications=tags("volume", name, environment, **more))["VolumeId"]
    age(aws, made, days)
    return made


def snapshot(aws, of, name, days, **more):
    made = aws("ec2").create_snapshot(VolumeId=of, Description="nightly",
                                      TagSpecifications=tags("snapshot", name))["SnapshotId"]
    if more:
        aws("ec2").create_tags(Resources=[made], Tags=[{"Key": k, "Value": v} for k, v in more.items()])
    age(aws, made, days)
    return made


def instance(aws):
    found = aws("ec2").describe_instances()["Reservations"]
    return found[0]["Instances"][0]["InstanceId"]


def attach(aws, name):
    aws("ec2").attach_volume(VolumeId=volumes(aws)[name], InstanceId=instance(aws), Device="/dev/sd" + name[0])


def setup(aws):
    ec2, s3 = aws("ec2"), aws("s3")
    ec2.run_instances(ImageId="ami-12c6146b", MinCount=1, MaxCount=1)
    for name, days, environment in (("old", 30, "dev"), ("older", 40, "staging"), ("young", 6, "dev"),
                                    ("foreign", 30, "prod"), ("used", 30, "dev")):
        volume(aws, name, days, environment)
    volume(aws, "web", 30, app="web")
    volume(aws, "serving", 30, app="web")
    attach(aws, "used")
    attach(aws, "serving")
    data = volumes(aws)["foreign"]
    for days in (10, 15, 25, 30, 40):
        snapshot(aws, data, f"day-{days}", days)
    snapshot(aws, data, "dlm", 90, **{"aws:dlm:lifecycle-policy-id": "policy-0123"})
    snapshot(aws, data, "backup", 90, **{"aws:backup:source-resource": "volume"})
    image = ec2.create_image(InstanceId=instance(aws), Name="golden")["ImageId"]
    device = ec2.describe_images(ImageIds=[image])["Images"][0]["BlockDeviceMappings"][0]
    age(aws, device["Ebs"]["SnapshotId"], 90)
    for name in ("free", "bound"):
        ec2.allocate_address(Domain="vpc", TagSpecifications=tags("elastic-ip", name))
    ec2.allocate_address(Domain="vpc", TagSpecifications=tags("elastic-ip", "foreign", "prod"))
    ec2.associate_address(AllocationId=addresses(aws)["bound"], InstanceId=instance(aws))
    for bucket in ("exports-" + aws.q["account"], "other-" + aws.q["account"]):
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "us-east-2"})
        for key, days in (("a b/é?x=1", 30), ("new", 1)):
            upload = s3.create_multipart_upload(Bucket=bucket, Key=key)["UploadId"]
            age(aws, upload, days)


def named(items, key):
    pairs = [({t["Key"]: t["Value"] for t in item.get("Tags") or []}.get("Name"), item[key]) for item in items]
    return {name or identifier: identifier for name, identifier in pairs}


def volumes(aws):
    return named([v for v in aws("ec2").describe_volumes()["Volumes"] if v.get("Tags")], "VolumeId")


def snapshots(aws):
    return named(aws("ec2").describe_snapshots(OwnerIds=["self"])["Snapshots"], "SnapshotId")


def addresses(aws):
    return named(aws("ec2").describe_addresses()["Addresses"], "AllocationId")


def uploads(aws):
    found = []
    for bucket in aws("s3").list_buckets()["Buckets"]:
        listed = aws("s3").list_multipart_uploads(Bucket=bucket["Name"]).get("Uploads") or []
        found += [bucket["Name"].split("-")[0] + "/" + upload["Key"] for upload in listed]
    return found


def picture(aws):
    images = [name for name in snapshots(aws) if name.startswith("snap-")]
    return {
        "volumes": sorted(volumes(aws)), "addresses": sorted(addresses(aws)), "uploads": sorted(uploads(aws)),
        "snapshots": sorted(name for name in snapshots(aws) if name not in images), "of images": len(images),
    }
