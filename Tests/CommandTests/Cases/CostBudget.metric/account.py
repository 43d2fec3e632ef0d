"""A budget in the older form, which a metric brings into the newer one."""

NAME = "shop"


def setup(aws):
    aws.make_budget(
        NAME,
        CostFilters={"Service": ["Amazon Simple Storage Service"]},
        CostTypes={"IncludeTax": False, "IncludeCredit": False},
    )


def picture(aws):
    found = aws.budget(NAME)["budget"]
    return {"owned": found, "rest": found["BudgetType"]}


def meddle(aws):
    found = aws.budget(NAME)["budget"] | {"Metrics": ["BlendedCost"], "BudgetLimit": {"Amount": "3", "Unit": "USD"}}
    for member in ("CostFilters", "CostTypes"):
        found.pop(member, None)
    aws("budgets").update_budget(AccountId=aws.q["account"], NewBudget=found)
