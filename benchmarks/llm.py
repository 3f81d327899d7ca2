"""Owns the measure of the language model's pass: the right text in time, whatever the server does.

    PYTHONPATH=. python benchmarks/llm.py [--deadline 2.5] [--rounds 1] [--json]

A server on this machine plays every scene there is (no model is in it). Printed side by side for each: what is typed by
us, and what the plain way types, which does every edit and types an answer that is none. Then the price of judging an
edit, and what part of real mistakes and of near misses is accepted. Exit code 1 when a promise is not kept.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import re
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from dictation.app.words.endpoint import Switchboard
from dictation.app.words.model_pass import Polish
from dictation.app.words.word_rules import WordRules
from dictation.core import rewrite
from dictation.core.errors import RewriteError
from dictation.core.settings import Settings, put
from dictation.core.types import Draft, Transcript
from dictation.language.correct import Corrector
from dictation.language.model.check_edits import Ear, indexes_of
from dictation.language.rule_options import RuleOptions
from dictation.language.terms.lists.glossary import builtin
from tests.engines.chat_scenes import SCENES, Scene
from tests.engines.chat_server import ChatServer, serving

GRACE_SECONDS = 0.15
"""Over the deadline that is still in time: two cores that do other things wake a thread late."""

CASES = Path(__file__).resolve().parents[2] / "shared" / "data" / "terms_dev.jsonl"
_TOKEN = re.compile(r"[\u4e00-\u9fff]|[A-Za-z0-9_./+#'-]+|\S")


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    given.add_argument("--deadline", type=float, default=2.5)
    given.add_argument("--rounds", type=int, default=1)
    given.add_argument("--json", action="store_true")
    wishes = given.parse_args()
    os.environ["DICTATION_API_KEY"] = "sk-benchmark"
    with tempfile.TemporaryDirectory() as folder:
        words = WordRules(Path(folder) / "glossary.tsv")
        words.ready(Settings())
        rows = [row for _ in range(wishes.rounds) for row in scenes(words, wishes.deadline)]
    judged = judging()
    if wishes.json:
        print(json.dumps({"scenes": rows, "judging": judged}, ensure_ascii=False))
    else:
        show(rows, judged, wishes.deadline)
    late = [row for row in rows if float(str(row["seconds"])) > wishes.deadline + GRACE_SECONDS]
    wrong = [row for row in rows if not row["right"]]
    return 1 if late or wrong or judged["near_misses_accepted"] else 0


def scenes(words: WordRules, deadline: float) -> Iterator[dict[str, object]]:
    """One row per scene."""
    for scene in SCENES:
        with serving(**scene.server) as server:
            url = server.url if scene.up else _nowhere()
            settings = _configured(url, deadline)
            board = Switchboard()
            if chat := board.chat(settings):
                chat.warm()
            rewriter = Polish(words, board).rewriter(settings)
            assert rewriter
            told = ""
            began = time.monotonic()
            try:
                typed = rewriter.rewrite(Draft(scene.said, scene.said), Transcript(scene.said, "")).text
            except RewriteError as error:
                typed, told = scene.said, error.code
            took = time.monotonic() - began
            plain = words.correct(settings, _plain(scene, server), "").text
        yield {
            "scene": scene.name, "right": typed == scene.typed, "mended": typed != scene.said, "told": told,
            "seconds": round(took, 3), "typed": typed, "plain_types": plain,
            "plain_right": plain == scene.typed,
        }  # fmt: skip


def _plain(scene: Scene, server: ChatServer) -> str:
    """What a tool types that does every edit, and takes an answer in another form for the text."""
    if not scene.up or server.manner in ("hang", "drip", "close", "401", "429", "500", "refuses-all", "no-json"):
        return "(an error)"
    if server.manner in ("empty-body", "bad-json", "html", "no-choices"):
        return "(an error)"
    said = server.answer({"messages": [{"content": scene.said}]})
    try:
        made = json.loads(said)
        text = scene.said
        for edit in made["edits"]:
            text = text.replace(edit["from"], edit["to"])
        return text
    except (ValueError, KeyError, TypeError):
        return said


def judging() -> dict[str, float]:
    """How the judgement does on real mistakes: everything the terms' rules mend, given as a model would."""
    corrector = Corrector(options=RuleOptions(punctuation="full"))
    bare, ear = Corrector.without_terms(RuleOptions(punctuation="full")), Ear(indexes_of(corrector))
    wanted = accepted = near = near_accepted = 0
    times: list[float] = []
    for case in _cases():
        heard = bare.apply(case["heard"]).text
        for before, after in _differences(heard, case["want"]):
            wanted += 1
            began = time.perf_counter()
            _, edits = rewrite.accept(heard, [rewrite.Proposal(before, after)], ear)
            times.append((time.perf_counter() - began) * 1000)
            accepted += bool(edits)
        if case["heard"] == case["want"]:
            for before, after in _temptations(heard):
                near += 1
                near_accepted += bool(rewrite.accept(heard, [rewrite.Proposal(before, after)], ear)[1])
    return {
        "mistakes": wanted, "mistakes_accepted": accepted, "near_misses": near, "near_misses_accepted": near_accepted,
        "ms_median": round(statistics.median(times), 2) if times else 0.0, "ms_max": round(max(times, default=0.0), 2),
    }  # fmt: skip


