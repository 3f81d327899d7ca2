"""Measures requests answered without a model: right, refused or wrong, by tier and language, and how fast."""

from __future__ import annotations

import json
import re
import shlex
import statistics
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dictation.core.commands import Command
from dictation.shell.command_context import Context
from dictation.shell.compose import compose

ROOT = Path(__file__).resolve().parents[1]
SETS = (ROOT / "tests/shell/cases/requests.jsonl", ROOT.parent / "shared/data/command_requests_dev.jsonl")
OFFLINE = ("literal", "phrase")
"""What is to be answered without a model."""

_IN_ORDER = frozenset(("find", "tar", "ffmpeg", "awk", "sed", "ssh", "docker"))
_OPERATOR = re.compile(r"[|&;<>]+")
Row = dict[str, Any]


def context(row: Row) -> Context:
    """Where the request of ``row`` is made."""
    where = row.get("context") or {}
    home = "/home/ann"
    cwd = str(where.get("cwd") or "~/proj").replace("~", home)
    return Context(
        shell=row["shell"],
        system=where.get("os", "linux"),
        cwd=cwd,
        home=home,
        branch=where.get("git_branch") or ("dev" if "context" not in row else ""),
        files=tuple(where.get("files", ())),
        tools=tuple(where.get("tools", ())),
    )


def words(command: str) -> list[Any]:
    """``command`` as its parts between operators, quotes resolved and options in one order where order says nothing."""
    try:
        lexer = shlex.shlex(command, posix=True, punctuation_chars="|&;<>")
        lexer.whitespace_split = True
        lexer.commenters = ""
        pieces = list(lexer)
    except ValueError:
        return [command]
    parts: list[Any] = [[]]
    for piece in pieces:
        if _OPERATOR.fullmatch(piece):
            parts += [piece, []]
        else:
            parts[-1].append(piece)
    return [_even(part) if isinstance(part, list) else part for part in parts]


def _even(part: list[str]) -> tuple[object, ...]:
    if not part or part[0] in _IN_ORDER:
        return tuple(part)
    options: list[str] = []
    rest: list[str] = []
    for word in part[1:]:
        if re.fullmatch("-[A-Za-z]{2,5}", word):
            options += [f"-{letter}" for letter in word[1:]]
        elif re.fullmatch(r"-n?\d+", word):
            options.append("-n")
            rest.append(word.lstrip("-n"))
        elif word.startswith("--") and "=" in word:
            name, _, value = word.partition("=")
            options.append(name)
            rest.append(value)
        else:
            (options if word.startswith("-") else rest).append(word)
    return part[0], tuple(sorted(options)), tuple(rest)


def same(command: str, references: Sequence[str]) -> bool:
    """Whether ``command`` is one of ``references``, or differs from one in quotes and the order of options only."""
    return command in references or words(command) in [words(each) for each in references]


@dataclass
class Measure:
    """What came of a set of requests."""

    right: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    mistakes: list[tuple[str, str]] = field(default_factory=list)
    inserted_wrong: int = 0
    milliseconds: list[float] = field(default_factory=list)

    def share(self, tier: str) -> float:
        """Of the requests of ``tier``, how many are right; 1 where there are none."""
        all_ = self.right[tier] + self.refused[tier] + self.wrong[tier]
        return self.right[tier] / all_ if all_ else 1.0


def measure(rows: Iterable[Row]) -> Measure:
    """Answer every request and compare. Where nothing is to be answered, refusing is right."""
    found = Measure()
    for row in rows:
        began = time.perf_counter()
        made = compose(row["spoken"], context(row))
        found.milliseconds.append((time.perf_counter() - began) * 1000)
        _judge(found, row, made)
    return found


def _judge(found: Measure, row: Row, made: Command | None) -> None:
    for name in (row["tier"], f"{row['tier']} {row['lang']}"):
        if made is None:
            (found.refused if row["refs"] else found.right)[name] += 1
        else:
            (found.right if same(made.text, row["refs"]) else found.wrong)[name] += 1
    if made is not None and not same(made.text, row["refs"]):
        found.mistakes.append((row["spoken"], made.text))
        found.inserted_wrong += made.risk == "safe" and made.insertable


def read(path: Path) -> list[Row]:
    """The requests in ``path``; none without it."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def requests() -> bool:
    """Print the measure of every set that is there; whether the targets are met."""
    met = True
    compose("git status", Context())  # tables are read once
    for path in SETS:
        if not (rows := read(path)):
            continue
        found = measure(rows)
        print(f"{path.name}: {len(rows)} requests answered without a model")
        for name in sorted({*found.right, *found.refused, *found.wrong}):
            right, refused, wrong = found.right[name], found.refused[name], found.wrong[name]
            print(f"  {name:16} right {right:4}  refused {refused:4}  wrong {wrong:3}  ({found.share(name):.0%})")
        ordered = sorted(found.milliseconds)
        print(
            f"  wrong and inserted at once: {found.inserted_wrong};"
            f" p50 {statistics.median(ordered):.1f} ms, p99 {ordered[int(len(ordered) * 0.99)]:.1f} ms"
        )
        for spoken, made in found.mistakes:
            print(f"    wrong: {spoken!r} -> {made}")
        met = met and all(found.share(tier) >= 0.9 for tier in OFFLINE) and not found.inserted_wrong
    return met


if __name__ == "__main__":
    raise SystemExit(0 if requests() else 1)
