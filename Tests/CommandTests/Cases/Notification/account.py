"""A topic that Weir makes and one that it adopts, with subscriptions of others."""

import json


def arn(aws, name, service="sns"):
    return f"arn:aws:{service}:us-east-2:{aws.q['account']}:{name}"


def setup(aws):
    sns = aws("sns")
    sns.create_topic(Name="adopted", Attributes={"DisplayName": "before"})
    sns.subscribe(TopicArn=arn(aws, "adopted"), Protocol="email", Endpoint="hidden-theirs@example.com")
    sns.subscribe(TopicArn=arn(aws, "adopted"), Protocol="sqs", Endpoint=arn(aws, "theirs", "sqs"))


def topic(aws, name):
    sns = aws("sns")
    if arn(aws, name) not in [t["TopicArn"] for t in sns.list_topics()["Topics"]]:
        return None
    attributes = sns.get_topic_attributes(TopicArn=arn(aws, name))["Attributes"]
    told = []
    for s in sns.list_subscriptions_by_topic(TopicArn=arn(aws, name))["Subscriptions"]:
        more = {}
        if s["Protocol"] == "sqs":
            found = sns.get_subscription_attributes(SubscriptionArn=s["SubscriptionArn"])["Attributes"]
            policy = json.loads(found.get("FilterPolicy") or "{}")
            more = {"filter": policy, "raw": found.get("RawMessageDelivery", "false").lower()}
        told.append([s["Protocol"], s["Endpoint"], s["SubscriptionArn"] == "PendingConfirmation", more])
    shown = {name: attributes.get(name) or None for name in ("DisplayName", "KmsMasterKeyId")}
    return {"attributes": shown, "told": sorted(told, key=str)}


def picture(aws):
    mine, adopted = topic(aws, "mine"), topic(aws, "adopted")
    theirs = [s for s in adopted["told"] if "theirs" in s[1]]
    adopted["told"] = [s for s in adopted["told"] if "theirs" not in s[1]]
    return {"owned": [mine, adopted], "rest": theirs}


def meddle(aws):
    sns = aws("sns")
    for name in ("mine", "adopted"):
        sns.set_topic_attributes(TopicArn=arn(aws, name), AttributeName="DisplayName", AttributeValue="meddled")
    for s in sns.list_subscriptions_by_topic(TopicArn=arn(aws, "mine"))["Subscriptions"]:
        if s["Protocol"] == "sqs":
            sns.unsubscribe(SubscriptionArn=s["SubscriptionArn"])
    for s in sns.list_subscriptions_by_topic(TopicArn=arn(aws, "adopted"))["Subscriptions"]:
        if s["Protocol"] == "sqs":
            sns.set_subscription_attributes(
                SubscriptionArn=s["SubscriptionArn"], AttributeName="RawMessageDelivery", AttributeValue="true"
            )
