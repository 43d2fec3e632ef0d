"""A budget with a name of every kind of character, beside one that would match it if it were a pattern."""

NAME = "50% of #1 \"Größe\" / a+b='c' <d> & *?[e] {f} 費用 💶 ${g} | `h`"
OTHER = NAME.replace("*?", "xy")


def setup(aws):
    aws.make_budget(OTHER)


def picture(aws):
    return {"owned": aws.budget(NAME), "rest": aws.budget(OTHER)}


def meddle(aws):
    for name, amount in ((NAME, "5000"), (OTHER, "71")):
        budget = aws.budget(name)["budget"] | {"BudgetLimit": {"Amount": amount, "Unit": "USD"}}
        aws("budgets").update_budget(AccountId=aws.q["account"], NewBudget=budget)
