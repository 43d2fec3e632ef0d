"""A bucket with a rule of somebody else's."""


def bucket(aws):
    return f"weir-data-{aws.q['account']}"


def setup(aws):
    aws("s3").create_bucket(
        Bucket=bucket(aws), CreateBucketConfiguration={"LocationConstraint": "us-east-2"}
    )
    put(aws, [theirs(60)])


def theirs(days):
    return {
        "ID": "theirs",
        "Status": "Enabled",
        "Filter": {"And": {"Prefix": "exports/", "Tags": [{"Key": "class", "Value": "cold"}], "ObjectSizeGreaterThan": 131072}},
        "Transitions": [{"Days": days, "StorageClass": "GLACIER"}],
        "NoncurrentVersionExpiration": {"NoncurrentDays": 30, "NewerNoncurrentVersions": 3},
    }


def put(aws, rules):
    aws("s3").put_bucket_lifecycle_configuration(
        Bucket=bucket(aws),
        LifecycleConfiguration={"Rules": rules},
        TransitionDefaultMinimumObjectSize="varies_by_storage_class",
    )


def rules(aws):
    return aws("s3").get_bucket_lifecycle_configuration(Bucket=bucket(aws))


def picture(aws):
    found = rules(aws)
    ours = [rule for rule in found["Rules"] if rule["ID"] != "theirs"]
    rest = [rule for rule in found["Rules"] if rule["ID"] == "theirs"]
    return {"owned": sorted(ours, key=lambda rule: rule["ID"]), "rest": [rest, found["TransitionDefaultMinimumObjectSize"]]}


def meddle(aws):
    found = [rule for rule in rules(aws)["Rules"] if rule["ID"] != "theirs"]
    found[0]["Status"] = "Disabled"
    put(aws, [theirs(75), *found])
