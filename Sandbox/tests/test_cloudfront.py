"""CloudFront: the ETag, and configurations kept whole."""

from __future__ import annotations

from typing import Any

from .support import SandboxTest

BEHAVIOR = {
    "TargetOriginId": "web",
    "ViewerProtocolPolicy": "https-only",
    "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}},
    "MinTTL": 0,
    "DefaultTTL": 60,
    "MaxTTL": 600,
}
ORIGIN = {
    "Id": "web",
    "DomainName": "web.example.com",
    "CustomOriginConfig": {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"},
}
CONFIG: dict[str, Any] = {
    "CallerReference": "here",
    "Comment": "c",
    "Enabled": True,
    "Origins": {"Quantity": 1, "Items": [ORIGIN]},
    "DefaultCacheBehavior": BEHAVIOR,
}


class DistributionTests(SandboxTest):
    def test_a_stale_etag_is_refused(self) -> None:
        cloudfront = self.client("cloudfront")
        name = cloudfront.create_distribution(DistributionConfig=CONFIG)["Distribution"]["Id"]
        held = cloudfront.get_distribution_config(Id=name)
        self.assertEqual(held["DistributionConfig"]["DefaultCacheBehavior"]["DefaultTTL"], 60)
        changed = held["DistributionConfig"] | {"PriceClass": "PriceClass_100"}
        update = {"Id": name, "IfMatch": held["ETag"], "DistributionConfig": changed}
        answer = cloudfront.update_distribution(**update)
        self.assertNotEqual(answer["ETag"], held["ETag"])
        self.assertEqual(self.status_and_code(cloudfront.update_distribution, **update), (412, "PreconditionFailed"))
        listed = cloudfront.list_distributions()["DistributionList"]["Items"]
        self.assertEqual([listed[0]["Id"], listed[0]["PriceClass"]], [name, "PriceClass_100"])
        behavior = BEHAVIOR | {"MinTTL": 90}
        update = {"Id": name, "IfMatch": answer["ETag"], "DistributionConfig": changed | {"DefaultCacheBehavior": behavior}}
        self.assertEqual(self.code_of(cloudfront.update_distribution, **update), "InvalidTTLOrder")
