"""A bucket whose rules are of the older form, with a prefix and no filter."""


def bucket(aws):
    return f"weir-older-{aws.q['account']}"


def setup(aws):
    aws("s3").create_bucket(
        Bucket=bucket(aws), CreateBucketConfiguration={"LocationConstraint": "us-east-2"}
    )
    put(aws, [old("theirs", 3), old("logs", 9)])


def old(name, days):
    return {"ID": name, "Status": "Enabled", "Prefix": "tmp/" + name, "Expiration": {"Days": days}}


def put(aws, rules):
    aws("s3").put_bucket_lifecycle_configuration(Bucket=bucket(aws), LifecycleConfiguration={"Rules": rules})


def rules(aws):
    return aws("s3").get_bucket_lifecycle_configuration(Bucket=bucket(aws))["Rules"]


def picture(aws):
    # Both forms say the same, and S3 takes no mixture of them.
    found = [
        {k: v for k, v in rule.items() if k != "Prefix"} | {"Filter": rule.get("Filter") or {"Prefix": rule["Prefix"]}}
        for rule in rules(aws)
    ]
    found.sort(key=lambda rule: rule["ID"])
    return {"owned": [r for r in found if r["ID"] != "theirs"], "rest": [r for r in found if r["ID"] == "theirs"]}


def meddle(aws):
    found = rules(aws)
    for rule in found:
        rule["Status"] = "Disabled"
    put(aws, found)
