"""A distribution with a behaviour that has times to live and one that has a cache policy."""

POLICY = "658327ea-f89d-4fab-a63d-7e88639e58f6"


def setup(aws):
    legacy = {
        "TargetOriginId": "web",
        "ViewerProtocolPolicy": "https-only",
        "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}},
        "MinTTL": 0,
    }
    aws("cloudfront").create_distribution(
        DistributionConfig={
            "CallerReference": "here",
            "Comment": "the shop",
            "Enabled": True,
            "Origins": {
                "Quantity": 1,
                "Items": [
                    {
                        "Id": "web",
                        "DomainName": "web.example.com",
                        "CustomOriginConfig": {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"},
                    }
                ],
            },
            "DefaultCacheBehavior": legacy | {"DefaultTTL": 86400, "MaxTTL": 31536000},
            "CacheBehaviors": {
                "Quantity": 2,
                "Items": [
                    legacy | {"PathPattern": "/api/*", "DefaultTTL": 60, "MaxTTL": 600},
                    {
                        "PathPattern": "/static/*",
                        "TargetOriginId": "web",
                        "ViewerProtocolPolicy": "https-only",
                        "CachePolicyId": POLICY,
                    },
                ],
            },
        }
    )


def distribution(aws):
    return aws("cloudfront").list_distributions()["DistributionList"]["Items"][0]["Id"]


def values(aws):
    return {"distribution": distribution(aws)}


def config(aws):
    found = aws("cloudfront").get_distribution_config(Id=distribution(aws))
    return found["ETag"], found["DistributionConfig"]


def picture(aws):
    held = config(aws)[1]
    behaviors = {"": held["DefaultCacheBehavior"]} | {b["PathPattern"]: b for b in held["CacheBehaviors"]["Items"]}
    times = {
        path: [b.pop(name, None) for name in ("MinTTL", "DefaultTTL", "MaxTTL")]
        for path, b in behaviors.items()
    }
    return {"owned": [held.pop("PriceClass"), times], "rest": held}


def meddle(aws):
    tag, held = config(aws)
    held |= {"PriceClass": "PriceClass_All", "Comment": "somebody else's"}
    held["DefaultCacheBehavior"]["DefaultTTL"] = 100
    aws("cloudfront").update_distribution(Id=distribution(aws), IfMatch=tag, DistributionConfig=held)
