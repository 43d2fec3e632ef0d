"""Commitments: capacity reservations of EC2, and Savings Plans. moto has neither; nothing is billed here."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from secrets import token_hex
from typing import Any
from uuid import uuid4

from ..call import Call
from ..errors import AWSError
from . import handles

YEAR = 365


@handles("ec2", "CreateCapacityReservation")
def reserve(call: Call) -> dict[str, Any]:
    """Keep instances free; all of them are available, since none here runs in a reservation."""
    wanted, now = call.parameters, datetime.now(timezone.utc)
    count = int(wanted["InstanceCount"])
    if count < 1:
        raise AWSError("InvalidParameterValue", "InstanceCount must be at least 1.", 400)
    if wanted.get("EndDateType") == "limited" and not wanted.get("EndDate"):
        raise AWSError("InvalidParameterCombination", "A limited reservation needs an EndDate.", 400)
    name = f"cr-0{token_hex(8)}"
    reservation = {
        "CapacityReservationId": name,
        "OwnerId": call.account,
        "CapacityReservationArn": f"arn:aws:ec2:{call.region}:{call.account}:capacity-reservation/{name}",
        "InstanceType": wanted["InstanceType"],
        "InstancePlatform": wanted["InstancePlatform"],
        "AvailabilityZone": wanted.get("AvailabilityZone") or f"{call.region}a",
        "Tenancy": wanted.get("Tenancy") or "default",
        "TotalInstanceCount": count,
        "AvailableInstanceCount": count,
        "State": "active",
        "StartDate": now,
        "CreateDate": now,
        "EndDateType": wanted.get("EndDateType") or "unlimited",
        "InstanceMatchCriteria": wanted.get("InstanceMatchCriteria") or "open",
    }
    if wanted.get("EndDate"):
        reservation["EndDate"] = wanted["EndDate"]
    call.state("capacity reservations")[name] = reservation
    return {"CapacityReservation": reservation}


@handles("ec2", "DescribeCapacityReservations")
def describe_reservations(call: Call) -> dict[str, Any]:
    """The reservations of the region, by their state where a filter says so."""
    states = [set(item["Values"]) for item in call.parameters.get("Filters") or [] if item["Name"] == "state"]
    names = set(call.parameters.get("CapacityReservationIds") or [])
    found = call.state("capacity reservations").values()
    return {
        "CapacityReservations": [
            item
            for item in found
            if all(item["State"] in some for some in states)
            and (not names or item["CapacityReservationId"] in names)
        ]
    }


@handles("savingsplans", "CreateSavingsPlan")
def buy_plan(call: Call) -> dict[str, Any]:
    """Every offering is a Compute plan for a year, all upfront."""
    wanted, now = call.parameters, datetime.now(timezone.utc)
    name = str(uuid4())
    form = "%Y-%m-%dT%H:%M:%S.000Z"
    call.state("savings plans", regional=False)[name] = {
        "offeringId": wanted["savingsPlanOfferingId"],
        "savingsPlanId": name,
        "savingsPlanArn": f"arn:aws:savingsplans::{call.account}:savingsplan/{name}",
        "start": now.strftime(form),
        "end": (now + timedelta(days=YEAR)).strftime(form),
        "state": "queued" if wanted.get("purchaseTime") else "active",
        "region": "",
        "savingsPlanType": "Compute",
        "paymentOption": "All Upfront",
        "productTypes": ["EC2", "Fargate", "Lambda"],
        "currency": "USD",
        "commitment": wanted["commitment"],
        "termDurationInSeconds": YEAR * 86_400,
    }
    return {"savingsPlanId": name}


@handles("savingsplans", "DescribeSavingsPlans")
def describe_plans(call: Call) -> dict[str, Any]:
    """The plans of the account, wherever it is asked, a page at a time."""
    wanted = call.parameters
    states = set(wanted.get("states") or [])
    found = [
        plan for plan in call.state("savings plans", regional=False).values() if not states or plan["state"] in states
    ]
    start, size = int(wanted.get("nextToken") or 0), int(wanted.get("maxResults") or 1000)
    answer: dict[str, Any] = {"savingsPlans": found[start : start + size]}
    if start + size < len(found):
        answer["nextToken"] = str(start + size)
    return answer
