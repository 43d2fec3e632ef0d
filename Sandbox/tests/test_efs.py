"""EFS: throughput and lifecycle."""

from __future__ import annotations

from .support import SandboxTest


class FileSystemTests(SandboxTest):
    def make(self, **more) -> str:
        return self.client("efs").create_file_system(CreationToken="one", **more)["FileSystemId"]

    def shown(self, name: str) -> dict:
        return self.client("efs").describe_file_systems(FileSystemId=name)["FileSystems"][0]

    def test_a_decrease_or_another_mode_once_a_day(self) -> None:
        efs = self.client("efs")
        name = self.make(ThroughputMode="provisioned", ProvisionedThroughputInMibps=5)
        for speed in (6, 7.5, 100):
            efs.update_file_system(FileSystemId=name, ProvisionedThroughputInMibps=speed)
        efs.update_file_system(FileSystemId=name, ProvisionedThroughputInMibps=2)
        self.assertEqual(self.shown(name)["ProvisionedThroughputInMibps"], 2)
        code = self.code_of(efs.update_file_system, FileSystemId=name, ProvisionedThroughputInMibps=1)
        self.assertEqual(code, "TooManyRequests")
        self.assertEqual(self.code_of(efs.update_file_system, FileSystemId=name, ThroughputMode="elastic"), code)
        efs.update_file_system(FileSystemId=name, ProvisionedThroughputInMibps=3)

    def test_refuses_what_efs_refuses(self) -> None:
        efs, name = self.client("efs"), self.make()
        self.assertEqual(self.code_of(efs.update_file_system, FileSystemId="fs-01234567"), "FileSystemNotFound")
        for wanted in (
            {"ThroughputMode": "provisioned"}, {"ProvisionedThroughputInMibps": 3}, {"ThroughputMode": "bursting"},
        ):  # fmt: skip
            self.assertEqual(self.code_of(efs.update_file_system, FileSystemId=name, **wanted), "BadRequest")
        wanted = {"ThroughputMode": "provisioned", "ProvisionedThroughputInMibps": 4000}
        self.assertEqual(self.code_of(efs.update_file_system, FileSystemId=name, **wanted), "ThroughputLimitExceeded")

    def test_the_archive_needs_elastic_throughput(self) -> None:
        efs, name = self.client("efs"), self.make()
        archive = {"TransitionToArchive": "AFTER_90_DAYS"}
        put = efs.put_lifecycle_configuration
        self.assertEqual(self.code_of(put, FileSystemId=name, LifecyclePolicies=[archive]), "BadRequest")
        efs.update_file_system(FileSystemId=name, ThroughputMode="elastic")
        put(FileSystemId=name, LifecyclePolicies=[{"TransitionToIA": "AFTER_30_DAYS"}, archive])
        late = {"TransitionToIA": "AFTER_90_DAYS"}
        self.assertEqual(self.code_of(put, FileSystemId=name, LifecyclePolicies=[late, archive]), "BadRequest")
        both = {"TransitionToIA": "AFTER_30_DAYS", **archive}
        self.assertEqual(self.code_of(put, FileSystemId=name, LifecyclePolicies=[both]), "BadRequest")
