"""Volumes of several types and teams. EBS lets one be modified four times a day, so that each has a part of its own."""

ZONE = "us-east-2a"


def make(aws, name, app, **more):
    tags = [{"Key": "Name", "Value": name}, {"Key": "app", "Value": app}]
    aws("ec2").create_volume(
        AvailabilityZone=ZONE, TagSpecifications=[{"ResourceType": "volume", "Tags": tags}], **more)


def setup(aws):
    make(aws, "web", "web", Size=100, VolumeType="gp2")
    make(aws, "cache", "web", Size=50, VolumeType="gp3")
    make(aws, "journal", "web", Size=100, VolumeType="io1", Iops=1000)
    make(aws, "data", "data", Size=200, VolumeType="gp3")
    make(aws, "other", "other", Size=10, VolumeType="gp2")


def volumes(aws):
    found = aws("ec2").describe_volumes()["Volumes"]
    return {next(t["Value"] for t in v["Tags"] if t["Key"] == "Name"): v for v in found if v.get("Tags")}


def picture(aws):
    found = volumes(aws)
    speed = {n: [v["VolumeType"], v.get("Iops"), v.get("Throughput")] for n, v in found.items()}
    return {
        "owned": {name: speed.pop(name) for name in ("web", "cache", "data")},
        "rest": [speed, {n: [v["Size"], sorted(map(str, v["Tags"]))] for n, v in found.items()}],
    }


def meddle(aws):
    found = volumes(aws)
    aws("ec2").modify_volume(VolumeId=found["cache"]["VolumeId"], VolumeType="gp2")
    aws("ec2").modify_volume(VolumeId=found["journal"]["VolumeId"], Iops=2000)
    aws("ec2").create_tags(Resources=[found["web"]["VolumeId"]], Tags=[{"Key": "seen", "Value": "yes"}])
