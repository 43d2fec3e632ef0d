"""Commitments: what has been reserved and bought is listed."""

from __future__ import annotations

from .support import SandboxTest

OFFER = "00000000-0000-4000-8000-000000000000"


class CommitmentTests(SandboxTest):
    def test_reservations(self) -> None:
        ec2 = self.client("ec2")
        wanted = {"InstanceType": "t3.medium", "InstancePlatform": "Linux/UNIX", "AvailabilityZone": "us-east-2a"}
        made = ec2.create_capacity_reservation(InstanceCount=2, **wanted)["CapacityReservation"]
        active = [{"Name": "state", "Values": ["active"]}]
        found = ec2.describe_capacity_reservations(Filters=active)["CapacityReservations"]
        self.assertEqual([item["CapacityReservationId"] for item in found], [made["CapacityReservationId"]])
        self.assertEqual((found[0]["TotalInstanceCount"], found[0]["AvailableInstanceCount"]), (2, 2))
        ended = [{"Name": "state", "Values": ["expired"]}]
        self.assertEqual(ec2.describe_capacity_reservations(Filters=ended)["CapacityReservations"], [])
        none = self.code_of(ec2.create_capacity_reservation, InstanceCount=0, **wanted)
        self.assertEqual(none, "InvalidParameterValue")

    def test_savings_plans_are_the_same_everywhere(self) -> None:
        plans = self.client("savingsplans", region="us-east-1")
        for _ in range(3):
            plans.create_savings_plan(savingsPlanOfferingId=OFFER, commitment="10.0")
        page = plans.describe_savings_plans(states=["active"], maxResults=2)
        rest = plans.describe_savings_plans(states=["active"], maxResults=2, nextToken=page["nextToken"])
        found = page["savingsPlans"] + rest["savingsPlans"]
        self.assertEqual([plan["commitment"] for plan in found], ["10.0"] * 3)
        self.assertEqual(plans.describe_savings_plans(states=["queued"])["savingsPlans"], [])
