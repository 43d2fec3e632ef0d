"""EKS: node groups refuse what does not fit together."""

from __future__ import annotations

from .support import SandboxTest


class NodeGroupTests(SandboxTest):
    def setUp(self) -> None:
        super().setUp()
        self.eks = self.client("eks")
        role = f"arn:aws:iam::{self.account}:role/nodes"
        self.eks.create_cluster(name="shop", roleArn=role, resourcesVpcConfig={"subnetIds": ["subnet-1", "subnet-2"]})
        self.eks.create_nodegroup(
            clusterName="shop", nodegroupName="workers", subnets=["subnet-1"], nodeRole=role,
            scalingConfig={"minSize": 1, "maxSize": 4, "desiredSize": 2},
        )

    def change(self, **changes) -> None:
        self.eks.update_nodegroup_config(clusterName="shop", nodegroupName="workers", **changes)

    def test_sizes(self) -> None:
        for sizes in ({"minSize": 3}, {"maxSize": 1}, {"desiredSize": 5}, {"minSize": 0, "maxSize": 0, "desiredSize": 0}):
            self.assertEqual(self.code_of(self.change, scalingConfig=sizes), "InvalidParameterException")
        self.change(scalingConfig={"minSize": 3, "maxSize": 6, "desiredSize": 3})
        found = self.eks.describe_nodegroup(clusterName="shop", nodegroupName="workers")["nodegroup"]
        self.assertEqual(found["scalingConfig"], {"minSize": 3, "maxSize": 6, "desiredSize": 3})

    def test_labels_and_taints(self) -> None:
        odd = {"addOrUpdateTaints": [{"key": "a", "effect": "NoSchedule"}]}
        self.assertEqual(self.code_of(self.change, taints=odd), "InvalidParameterException")
        self.change(
            labels={"addOrUpdateLabels": {"team": "shop", "old": "1"}},
            taints={"addOrUpdateTaints": [{"key": "spot", "value": "yes", "effect": "NO_SCHEDULE"}]},
        )
        self.change(labels={"removeLabels": ["old"]})
        found = self.eks.describe_nodegroup(clusterName="shop", nodegroupName="workers")["nodegroup"]
        self.assertEqual(found["labels"], {"team": "shop"})
        self.assertEqual(found["taints"], [{"key": "spot", "value": "yes", "effect": "NO_SCHEDULE"}])
