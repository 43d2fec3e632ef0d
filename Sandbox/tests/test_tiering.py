"""Amazon S3: Intelligent-Tiering configurations."""

from __future__ import annotations

from .support import REGION, SandboxTest


class TieringTests(SandboxTest):
    def put(self, name: str, tiers: dict[str, int], **more) -> dict:
        return {
            "Bucket": f"tiers-{self.account}",
            "Id": name,
            "IntelligentTieringConfiguration": {
                "Id": name,
                "Status": "Enabled",
                "Tierings": [{"AccessTier": tier, "Days": days} for tier, days in tiers.items()],
            }
            | more,
        }

    def test_keeps_configurations_and_never_touches_the_bucket(self) -> None:
        s3 = self.client("s3")
        s3.create_bucket(Bucket=f"tiers-{self.account}", CreateBucketConfiguration={"LocationConstraint": REGION})
        put = s3.put_bucket_intelligent_tiering_configuration
        put(**self.put("a", {"ARCHIVE_ACCESS": 90}, Filter={"Prefix": "x/"}))
        put(**self.put("b", {"DEEP_ARCHIVE_ACCESS": 730}))
        found = s3.list_bucket_intelligent_tiering_configurations(Bucket=f"tiers-{self.account}")
        self.assertEqual([c["Id"] for c in found["IntelligentTieringConfigurationList"]], ["a", "b"])
        held = s3.get_bucket_intelligent_tiering_configuration(Bucket=f"tiers-{self.account}", Id="a")
        self.assertEqual(held["IntelligentTieringConfiguration"]["Filter"], {"Prefix": "x/"})
        s3.delete_bucket_intelligent_tiering_configuration(Bucket=f"tiers-{self.account}", Id="a")
        self.assertEqual([b["Name"] for b in s3.list_buckets()["Buckets"]], [f"tiers-{self.account}"])
        get = s3.get_bucket_intelligent_tiering_configuration
        self.assertEqual(self.code_of(get, Bucket=f"tiers-{self.account}", Id="a"), "NoSuchConfiguration")

    def test_refuses_what_s3_refuses(self) -> None:
        s3 = self.client("s3")
        put = s3.put_bucket_intelligent_tiering_configuration
        self.assertEqual(self.code_of(put, **self.put("a", {"ARCHIVE_ACCESS": 90})), "NoSuchBucket")
        s3.create_bucket(Bucket=f"tiers-{self.account}", CreateBucketConfiguration={"LocationConstraint": REGION})
        for tiers in ({"ARCHIVE_ACCESS": 89}, {"DEEP_ARCHIVE_ACCESS": 731},
                      {"ARCHIVE_ACCESS": 200, "DEEP_ARCHIVE_ACCESS": 200}):  # fmt: skip
            self.assertEqual(self.code_of(put, **self.put("a", tiers)), "InvalidArgument")
        self.assertEqual(self.code_of(put, **self.put("a", {})), "MalformedXML")
