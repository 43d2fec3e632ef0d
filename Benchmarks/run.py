"""Compares Weir's AWS client with boto3 on one server, and prints a table. Run by `make bench`.

Both are measured in the same run, each case in a process of its own, after one call to warm up.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from canned_server import DELAY, CannedServer

HERE = Path(__file__).resolve().parent
# The longest that one process may take; the whole is bounded by it.
LIMIT = 300
# Each program runs each case so often, in turns; its run with the least processor time counts. With a delay nothing is
# compared: boto3 runs once, and Weir's shortest run counts, for others move the clock.
ROUNDS = 4
# Does nothing, as long as its parent lives.
SPINNER = "import os\nparent = os.getppid()\nwhile os.getppid() == parent: pass"
# Calls per second of processor time, as a multiple of boto3's.
TARGET = 8
# The time, as a multiple of what the server's delay alone takes.
LATENCY_TARGET = 1.3
HEADER = (
    "answer", "delay", "calls", "conns", "client",
    "calls/s", "CPU us/call", "peak MB", "per CPU s", "of ideal", "target",
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
    """All cases; with a delay so many calls that each case takes at least a second and a half."""
    sizes = (1, 16, 64)
    fast = [Case(kind, False, calls, size) for kind, calls in (("json", 10_000), ("xml", 1_000)) for size in sizes]
    return fast + [Case(kind, True, 50 * size, size) for kind in ("json", "xml") for size in sizes]


def build() -> Path:
    """Build the Swift program for release, as Weir is; its path."""
    command = [
        os.environ.get("SWIFT", "swift"), "build", "-c", "release", "--static-swift-stdlib", "--package-path", str(HERE),
    ]  # fmt: skip
    # A plan of an earlier build would not know files that Weir got since.
    fresh = "--disable-build-manifest-caching"
    subprocess.run([*command, fresh, "--product", "aws-calls"], check=True, stdout=sys.stderr)
    path = subprocess.run([*command, "--show-bin-path"], check=True, capture_output=True, text=True).stdout.strip()
    return Path(path) / "aws-calls"


@contextmanager
def awake() -> Iterator[None]:
    """Keep the processors from sleeping: a program beside each that runs only where nobody else wants to."""
    processors = sorted(os.sched_getaffinity(0))
    spinners = [subprocess.Popen([sys.executable, "-c", SPINNER]) for _ in processors]
    try:
        for spinner, processor in zip(spinners, processors, strict=True):
            os.sched_setaffinity(spinner.pid, {processor})
            os.sched_setscheduler(spinner.pid, os.SCHED_IDLE, os.sched_param(0))
        yield
    finally:
        for spinner in spinners:
            spinner.kill()
            spinner.wait()


def measure(command: list[str]) -> Figures:
    """Run a program and read its figures."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "AWS_EC2_METADATA_DISABLED": "true"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=LIMIT, env=environment)
    return Figures(**json.loads(done.stdout))


def best(command: list[str], other: list[str], is_slow: bool) -> tuple[Figures, Figures]:
    """The best of some runs of two programs, in turns so that both meet the same machine."""
    ours, theirs = [], []
    for turn in range(ROUNDS):
        ours.append(measure(command))
        if not is_slow or turn == 0:
            theirs.append(measure(other))

    def cost(figures: Figures) -> float:
        return figures.seconds if is_slow else figures.cpu

    return min(ours, key=cost), min(theirs, key=cost)


def is_met(case: Case, ours: Figures, theirs: Figures) -> bool:
    """Whether a case is as quick as it shall be."""
    if case.is_slow:
        return ours.seconds / case.ideal() <= LATENCY_TARGET
    return ratio(ours, theirs) >= TARGET


def ratio(ours: Figures, theirs: Figures) -> float:
    """Calls per second of processor time, as a multiple of the other's."""
    return (ours.calls / ours.cpu) / (theirs.calls / theirs.cpu)


def rows(case: Case, ours: Figures, theirs: Figures) -> list[tuple[str, ...]]:
    """The two lines of a case."""
    target = f"at most {LATENCY_TARGET}x of ideal" if case.is_slow else f"at least {TARGET}x per CPU s"
    verdict = f"{target}: {'met' if is_met(case, ours, theirs) else 'MISSED'}"

    def row(name: str, figures: Figures, per_cpu: str, verdict: str) -> tuple[str, ...]:
        of_ideal = f"{figures.seconds / case.ideal():.2f}x" if case.is_slow else "-"
        return (
            case.kind, f"{DELAY * 1000:.0f} ms" if case.is_slow else "none", str(case.calls), str(case.connections), name,
            f"{figures.calls / figures.seconds:,.0f}", f"{figures.cpu / figures.calls * 1e6:,.0f}",
            f"{figures.memory / 1e6:.0f}", per_cpu, of_ideal, verdict,
        )  # fmt: skip

    return [row("weir", ours, f"{ratio(ours, theirs):.1f}x", verdict), row("boto3", theirs, "1.0x", "")]


def table(lines: list[tuple[str, ...]]) -> str:
    """The lines under each other, numbers to the right."""
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADER))]
    left = {0, 4, 10}
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
    met = 0
    with CannedServer() as server, awake():
        for case in cases():
            print(f"bench: {case}", file=sys.stderr)
            commands = ([*command, *case.arguments(server)] for command in ([program], boto3))
            ours, theirs = best(*commands, case.is_slow)
            lines += rows(case, ours, theirs)
            met += is_met(case, ours, theirs)
        print(f"small JSON answers, and XML answers of {server.xml_size / 1000:.0f} KB; nginx, loopback, 1 worker")
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the end")
    print(f"the best of {ROUNDS} runs; with a delay boto3 once")
    print(table(lines))
    print(f"{met} of {len(cases())} targets met")


if __name__ == "__main__":
    main()
