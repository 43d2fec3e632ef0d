"""EBS: what can be made of a volume, and how often."""

from __future__ import annotations

from .support import REGION, SandboxTest


class VolumeTests(SandboxTest):
    def volume(self, size: int = 100, kind: str = "gp2", **more) -> str:
        ec2 = self.client("ec2")
        return ec2.create_volume(AvailabilityZone=f"{REGION}a", Size=size, VolumeType=kind, **more)["VolumeId"]

    def shown(self, volume: str) -> dict:
        return self.client("ec2").describe_volumes(VolumeIds=[volume])["Volumes"][0]

    def test_filters_have_two_wildcards_and_an_escape(self) -> None:
        ec2 = self.client("ec2")
        for value in ("a*b", "axb", "c\\d", "[e]", "e"):
            tag = {"Key": "k", "Value": value}
            self.volume(TagSpecifications=[{"ResourceType": "volume", "Tags": [tag]}])
        cases = {"a*b": ["a*b", "axb"], "a\\*b": ["a*b"], "a?b": ["a*b", "axb"], "c\\d": [], "c\\\\d": ["c\\d"], "[e]": ["[e]"]}
        for wanted, meant in cases.items():
            found = ec2.describe_volumes(Filters=[{"Name": "tag:k", "Values": [wanted]}])["Volumes"]
            self.assertEqual(sorted(v["Tags"][0]["Value"] for v in found), meant, wanted)

    def test_a_new_type_begins_with_its_own_speed(self) -> None:
        ec2, volume = self.client("ec2"), self.volume()
        self.assertEqual(self.shown(volume)["Iops"], 300)
        ec2.modify_volume(VolumeId=volume, VolumeType="gp3")
        shown = self.shown(volume)
        self.assertEqual((shown["VolumeType"], shown["Iops"], shown["Throughput"]), ("gp3", 3000, 125))
        ec2.modify_volume(VolumeId=volume, Iops=4000, Throughput=200)
        shown = self.shown(volume)
        self.assertEqual((shown["Iops"], shown["Throughput"]), (4000, 200))
        ec2.modify_volume(VolumeId=volume, VolumeType="gp2")
        self.assertEqual(self.shown(volume).get("Throughput"), None)
        state = [{"Name": "modification-state", "Values": ["completed"]}]
        done = ec2.describe_volumes_modifications(Filters=state)["VolumesModifications"]
        self.assertEqual([item["VolumeId"] for item in done], [volume])

    def test_refuses_what_ebs_refuses(self) -> None:
        ec2, volume, small = self.client("ec2"), self.volume(), self.volume(size=4)
        for wanted in (
            {"VolumeType": "st1"}, {"VolumeType": "gp2", "Iops": 3000}, {"VolumeType": "gp3", "Iops": 2000},
            {"VolumeType": "gp3", "Iops": 90_000}, {"VolumeType": "gp3", "Throughput": 800}, {"Size": 50},
            {"VolumeType": "io1", "Throughput": 200}, {"VolumeType": "gp2"},
        ):  # fmt: skip
            target = small if wanted.get("VolumeType") == "st1" else volume
            with self.subTest(wanted=wanted):
                code = self.code_of(ec2.modify_volume, VolumeId=target, **wanted)
                self.assertIn(code, ("InvalidParameterValue", "InvalidParameterCombination"))
        self.assertEqual(self.code_of(ec2.modify_volume, VolumeId="vol-0123abcd", Iops=3000), "InvalidVolume.NotFound")

    def test_four_modifications_a_day(self) -> None:
        ec2, volume = self.client("ec2"), self.volume()
        for kind in ("gp3", "gp2", "gp3", "gp2"):
            ec2.modify_volume(VolumeId=volume, VolumeType=kind)
        code = self.code_of(ec2.modify_volume, VolumeId=volume, VolumeType="gp3")
        self.assertEqual(code, "VolumeModificationRateExceeded")

    def test_filters(self) -> None:
        ec2 = self.client("ec2")
        tags = [{"ResourceType": "volume", "Tags": [{"Key": "team", "Value": "web"}]}]
        both = [self.volume(TagSpecifications=tags), self.volume(kind="gp3", TagSpecifications=tags)]
        tag = {"Name": "tag:team", "Values": ["web"]}
        found = ec2.describe_volumes(Filters=[tag])["Volumes"]
        self.assertEqual({item["VolumeId"] for item in found}, set(both))
        found = ec2.describe_volumes(Filters=[tag, {"Name": "volume-type", "Values": ["gp2"]}], MaxResults=500)
        self.assertEqual([item["VolumeId"] for item in found["Volumes"]], both[:1])
        missing = [both[0], "vol-0123456789abcdef0"]
        self.assertEqual(self.code_of(ec2.describe_volumes, VolumeIds=missing), "InvalidVolume.NotFound")
        found = ec2.describe_volumes(Filters=[{"Name": "volume-id", "Values": missing}])["Volumes"]
        self.assertEqual(len(found), 1)
