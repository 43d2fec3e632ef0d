"""Schedule expressions of Application Auto Scaling: at(...), rate(...) and cron(...)."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from zoneinfo import available_timezones

MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
DAYS = "SUN MON TUE WED THU FRI SAT".split()
FIELDS = [
    ("minutes", 0, 59, [], ""),
    ("hours", 0, 23, [], ""),
    ("day of month", 1, 31, [], "?LW"),
    ("month", 1, 12, MONTHS, ""),
    ("day of week", 1, 7, DAYS, "?L#"),
    ("year", 1970, 2199, [], ""),
]
_RATE = re.compile(r"rate\(([1-9]\d*) (minute|minutes|hour|hours|day|days)\)")
_AT = re.compile(r"at\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\)")


def is_time_zone(name: str) -> bool:
    """Whether the IANA database has the zone."""
    return name in _zones()


@cache
def _zones() -> set[str]:
    return available_timezones()


def problem(expression: str) -> str | None:
    """What is wrong with an expression, or nothing."""
    rate = _RATE.fullmatch(expression)
    if rate:
        singular = not rate[2].endswith("s")
        return None if singular == (rate[1] == "1") else f"{rate[1]} {rate[2]}"
    at = _AT.fullmatch(expression)
    if at:
        try:
            datetime.fromisoformat(at[1])
        except ValueError:
            return f"there is no time {at[1]}"
        return None
    if expression.startswith("cron(") and expression.endswith(")"):
        return _cron_problem(expression[5:-1].split())
    return "it is none of at(...), rate(...) and cron(...)"


def _cron_problem(parts: list[str]) -> str | None:
    if len(parts) != len(FIELDS):
        return f"a cron expression has 6 fields, this one has {len(parts)}"
    if (parts[2] == "?") == (parts[4] == "?"):
        return "exactly one of day of month and day of week must be ?"
    for text, (name, low, high, words, extra) in zip(parts, FIELDS):
        if not all(_is_item(item, low, high, words, extra) for item in text.split(",")):
            return f"the field {name} cannot be {text}"
    return None


def _is_item(item: str, low: int, high: int, words: list[str], extra: str) -> bool:
    if item == "*" or (item == "?" and "?" in extra):
        return True
    if "L" in extra and (item == "L" or re.fullmatch(r"[1-7]L", item)):
        return True
    if "W" in extra and re.fullmatch(r"(\d{1,2}|L)W", item):
        return True
    if "#" in extra and re.fullmatch(r"[1-7]#[1-5]", item):
        return True
    base, _, step = item.partition("/")
    if ("/" in item) and not (step.isdigit() and 0 < int(step) <= high):
        return False
    if base == "*":
        return True
    numbers = [_number(word, words, low) for word in base.split("-")]
    if len(numbers) > 2 or any(number is None or not low <= number <= high for number in numbers):
        return False
    return len(numbers) == 1 or words == DAYS or numbers[0] <= numbers[1]


def _number(word: str, words: list[str], low: int) -> int | None:
    if word.isdigit():
        return int(word)
    return words.index(word.upper()) + low if word.upper() in words else None
