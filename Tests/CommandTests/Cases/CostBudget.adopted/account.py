"""A budget that somebody made before Weir came."""

NAME = "shop"


def setup(aws):
    notification = {
        "NotificationType": "ACTUAL", "ComparisonOperator": "GREATER_THAN", "Threshold": 90,
        "ThresholdType": "PERCENTAGE",
    }  # fmt: skip
    subscriber = {"SubscriptionType": "SNS", "Address": topic(aws, "theirs")}
    aws.make_budget(
        NAME,
        "900",
        told=[{"Notification": notification, "Subscribers": [subscriber]}],
        CostFilters={"Region": ["us-east-2"]},
        CostTypes={"IncludeTax": False, "UseBlended": True},
    )


def topic(aws, name):
    return f"arn:aws:sns:us-east-2:{aws.q['account']}:{name}"


def picture(aws):
    found = aws.budget(NAME)
    budget = found["budget"]
    theirs = [told for told in found["told"] if told[0]["Threshold"] == 90]
    ours = [told for told in found["told"] if told[0]["Threshold"] != 90]
    return {
        "owned": [budget.pop("BudgetLimit"), ours],
        "rest": [budget, theirs],
    }


def meddle(aws):
    found = aws.budget(NAME)["budget"]
    found["BudgetLimit"]["Amount"] = "1"
    found["CostTypes"]["IncludeTax"] = True
    aws("budgets").update_budget(AccountId=aws.q["account"], NewBudget=found)
