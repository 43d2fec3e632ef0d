"""What nobody uses: when EC2 and S3 let it be deleted."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from .support import REGION, SandboxTest


class UnusedTests(SandboxTest):
    def volume(self) -> str:
        return self.client("ec2").create_volume(AvailabilityZone=f"{REGION}a", Size=8)["VolumeId"]

    def instance(self) -> dict:
        ec2 = self.client("ec2")
        return ec2.run_instances(ImageId="ami-12c6146b", MinCount=1, MaxCount=1)["Instances"][0]

    def test_an_attached_volume_stays(self) -> None:
        ec2, volume, instance = self.client("ec2"), self.volume(), self.instance()["InstanceId"]
        status = [{"Name": "status", "Values": ["available"]}]
        free = [item["VolumeId"] for item in ec2.describe_volumes(Filters=status)["Volumes"]]
        self.assertEqual(free, [volume])
        ec2.attach_volume(VolumeId=volume, InstanceId=instance, Device="/dev/sdf")
        self.assertEqual(ec2.describe_volumes(Filters=status)["Volumes"], [])
        self.assertEqual(self.code_of(ec2.delete_volume, VolumeId=volume), "VolumeInUse")

    def test_snapshots_of_images_and_of_backup_stay(self) -> None:
        ec2 = self.client("ec2")
        image = ec2.create_image(InstanceId=self.instance()["InstanceId"], Name="web")["ImageId"]
        found = ec2.describe_images(Owners=["self"])["Images"]
        used = found[0]["BlockDeviceMappings"][0]["Ebs"]["SnapshotId"]
        free = ec2.create_snapshot(VolumeId=self.volume())["SnapshotId"]
        listed = ec2.describe_snapshots(OwnerIds=["self"], MaxResults=1000)["Snapshots"]
        self.assertEqual({item["SnapshotId"] for item in listed}, {used, free})
        self.assertEqual(ec2.describe_snapshots(OwnerIds=["210987654321"])["Snapshots"], [])
        self.assertEqual(listed[-1]["FullSnapshotSizeInBytes"], 8 << 30)
        self.assertEqual(self.code_of(ec2.delete_snapshot, SnapshotId=used), "InvalidSnapshot.InUse")
        by_snapshot = [{"Name": "block-device-mapping.snapshot-id", "Values": [used, free]}]
        self.assertEqual(ec2.describe_images(Filters=by_snapshot)["Images"][0]["ImageId"], image)
        ec2.disable_image(ImageId=image)
        self.assertEqual(ec2.describe_images(Owners=["self"])["Images"], [])
        self.assertEqual(len(ec2.describe_images(Owners=["self"], IncludeDisabled=True)["Images"]), 1)
        ec2.create_tags(Resources=[free], Tags=[{"Key": "aws:backup:source-resource", "Value": "x"}])
        self.assertEqual(self.code_of(ec2.delete_snapshot, SnapshotId=free), "InvalidParameterValue")

    def test_an_associated_address_stays_outside_the_default_vpc(self) -> None:
        ec2 = self.client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
        interface = ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"]["NetworkInterfaceId"]
        address = ec2.allocate_address(Domain="vpc")["AllocationId"]
        ec2.associate_address(AllocationId=address, NetworkInterfaceId=interface)
        self.assertEqual(self.code_of(ec2.release_address, AllocationId=address), "InvalidIPAddress.InUse")
        ec2.disassociate_address(AssociationId=ec2.describe_addresses()["Addresses"][0]["AssociationId"])
        ec2.release_address(AllocationId=address)
        self.assertEqual(ec2.describe_addresses()["Addresses"], [])
        other = ec2.allocate_address(Domain="vpc")["AllocationId"]
        ec2.associate_address(AllocationId=other, InstanceId=self.instance()["InstanceId"])
        ec2.release_address(AllocationId=other)

    def test_uploads_have_pages_and_times(self) -> None:
        s3 = self.client("s3")
        s3.create_bucket(Bucket="exports", CreateBucketConfiguration={"LocationConstraint": REGION})
        keys = ["a b", "a b", "c/d?e", "\u00e9"]
        ids = [s3.create_multipart_upload(Bucket="exports", Key=key)["UploadId"] for key in keys]
        pages = s3.get_paginator("list_multipart_uploads").paginate(Bucket="exports", PaginationConfig={"PageSize": 1})
        listed = [item for page in pages for item in page["Uploads"]]
        self.assertEqual([item["UploadId"] for item in listed], ids)
        self.assertEqual([item["Key"] for item in listed], keys)
        self.assertEqual(len(s3.list_multipart_uploads(Bucket="exports", Prefix="c/")["Uploads"]), 1)
        self.control("POST", "ages", {"account": self.account, "id": ids[2], "days": 30})
        begun = s3.list_multipart_uploads(Bucket="exports", Prefix="c/")["Uploads"][0]["Initiated"]
        self.assertLess(begun, datetime.now(timezone.utc) - timedelta(days=29))
        s3.abort_multipart_upload(Bucket="exports", Key="c/d?e", UploadId=ids[2])
        gone = self.code_of(s3.abort_multipart_upload, Bucket="exports", Key="c/d?e", UploadId=ids[2])
        self.assertEqual(gone, "NoSuchUpload")

    def test_ages(self) -> None:
        ec2, volume = self.client("ec2"), self.volume()
        snapshot = ec2.create_snapshot(VolumeId=volume)["SnapshotId"]
        for name in (volume, snapshot):
            self.control("POST", "ages", {"account": self.account, "id": name, "days": 10})
        old = datetime.now(timezone.utc) - timedelta(days=9)
        self.assertLess(ec2.describe_volumes()["Volumes"][0]["CreateTime"], old)
        self.assertLess(ec2.describe_snapshots(OwnerIds=["self"])["Snapshots"][0]["StartTime"], old)
        status, _ = self.control_error("POST", "ages", {"account": self.account, "id": "vol-0", "days": 1})
        self.assertEqual(status, 400)
        status, _ = self.control_error("POST", "ages", {"account": self.account, "id": volume, "days": "1"})
        self.assertEqual(status, 400)
