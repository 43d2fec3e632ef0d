"""Compares Weir's AWS client with boto3 on one server, and prints a table. Run by `make bench`.

Both are measured in the same run, each case in a process of its own, after one call to warm up.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from canned_server import DELAY, CannedServer

HERE = Path(__file__).resolve().parent
# The longest that one process may take; the whole is bounded by it.
LIMIT = 300
HEADER = (
    "answer", "delay", "calls", "conns", "client",
    "calls/s", "CPU us/call", "peak MB", "per CPU s", "of ideal",
)  # fmt: skip


@dataclass
class Case:
    """So many calls over so many connections."""

    kind: str
    is_slow: bool
    calls: int
    connections: int

    def ideal(self) -> float:
        """The seconds that the server's delay alone takes."""
        return self.calls / self.connections * DELAY

    def arguments(self, server: CannedServer) -> list[str]:
        """What both programs are told."""
        url = server.slow_url if self.is_slow else server.url
        return [url, self.kind, str(self.calls), str(self.connections)]


@dataclass
class Figures:
    """What a program needed for a case."""

    calls: int
    seconds: float
    cpu: float
    memory: int


def cases() -> list[Case]:
    """All cases; with a delay fewer calls, so that each takes some three seconds."""
    sizes = (1, 16, 64)
    fast = [Case(kind, False, calls, size) for kind, calls in (("json", 10_000), ("xml", 1_000)) for size in sizes]
    slow = [Case(kind, True, 100 * size, size) for kind in ("json", "xml") for size in sizes if kind == "json" or size < 64]
    return fast + slow


def build() -> Path:
    """Build the Swift program for release; its path."""
    command = [os.environ.get("SWIFT", "swift"), "build", "-c", "release", "--package-path", str(HERE)]
    subprocess.run([*command, "--product", "aws-calls"], check=True, stdout=sys.stderr)
    path = subprocess.run([*command, "--show-bin-path"], check=True, capture_output=True, text=True).stdout.strip()
    return Path(path) / "aws-calls"


def measure(command: list[str]) -> Figures:
    """Run a program and read its figures."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "AWS_EC2_METADATA_DISABLED": "true"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=LIMIT, env=environment)
    return Figures(**json.loads(done.stdout))


def rows(case: Case, ours: Figures, theirs: Figures) -> list[tuple[str, ...]]:
    """The two lines of a case."""
    ratio = (ours.calls / ours.cpu) / (theirs.calls / theirs.cpu)

    def row(name: str, figures: Figures, per_cpu: str) -> tuple[str, ...]:
        of_ideal = f"{figures.seconds / case.ideal():.2f}x" if case.is_slow else "-"
        return (
            case.kind, f"{DELAY * 1000:.0f} ms" if case.is_slow else "none", str(case.calls), str(case.connections), name,
            f"{figures.calls / figures.seconds:,.0f}", f"{figures.cpu / figures.calls * 1e6:,.0f}",
            f"{figures.memory / 1e6:.0f}", per_cpu, of_ideal,
        )  # fmt: skip

    return [row("weir", ours, f"{ratio:.1f}x"), row("boto3", theirs, "1.0x")]


def table(lines: list[tuple[str, ...]]) -> str:
    """The lines under each other, numbers to the right."""
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADER))]
    left = {0, 4}
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def main() -> None:
    """Measure every case, and print."""
    program = str(build())
    boto3 = [sys.executable, str(HERE / "aws_calls.py")]
    lines: list[tuple[str, ...]] = [HEADER]
    ratios, delays = [], []
    with CannedServer() as server:
        print(f"small JSON answers, and XML answers of {server.xml_size / 1000:.0f} KB; nginx, loopback, 1 worker")
        for case in cases():
            print(f"bench: {case}", file=sys.stderr)
            ours, theirs = (measure([*command, *case.arguments(server)]) for command in ([program], boto3))
            lines += rows(case, ours, theirs)
            ratios.append((ours.calls / ours.cpu) / (theirs.calls / theirs.cpu))
            if case.is_slow:
                delays.append(ours.seconds / case.ideal())
    print(table(lines))
    print(f"calls per CPU second, Weir to boto3: at least {min(ratios):.1f}x (target 8x)")
    print(f"time to calls / connections x delay: at most {max(delays):.2f}x (target 1.3x)")


if __name__ == "__main__":
    main()
