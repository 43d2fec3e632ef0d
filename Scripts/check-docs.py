#!/usr/bin/env python3
"""Checks the documents: links lead somewhere, commands and kinds that exist are told of."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def tracked(pattern: str) -> list[pathlib.Path]:
    """The files that Git knows or would add, by a glob."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", pattern],
        cwd=ROOT, check=True, capture_output=True, text=True)
    return [path for line in listed.stdout.splitlines() if (path := ROOT / line).exists()]


def headings(path: pathlib.Path) -> set[str]:
    """The anchors of a Markdown file, as Git hosting makes them."""
    found = set()
    for line in path.read_text().splitlines():
        if match := re.match(r"#+ (.*)", line):
            text = re.sub(r"[^\w\- ]", "", match[1].lower())
            found.add(text.strip().replace(" ", "-"))
    return found


def broken_links(path: pathlib.Path) -> list[str]:
    """The links of a Markdown file that lead nowhere in the repository."""
    broken = []
    text = re.sub(r"```.*?```", "", path.read_text(), flags=re.S)
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (path.parent / name).resolve() if name else path
        if not file.exists():
            broken.append(f"{target}: there is no such file")
        elif anchor and file.suffix == ".md" and anchor not in headings(file):
            broken.append(f"{target}: there is no such heading")
    return broken


def main() -> int:
    problems = []
    for path in tracked("*.md"):
        problems += [f"{path.relative_to(ROOT)}: {link}" for link in broken_links(path)]
    readme = (ROOT / "README.md").read_text()
    # StateVerifyCommand.swift is `weir state verify`.
    commands = [" ".join(re.findall("[A-Z][a-z]*", path.stem.removesuffix("Command"))).lower()
                for path in (ROOT / "Sources/weir/Commands").glob("*Command.swift")]
    problems += [f"README.md: weir {name} is not told of"
                 for name in sorted(commands) if f"weir {name}" not in readme]
    glossary = (ROOT / "docs/glossary.md").read_text().lower()
    words = ["policy", "manifest", "kind", "environment", "resource type", "desired", "live",
             "state", "drift", "change", "plan", "operation", "snapshot", "journal", "apply",
             "rollback", "serial", "guardrail", "mode", "rung"]
    problems += [f"docs/glossary.md: {word} is missing"
                 for word in words if f"**{word}**" not in glossary]
    kinds = set(re.findall(r'kind: "(\w+)"', "\n".join(
        path.read_text() for path in (ROOT / "Sources/Policy").rglob("*.swift"))))
    manual = (ROOT / "docs/kinds.md").read_text()
    problems += [f"docs/kinds.md: {kind} is missing"
                 for kind in sorted(kinds) if f"## {kind}" not in manual]
    for problem in problems:
        print(f"docs: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
