"""A topic with every character that its name can have, and with texts of every kind."""

import json

NAME, OTHER = "9_Alerts-x", "9_Alerts"


def arn(aws, name):
    return f"arn:aws:sns:us-east-2:{aws.q['account']}:{name}"


def setup(aws):
    aws("sns").create_topic(Name=OTHER, Attributes={"DisplayName": "é"})


def topic(aws, name):
    sns = aws("sns")
    if arn(aws, name) not in [t["TopicArn"] for t in sns.list_topics()["Topics"]]:
        return None
    told = []
    for s in sns.list_subscriptions_by_topic(TopicArn=arn(aws, name))["Subscriptions"]:
        more = {}
        if s["Protocol"] == "sqs":
            more = sns.get_subscription_attributes(SubscriptionArn=s["SubscriptionArn"])["Attributes"]
        told.append([s["Protocol"], s["Endpoint"], json.loads(more.get("FilterPolicy") or "{}")])
    return [sns.get_topic_attributes(TopicArn=arn(aws, name))["Attributes"].get("DisplayName"), sorted(told, key=str)]


def picture(aws):
    return {"owned": topic(aws, NAME), "rest": topic(aws, OTHER)}


def meddle(aws):
    for name in (NAME, OTHER):
        aws("sns").set_topic_attributes(
            TopicArn=arn(aws, name), AttributeName="DisplayName", AttributeValue="meddled"
        )
