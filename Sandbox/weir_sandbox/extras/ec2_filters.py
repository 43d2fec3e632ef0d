r"""EC2's filters as EC2 has them: `*` and `?` are wildcards, `\` takes the next character as it is, and all else is
itself. moto matches as shells do: with `[`, and without `\`.
"""

from __future__ import annotations

import re
from types import SimpleNamespace

from moto.ec2 import utils
from moto.ec2.models import tags

WILD = {"*": ".*", "?": "."}


def expression(value: str) -> str:
    """The regular expression that a value of a filter means."""
    parts = re.findall(r"\\?.", value, re.DOTALL)
    return "(?s:" + "".join(WILD.get(part) or re.escape(part[-1]) for part in parts) + r")\Z"


def is_match(text: str, value: str) -> bool:
    """Whether a value of a filter means a text."""
    return re.match(expression(value), text) is not None


def install() -> None:
    """Let moto match so."""
    utils.fnmatch = SimpleNamespace(fnmatch=is_match, translate=expression)
    utils.simple_aws_filter_to_re = tags.simple_aws_filter_to_re = expression
