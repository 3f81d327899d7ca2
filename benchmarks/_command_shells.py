"""Measures the lists of everyday requests in ``tests/shell/data`` in bash, and their answers in the other shells.

What is right is written for bash. In another shell an answer is counted, compared with that of bash, and read by the
shell itself where it is installed (``zsh -n``, ``fish -n``); nothing runs.
"""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks._command_requests import same
from dictation.core.commands import Command
from dictation.shell.command_context import SHELLS, Context
from dictation.shell.compose import compose

DATA = Path(__file__).resolve().parents[1] / "tests" / "shell" / "data"
LISTS = ("asked_first", "asked_second", "asked_third", "asked_fourth", "asked_fifth", "asked_restricted")
HERE = Context(
    branch="dev", branches=("dev", "main"), cwd="/home/ann/shop", home="/home/ann",
    files=(
        "src", "docs", "tests", "logs", "dist", "build", "config", "k8s", "scripts", "data", "package.json",
        "Dockerfile", "Makefile", "README.md", "app.log", "server.log", "data.csv", "data.json", "notes.txt",
        "names.txt", "main.py", "app.py", "main.go", "main.c", "config.yml", "deploy.sh", "run.sh", "image.iso",
        "requirements.txt", "a.txt", "b.txt",
    ),
)  # fmt: skip
"""A folder with a little of everything."""

WINDOWS = ("powershell", "cmd")


@dataclass
class Tally:
    """How the answers to one list are; ``inserted`` of the wrong ones would go in by themselves."""

    counts: Counter[str] = field(default_factory=Counter)
    inserted: int = 0
    mistakes: list[tuple[str, str]] = field(default_factory=list)

    def share(self) -> float:
        """Of all requests, how many are answered rightly."""
        return self.counts["right"] / max(1, self.counts.total())


def asked(name: str) -> Iterator[tuple[str, list[str]]]:
    """The requests of one list, each with the commands that are right; none where nothing is."""
    for line in (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            request, *right = line.split("\t")
            yield request, right


def tally(name: str) -> Tally:
    """Answer a list in bash and compare. Where nothing is right, refusing is."""
    found = Tally()
    for request, right in asked(name):
        made = compose(request, HERE)
        if made is None:
            found.counts["nothing" if right else "right"] += 1
        elif same(made.text, right):
            found.counts["right"] += 1
        else:
            found.counts["wrong"] += 1
            found.inserted += made.risk == "safe" and made.insertable
            found.mistakes.append((request, made.text))
    return found


def parsed(commands: Sequence[str], shell: str) -> list[str]:
    """The commands that ``shell`` cannot read; none where it is not installed."""
    program = shutil.which(shell) if shell not in WINDOWS else None
    if program is None:
        return []

    def reads(text: str) -> bool:
        run = subprocess.run([program, "-n"], input=text, capture_output=True, text=True, timeout=60, check=False)
        return run.returncode == 0

    return [] if reads("\n".join(commands)) else [each for each in commands if not reads(each + "\n")]


def _in(shell: str, requests: Sequence[str]) -> list[Command | None]:
    where = replace(HERE, shell=shell, system="windows" if shell in WINDOWS else "linux")
    return [compose(each, where) for each in requests]


def lists() -> None:
    """Print the table of every list, then of every shell on all of them."""
    for name in LISTS:
        found = tally(name)
        counts = found.counts
        print(
            f"{name}: {counts.total()} requests, right {counts['right']} ({found.share():.0%}), nothing "
            f"{counts['nothing']}, wrong {counts['wrong']}, of these inserted at once {found.inserted}"
        )
        for request, made in found.mistakes:
            print(f"    wrong: {request!r} -> {made}")
    requests = [request for name in LISTS for request, _ in asked(name)]
    plain = _in("bash", requests)
    for shell in SHELLS:
        answers = plain if shell == "bash" else _in(shell, requests)
        texts = [each.text for each in answers if each]
        pairs = zip(plain, answers, strict=True)
        alike = sum(one is not None and other is not None and one.text == other.text for one, other in pairs)
        broken = parsed(texts, shell)
        print(
            f"  {shell:11} answers {len(texts):4}/{len(requests)}, as in bash {alike:4}, "
            f"unreadable for the shell {len(broken) if shutil.which(shell) else 'not measured'}"
        )
        for command in broken:
            print(f"    unreadable: {command}")


if __name__ == "__main__":
    lists()
