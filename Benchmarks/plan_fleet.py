"""Plans over accounts of growing size, on the sandbox: time and memory should grow as the resources do.

Run by `make bench-plan`. The account and its policy are those of the test of requests.
"""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

import boto3

ROOT = Path(__file__).resolve().parent.parent
WEIR = ROOT / ".build/release/weir"
# Log groups, alarms, services (with target and policy) and buckets of the whole fleet.
FLEET = (1000, 1000, 300, 100)
SIZES = (1 / 8, 1 / 4, 1 / 2, 1)
# Each size is measured so often; the run with the least processor time counts.
ROUNDS = 3
HEADER = ("resources", "requests", "CPU ms", "peak MB", "CPU us/resource", "seconds")
VARIABLES = ("AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")


class Account:
    """A new account of the sandbox, as boto3 sees it."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        keys = self.control("POST", "accounts", {"session": False})
        self.q = {"account": keys["account"]}
        self.variables = dict(zip(VARIABLES, (endpoint, keys["access_key"], keys["secret_key"]), strict=True))
        self.clients: dict[str, Any] = {}

    def control(self, method: str, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.endpoint}/_sandbox/{path}", data, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or b"null")

    def __call__(self, service: str) -> Any:
        if service not in self.clients:
            keys = {"aws_access_key_id": self.variables[VARIABLES[1]],
                    "aws_secret_access_key": self.variables[VARIABLES[2]]}  # fmt: skip
            self.clients[service] = boto3.client(service, region_name="us-east-2", endpoint_url=self.endpoint, **keys)
        return self.clients[service]


def measure(command: list[str], folder: Path, variables: dict[str, str]) -> tuple[float, float, float]:
    """Seconds of processor time, MB at most, and seconds by the clock of a command that finds changes."""
    started = time.monotonic()
    with subprocess.Popen(command, cwd=folder, env=os.environ | variables, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 2:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, time.monotonic() - started


def row(endpoint: str, size: float, folder: Path) -> tuple[str, ...]:
    """What a plan over a fleet of this size takes."""
    counts = tuple(int(count * size) for count in FLEET)
    account = Account(endpoint)
    fleet = runpy.run_path(str(ROOT / "Tests/CommandTests/Fleet/account.py"))
    fleet["setup"](account, *counts)
    folder.mkdir()
    for name, text in fleet["policy"](account, *counts).items():
        (folder / name).write_text(text)
    for words in (("init", "-q"), ("add", "-A"), ("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a")):
        subprocess.run(["git", *words], cwd=folder, check=True)
    path = f"log?account={account.q['account']}"
    runs = []
    for _ in range(ROUNDS):
        account.control("DELETE", path)
        runs.append(measure([str(WEIR), "plan", "--detailed-exitcode", "--format", "json"], folder, account.variables))
    requests = len(account.control("GET", path))
    cpu, memory, seconds = min(runs)
    # A service is three resources: itself, its target and its policy.
    resources = counts[0] + counts[1] + 3 * counts[2] + counts[3]
    return (f"{resources}", f"{requests}", f"{cpu * 1e3:.0f}", f"{memory:.0f}",
            f"{cpu * 1e6 / resources:.0f}", f"{seconds:.2f}")  # fmt: skip


def main() -> None:
    """Start the sandbox, measure, print."""
    with tempfile.TemporaryDirectory(prefix="weir-bench-") as work:
        script, place = str(ROOT / "Scripts/sandbox"), ["--dir", f"{work}/sandbox"]
        subprocess.run([script, "start", *place], check=True, stdout=subprocess.DEVNULL)
        try:
            port = Path(work, "sandbox/port").read_text().strip()
            print("  ".join(f"{title:>15}" for title in HEADER))
            for index, size in enumerate(SIZES):
                cells = row(f"http://127.0.0.1:{port}", size, Path(work, f"policy{index}"))
                print("  ".join(f"{cell:>15}" for cell in cells), flush=True)
        finally:
            subprocess.run([script, "stop", *place], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