def _cases() -> list[dict[str, str]]:
    if not CASES.exists():
        return [
            {"heard": "我们用酷伯内提斯部署", "want": "我们用 Kubernetes 部署"},
            {"heard": "鸡特别好吃", "want": "鸡特别好吃"},
        ]
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def _differences(heard: str, want: str) -> Iterator[tuple[str, str]]:
    one, other = list(_TOKEN.finditer(heard)), list(_TOKEN.finditer(want))
    matcher = difflib.SequenceMatcher(None, [token[0] for token in one], [token[0] for token in other], autojunk=False)
    for kind, first, last, begin, end in matcher.get_opcodes():
        if kind == "replace":
            yield heard[one[first].start() : one[last - 1].end()], want[other[begin].start() : other[end - 1].end()]


def _temptations(text: str) -> Iterator[tuple[str, str]]:
    """For every piece of a sentence that is right, twelve terms, among them those that begin with the same sound."""
    terms = [entry.term for entry in builtin()]
    tokens = list(_TOKEN.finditer(text))
    for first in range(len(tokens)):
        for last in range(first + 1, min(len(tokens), first + 4) + 1):
            piece = text[tokens[first].start() : tokens[last - 1].end()]
            for step in range(12):
                term = terms[(hash_of(piece) + step * 97) % len(terms)]
                if term.casefold() != piece.casefold():
                    yield piece, term


def hash_of(text: str) -> int:
    """The same in every run, which Python's own is not."""
    return sum(ord(each) * 31**at for at, each in enumerate(text))


def show(rows: list[dict[str, object]], judged: dict[str, float], deadline: float) -> None:
    """The tables."""
    print(f"{'the server':38} {'ours':>7} {'plain':>7} {'seconds':>8}  told")
    for row in rows:
        ours = ("mended" if row["mended"] else "kept") if row["right"] else "WRONG"
        plain = "right" if row["plain_right"] else "error" if row["plain_types"] == "(an error)" else "WRONG"
        print(f"{row['scene']!s:38} {ours:>7} {plain:>7} {row['seconds']!s:>8}  {row['told']}")
    right, plain_right = sum(bool(row["right"]) for row in rows), sum(bool(row["plain_right"]) for row in rows)
    slowest = max(float(str(row["seconds"])) for row in rows)
    print(f"\nright: ours {right} of {len(rows)}, the plain way {plain_right} of {len(rows)}")
    print(f"slowest: {slowest:.2f} s of {deadline:g} s allowed")
    share = judged["mistakes_accepted"] / max(1, judged["mistakes"])
    done, mistakes = judged["mistakes_accepted"], judged["mistakes"]
    print(f"real mistakes, mended as a good model would: {done} of {mistakes} accepted ({share:.0%})")
    near, tempted = judged["near_misses_accepted"], judged["near_misses"]
    print(f"terms pressed on sentences that are right: {near} of {tempted} accepted")
    print(f"judging one edit: median {judged['ms_median']} ms, at most {judged['ms_max']} ms")


def _configured(url: str, deadline: float) -> Settings:
    settings = Settings()
    for name, value in (("when", "always"), ("provider", "custom"), ("url", url), ("model", "a-model")):
        settings = put(settings, f"llm.{name}", value)
    return put(settings, "llm.deadline_seconds", deadline)


def _nowhere() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/v1"


if __name__ == "__main__":
    sys.exit(main())
