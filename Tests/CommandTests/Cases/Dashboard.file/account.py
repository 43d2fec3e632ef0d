"""The account of the case Dashboard: a file asks for what widgets ask for there."""

from pathlib import Path
from runpy import run_path

globals().update(run_path(str(Path(__file__).parent.parent / "Dashboard/account.py")))
