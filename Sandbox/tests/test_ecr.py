"""ECR: lifecycle policies as a whole."""

from __future__ import annotations

import json

from .support import SandboxTest


def rule(priority: int, status: str = "untagged", **more) -> dict:
    selection = {"tagStatus": status, "countType": "imageCountMoreThan", "countNumber": 5} | more
    return {"rulePriority": priority, "selection": selection, "action": {"type": "expire"}}


class PolicyTests(SandboxTest):
    def put(self, *rules: dict) -> None:
        text = json.dumps({"rules": rules})
        self.client("ecr").put_lifecycle_policy(repositoryName="web", lifecyclePolicyText=text)

    def test_the_whole_of_a_policy(self) -> None:
        self.client("ecr").create_repository(repositoryName="web")
        self.put(rule(1), rule(2, "tagged", tagPatternList=["v*"]), rule(9, "any"))
        for rules in (
            [rule(1), rule(1, "any")],
            [rule(1, "any"), rule(2)],
            [rule(1, "tagged")],
            [rule(1, tagPrefixList=["v"])],
            [rule(1, countUnit="days")],
            [rule(1, countType="sinceImagePushed")],
            [rule(number) for number in range(1, 52)],
        ):
            with self.subTest(rules=rules):
                self.assertEqual(self.code_of(self.put, *rules), "InvalidParameterException")
