"""A bucket with Intelligent-Tiering configurations, one of them somebody else's."""


def bucket(aws):
    return f"weir-tiers-{aws.q['account']}"


def setup(aws):
    aws("s3").create_bucket(Bucket=bucket(aws), CreateBucketConfiguration={"LocationConstraint": "us-east-2"})
    put(aws, "theirs", {"ARCHIVE_ACCESS": 100}, {"Tag": {"Key": "class", "Value": "cold"}})
    put(aws, "adopted", {"DEEP_ARCHIVE_ACCESS": 300}, {"And": {"Prefix": "b/", "Tags": [{"Key": "x", "Value": "1"}]}})


def put(aws, name, tiers, chosen=None, status="Enabled"):
    configuration = {
        "Id": name,
        "Status": status,
        "Tierings": [{"AccessTier": tier, "Days": days} for tier, days in tiers.items()],
    }
    if chosen:
        configuration["Filter"] = chosen
    aws("s3").put_bucket_intelligent_tiering_configuration(
        Bucket=bucket(aws), Id=name, IntelligentTieringConfiguration=configuration
    )


def picture(aws):
    found = aws("s3").list_bucket_intelligent_tiering_configurations(Bucket=bucket(aws))
    found = {c["Id"]: c for c in found.get("IntelligentTieringConfigurationList", [])}
    for configuration in found.values():
        configuration["Tierings"].sort(key=lambda tiering: tiering["Days"])
    return {"owned": {name: c for name, c in found.items() if name != "theirs"}, "rest": found["theirs"]}


def meddle(aws):
    put(aws, "archive", {"ARCHIVE_ACCESS": 700}, status="Disabled")
    put(aws, "theirs", {"ARCHIVE_ACCESS": 120})
