"""A bucket with a dot in its name, and rules whose IDs, prefixes and tags have every kind of character."""

OURS = ["#1 50% of \"Größe\": a/b+c='d' \\ <e> & *?[f] {g} 規則 🗑 ${h} ]]>", " x "]
TIERED = '#1 50% + "é" & a=b?c <d> 階'
THEIRS = "#1 50% of"


def bucket(aws):
    return f"a.weir-names.{aws.q['account']}"


def setup(aws):
    aws("s3").create_bucket(Bucket=bucket(aws), CreateBucketConfiguration={"LocationConstraint": "us-east-2"})
    put(aws, [theirs(60)])
    tier(aws, "#1 50%2B", 100)


def theirs(days):
    return {"ID": THEIRS, "Status": "Enabled", "Filter": {"Prefix": "a b+%20&<é>"}, "Expiration": {"Days": days}}


def put(aws, rules):
    aws("s3").put_bucket_lifecycle_configuration(Bucket=bucket(aws), LifecycleConfiguration={"Rules": rules})


def tier(aws, name, days):
    configuration = {"Id": name, "Status": "Enabled", "Tierings": [{"AccessTier": "ARCHIVE_ACCESS", "Days": days}]}
    aws("s3").put_bucket_intelligent_tiering_configuration(
        Bucket=bucket(aws), Id=name, IntelligentTieringConfiguration=configuration
    )


def picture(aws):
    rules = aws("s3").get_bucket_lifecycle_configuration(Bucket=bucket(aws))["Rules"]
    tiers = aws("s3").list_bucket_intelligent_tiering_configurations(Bucket=bucket(aws))
    found = {rule["ID"]: rule for rule in rules}
    rest = [found.pop(THEIRS)]
    tiers = {each["Id"]: each for each in tiers.get("IntelligentTieringConfigurationList", [])}
    owned = [found, tiers.pop(TIERED, None)]
    return {"owned": owned, "rest": [rest, tiers]}


def meddle(aws):
    rules = [rule for rule in picture(aws)["owned"][0].values() if rule["ID"] != " x "]
    put(aws, [theirs(75), *rules])
    tier(aws, TIERED, 700)
    tier(aws, "#1 50%2B", 200)
