#!/usr/bin/env python3
"""The colleague of the demo, who changes the autoscaling bounds of a service in the console."""

import boto3

boto3.client("application-autoscaling").register_scalable_target(
    ServiceNamespace="ecs", ScalableDimension="ecs:service:DesiredCount",
    ResourceId="service/pythonide-cluster/pythonide-service", MinCapacity=3, MaxCapacity=9)
print("pythonide-service now scales from 3 to 9 tasks")
