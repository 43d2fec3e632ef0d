"""Volumes with tags of every kind of character, and others that would match them if they were patterns. EBS lets one be
modified four times a day."""

KEY = "cost center/1+1=2 * # % é 卷"
OURS = ["a*b", "a?c\\d", "#1 50% \"é\" / a:b@c <d> & 'e' 卷"]
THEIRS = ["axb", "a*bb", "axc\\d", "a?c\\\\d", "\"é\""]


def make(aws, name, key, value, **more):
    tags = [{"Key": "Name", "Value": name}, {"Key": key, "Value": value}]
    aws("ec2").create_volume(
        AvailabilityZone="us-east-2a", Size=100, TagSpecifications=[{"ResourceType": "volume", "Tags": tags}], **more
    )


def setup(aws):
    for number, value in enumerate(OURS + THEIRS):
        make(aws, str(number), KEY, value, VolumeType="gp3" if number == 1 else "gp2")
    make(aws, "star", "a b", "*", VolumeType="gp3")
    make(aws, "any", "a b", "x", VolumeType="gp3")


def volumes(aws):
    found = aws("ec2").describe_volumes()["Volumes"]
    return {next(t["Value"] for t in v["Tags"] if t["Key"] == "Name"): v for v in found if v.get("Tags")}


def picture(aws):
    speed = {n: [v["VolumeType"], v.get("Iops"), v.get("Throughput")] for n, v in volumes(aws).items()}
    return {"owned": {name: speed.pop(name) for name in ("0", "1", "2", "star")}, "rest": speed}


def meddle(aws):
    found = volumes(aws)
    aws("ec2").modify_volume(VolumeId=found["1"]["VolumeId"], VolumeType="gp2")
    aws("ec2").modify_volume(VolumeId=found["any"]["VolumeId"], Iops=4000)
