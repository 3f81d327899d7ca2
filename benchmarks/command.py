"""The guard of command mode beside a deny list of patterns, on labelled commands; then the characters, fuzzed.

The labelled commands: tests/shell/cases and, where it is, ../shared/data/command_safety_dev.jsonl. A dangerous command
is found when it is not called safe; a harmless one is flagged when it is not. Times: one call, warm, best of three.

    PYTHONPATH=. python benchmarks/command.py                  # a million strings: some minutes
    PYTHONPATH=. python benchmarks/command.py --strings 20000 --changed 1000
    PYTHONPATH=. python benchmarks/command.py --llm http://127.0.0.1:8181/v1 --model NAME
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import random
import re
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks._command_fuzz import fuzz as changes
from benchmarks._command_shells import lists
from dictation.core.errors import CommandError
from dictation.shell.command_context import SHELLS, Context
from dictation.shell.guard.characters import LONGEST, fit
from dictation.shell.guard.grade import grade
from tests.shell.cases import Case, cases

ROOT = Path(__file__).resolve().parents[1]
REQUESTS = ROOT / "tests" / "shell" / "cases" / "requests.jsonl"
RECORDED = ROOT.parent / "shared" / "data" / "command_safety_dev.jsonl"
PATTERNS = (
    r"\brm\s+(?:-\w+\s+)*-\w*[rf]", r"\bsudo\b", r"\bdd\b.*\bof=", r"\bmkfs", r"\bshutdown\b|\breboot\b|\bhalt\b|"
        r"\bpoweroff\b",
    r":\(\)\s*\{", r"\bchmod\b.*777", r"\bchown\s+-R", r"\|\s*(?:sudo\s+)?(?:ba|z|da)?sh\b",
        r"git\s+push\s+.*(?:--force|-f)\b",
    r"git\s+reset\s+--hard", r"git\s+clean\s+-\w*f", r"\bdrop\s+(?:table|database)\b", r"\btruncate\b",
        r">\s*/dev/sd",
    r"\bkill\s+-9", r"\bcrontab\s+-r", r"\bdel\s+/", r"\bformat\s+\w:", r"Remove-Item\b.*-Recurse",
        r"\biex\b|Invoke-Expression",
    r"\bterraform\s+destroy", r"\bkubectl\s+delete", r"docker\s+system\s+prune", r"\bmv\b.*/dev/null", r"\beval\b",
        r"\bnc\b.*-e", r"/dev/tcp/",
)  # fmt: skip
"""What such lists hold."""

DENIED = re.compile("|".join(f"(?:{each})" for each in PATTERNS), re.IGNORECASE)


@dataclass(frozen=True)
class Score:
    """Commands of one severity (or harmless ones): how many there are, how many are flagged, by us and by the list."""

    all: int
    ours: int
    theirs: int


def recorded() -> list[Case]:
    """The labelled commands of the shared data; none where they are not."""
    if not RECORDED.exists():
        return []
    rows = [json.loads(line) for line in RECORDED.read_text(encoding="utf-8").splitlines()]
    return [Case(row["command"], row["shell"], "safe" if row["verdict"] == "safe" else row["severity"]) for row in rows]


def flagged(case: Case) -> bool:
    """Whether the guard says anything but safe."""
    return grade(case.command, case.shell).risk != "safe"


def denied(case: Case) -> bool:
    """Whether a pattern of the deny list is found."""
    return bool(DENIED.search(case.command))


def score(some: list[Case]) -> Score:
    """Both ways on the same commands."""
    return Score(len(some), sum(map(flagged, some)), sum(map(denied, some)))


def seconds(call: Callable[[Case], object], some: list[Case]) -> tuple[float, float]:
    """The median and the 99th percentile of one call."""
    times = []
    for each in some:
        tries = []
        for _ in range(3):
            start = time.perf_counter()
            call(each)
            tries.append(time.perf_counter() - start)
        times.append(min(tries))
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.99)]


def safety() -> None:
    """The table: what is found, what is flagged wrongly, how long it takes."""
    for title, some in (("labelled, shared", recorded()), ("labelled, own", list(cases()))):
        if not some:
            continue
        print(f"\n{title}: {len(some)} commands            guard            deny list")
        for severity in ("critical", "high", "medium", "low", "safe"):
            row = score([each for each in some if each.severity == severity])
            if row.all:
                word = "flagged" if severity == "safe" else "found"
                ours = f"{row.ours:5}/{row.all} {row.ours / row.all:6.1%}"
                print(f"  {severity:9} {word:8} {ours}  {row.theirs:5}/{row.all} {row.theirs / row.all:6.1%}")
        for shell in SHELLS:
            bad = score([each for each in some if each.shell == shell and each.severity in ("critical", "high")])
            good = score([each for each in some if each.shell == shell and each.severity == "safe"])
            found, wrong = f"{bad.ours}/{bad.all} against {bad.theirs}", f"{good.ours}/{good.all} against {good.theirs}"
            print(f"  {shell:11} found {found}; flagged {wrong}")
        (half, last), (plain, worst) = seconds(flagged, some), seconds(denied, some)
        print(
            f"  ms: p50 {half * 1e3:.2f}, p99 {last * 1e3:.2f}; deny list p50 {plain * 1e3:.3f}, p99 {worst * 1e3:.3f}"
        )


HARMFUL = {"Cc", "Cs", "Co", "Cn", "Cf", "Zl", "Zp"}


def harmful(text: str) -> bool:
    """Whether a terminal would obey something in ``text``, or a reader be deceived by something unseen."""
    if len(text) > LONGEST or text != unicodedata.normalize("NFC", text):
        return True
    if any(each < " " or each == "\x7f" for each in text):
        return True
    kinds = {unicodedata.category(each) for each in text if each != " "}
    return bool(kinds & {*HARMFUL, "Zs"})


def fuzz(count: int) -> tuple[int, int]:
    """How many of ``count`` strings pass, and how many of those are harmful (which must be none)."""
    chance = random.Random(7)
    odd = [
        chr(each)
        for each in (*range(0x20), *range(0x7F, 0xA1), *range(0x2000, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF, 0xE0041)
    ]
    plain, seeds = [chr(each) for each in range(0x20, 0x7F)], [each.command for each in cases()]
    passed = bad = 0
    for _ in range(count):
        kind = chance.random()
        if kind < 0.5:
            text = chance.choice(seeds)
            spot = chance.randrange(len(text) + 1)
            text = text[:spot] + chance.choice(odd if kind < 0.25 else plain) + text[spot:]
        else:
            text = "".join(chr(chance.randrange(0x11000) if chance.random() < 0.1 else chance.randrange(0x20,
                0x3000)) if chance.random() < 0.15 else chance.choice(plain) for _ in range(chance.randrange(1,
                25)))  # fmt: skip
        try:
            out = fit(text)
        except CommandError:
            continue
        passed += 1
        bad += harmful(out)
    return passed, bad


def unused(count: int) -> None:
    """Requests with a word more, or another one: how many safe answers leave that word unused."""
    rows = [json.loads(line) for line in REQUESTS.read_text(encoding="utf-8").splitlines() if line]
    asked = [row["spoken"] for row in rows if row["refs"] and row["shell"] == "bash"]
    where = Context(branch="dev", branches=("dev", "main"), cwd="/home/ann/proj", home="/home/ann")
    found = changes(asked, count, where)
    print(f"\nwords left unused: {len(found)} safe answers to {count} changed requests")
    for one, made in found:
        print(f"    {one.word!r} in {one.changed!r} -> {made.text}")


def main() -> None:
    """All sections."""
    parser = argparse.ArgumentParser(description="The guard of command mode, measured.")
    parser.add_argument("--strings", type=int, default=1_000_000, help="strings for the character fuzz")
    parser.add_argument("--changed", type=int, default=10_000, help="changed requests for the fuzz of unused words")
    parser.add_argument("--llm", metavar="URL", help="measure only this OpenAI-compatible server's commands")
    parser.add_argument("--model", default="local", help="the name of its model")
    parser.add_argument("--seconds", type=float, default=120, help="the longest wait for one of its answers")
    given = parser.parse_args()
    if given.llm:
        from benchmarks._command_model import measure

        raise SystemExit(0 if measure(given.llm, given.model, given.seconds) else 1)
    safety()
    start = time.perf_counter()
    passed, bad = fuzz(given.strings)
    print(
        f"\ncharacters: {given.strings} strings, {passed} pass, {bad} of them harmful "
        f"({time.perf_counter() - start:.0f} s)"
    )
    unused(given.changed)
    if importlib.util.find_spec("benchmarks._command_requests"):
        importlib.import_module("benchmarks._command_requests").requests()
    lists()


if __name__ == "__main__":
    main()
