"""A budget that Weir makes, beside one of somebody else's."""

NAME, OTHER = "shop monthly", "theirs"


def setup(aws):
    aws.make_budget(OTHER)


def picture(aws):
    other = aws.budget(OTHER)
    return {"owned": aws.budget(NAME), "rest": other}


def meddle(aws):
    budgets = aws("budgets")
    for name, amount in ((NAME, "5000"), (OTHER, "71")):
        budget = aws.budget(name)["budget"] | {"BudgetLimit": {"Amount": amount, "Unit": "USD"}}
        budgets.update_budget(AccountId=aws.q["account"], NewBudget=budget)
