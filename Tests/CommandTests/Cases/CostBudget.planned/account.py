"""A budget that somebody planned month by month, with a name that no path likes."""

NAME = "shop / test #1"
START = 1_767_225_600
MONTH = 2_678_400


def setup(aws):
    limits = {str(START + month * MONTH): {"Amount": "70", "Unit": "USD"} for month in range(12)}
    aws.make_budget(NAME, None, PlannedBudgetLimits=limits)


def picture(aws):
    budget = aws.budget(NAME)["budget"]
    limits = [budget.pop(key, None) for key in ("BudgetLimit", "PlannedBudgetLimits")]
    return {"owned": [limits, budget.pop("CostFilters", None), budget.pop("FilterExpression", None)], "rest": budget}


def meddle(aws):
    budget = aws.budget(NAME)["budget"]
    budget["BudgetLimit"]["Amount"] = "1"
    budget["CostTypes"] = {"IncludeTax": False}
    aws("budgets").update_budget(AccountId=aws.q["account"], NewBudget=budget)
