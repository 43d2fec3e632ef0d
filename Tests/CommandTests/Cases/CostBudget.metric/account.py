"""A budget in the older form, which a metric brings into the newer one."""

NAME = "shop"


def setup(aws):
    aws("budgets").create_budget(
        AccountId=aws.q["account"],
        Budget={
            "BudgetName": NAME,
            "BudgetType": "COST",
            "TimeUnit": "MONTHLY",
            "BudgetLimit": {"Amount": "70", "Unit": "USD"},
            "CostFilters": {"Service": ["Amazon Simple Storage Service"]},
            "CostTypes": {"IncludeTax": False, "IncludeCredit": False},
        },
    )


def budget(aws):
    answer = aws("budgets").describe_budget(
        AccountId=aws.q["account"], BudgetName=NAME, ShowFilterExpression=True
    )["Budget"]
    return {key: value for key, value in answer.items() if key not in ("LastUpdatedTime", "CalculatedSpend")}


def picture(aws):
    found = budget(aws)
    return {"owned": found, "rest": found["BudgetType"]}


def meddle(aws):
    found = budget(aws) | {"Metrics": ["BlendedCost"], "BudgetLimit": {"Amount": "3", "Unit": "USD"}}
    for member in ("CostFilters", "CostTypes"):
        found.pop(member, None)
    aws("budgets").update_budget(AccountId=aws.q["account"], NewBudget=found)
