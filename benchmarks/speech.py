"""What becomes of real speech: plain faster-whisper with its defaults, the same greedy, and this program.

The same files, the same weights (Whisper base, `make real-model`), one table: noise typed, short words lost, clauses
and sentences lost, errors, terms, marks, seams, the wait after the release, calls of the encoder and the decoder. The
files are those of ../shared/data where it is there (over an hour), else the dozen of assets/speech (two minutes). What
faster-whisper made of a recording is kept with its wait under build/speech: to compare waits, say --fresh, on a quiet
machine. Neural speech is for comparing two ways on the same files; its figures say nothing about real people.

    PYTHONPATH=. python benchmarks/speech.py                                # everything
    PYTHONPATH=. python benchmarks/speech.py --groups talk-mixed,short -v   # some groups, with every text
    PYTHONPATH=. python benchmarks/speech.py --ways file --part 4           # one way, every fourth recording
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable
from pathlib import Path

from benchmarks._speech_clips import (
    GROUPS,
    Clip,
    blanks,
    clauses,
    clips,
    marked,
    seams,
    sentences_lost,
    terms_right,
    wrong,
)  # fmt: skip
from benchmarks._speech_ways import OURS, THEIRS, Kept, Text
from tests.real_speech import BASE, ROOT, WITHOUT, units, weights

WAYS = (*THEIRS, *OURS)
FELT = range(3, 16)
"""Seconds of the sentences whose wait is compared: what people say in one breath."""

Texts = dict[str, list[Text]]
Count = Callable[[Clip, str], tuple[int, int]]


def main() -> int:
    """Measure what is asked for, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--groups", default=",".join(GROUPS), help=f"some of {','.join(GROUPS)}")
    parser.add_argument("--ways", default=",".join(WAYS), help=f"some of {','.join(WAYS)}")
    parser.add_argument("--part", type=int, default=1, help="every so manieth recording of each group")
    parser.add_argument("--model", type=Path, default=BASE, help="folder of the weights")
    parser.add_argument(
        "--fresh", action="store_true", help="decode with faster-whisper again; else its texts are kept"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="print every text")
    args = parser.parse_args()
    groups, ways = args.groups.split(","), [way for way in WAYS if way in args.ways.split(",")]
    if unknown := sorted({*groups, *args.ways.split(",")} - {*GROUPS, *WAYS}):
        parser.error(f"unknown: {', '.join(unknown)}")
    if args.model == BASE and not weights():
        print(f"left out: {WITHOUT}; `make real-model` fetches them")
        return 0
    kept = Kept(ROOT / "build" / "speech" / "theirs.json", args.fresh)
    chosen: dict[str, list[Clip]] = {}
    for clip in clips():
        chosen.setdefault(clip.group, []).append(clip)
    asked = [clip for group in groups for clip in chosen.get(group, [])[:: args.part]]
    heard: Texts = {}
    for way in ways:
        heard[way] = []
        for clip, text in zip(asked, kept.hear(way, asked, args.model), strict=True):
            heard[way].append(text)
            if args.verbose:
                print(f"{way:7}{clip.group:11}{clip.path.stem:24} {text.wait:5.2f} s  {text.text}", flush=True)
    table(asked, heard)
    return 0


def table(asked: list[Clip], heard: Texts) -> None:
    """One row per figure, one column per way, and what ours are of plain faster-whisper's."""
    ways = list(heard)
    print(f"\n{'group':12}{'figure':32}" + "".join(f"{way:>14}" for way in ways) + "    file/plain  paced/plain")
    for group in GROUPS:
        at = [index for index, clip in enumerate(asked) if clip.group == group]
        if not at:
            continue
        rows = {way: [(asked[index], heard[way][index]) for index in at] for way in ways}
        for figure, count, share in _figures(group):
            shown, values = {}, {}
            for way, pairs in rows.items():
                counts = [count(clip, text.text) for clip, text in pairs]
                part, whole = sum(one for one, _ in counts), sum(all_ for _, all_ in counts)
                values[way] = float(part)
                shown[way] = f"{part / max(1, whole):.1%}" if share else f"{part} of {whole}"
            _row(group, figure, shown, values)
        for figure, what in (("encoder calls a clip", "encodes"), ("decoder calls a clip", "decodes"),
                             ("weighings a clip", "weighings")):  # fmt: skip
            means = {way: statistics.mean(getattr(text, what) for _, text in pairs) for way, pairs in rows.items()}
            _row(group, figure, {way: f"{mean:.2f}" for way, mean in means.items()}, {})
        if {"file", "paced"} <= set(ways):
            ends = [seams(asked[index], heard["paced"][index].text, heard["file"][index].text) for index in at]
            lost, doubled = (sum(end[side] for end in ends) for side in (0, 1))
            _row(group, "words lost, doubled at seams", {"paced": f"{lost}, {doubled}"}, {}, ways)
            same = sum(heard["paced"][index].text == heard["file"][index].text for index in at)
            _row(group, "texts as by file", {"paced": f"{same} of {len(at)}"}, {}, ways)
    _waits(asked, heard)


def _figures(group: str) -> list[tuple[str, Count, bool]]:
    """What is counted in a group: a name, (part, whole) of one text, and whether it is shown as a share."""
    errors: tuple[str, Count, bool] = ("errors", lambda clip, text: (wrong(clip, text), len(units(clip.text))), True)
    terms: tuple[str, Count, bool] = (
        "terms right", lambda clip, text: (terms_right(clip, text), len(clip.terms)), False,
    )  # fmt: skip
    if group == "noise":
        return [("typed", lambda _, text: (bool(text), 1), False)]
    if group == "short":
        right: Count = lambda clip, text: (units(clip.text) == units(text), 1)  # noqa: E731
        return [("lost", lambda _, text: (not text, 1), False), ("right", right, False)]
    figures = [errors]
    if group == "spliced":
        figures.append(("clauses found", clauses, False))
    if group.endswith("long"):
        figures.append(("sentences lost", sentences_lost, False))
    if group.startswith("talk") and group != "talk-zh":
        figures.append(terms)
    if group.endswith("zh"):
        figures.append(("with a full-width mark", lambda _, text: (marked(text), 1), False))
    if not group.endswith("en"):
        figures.append(("blanks inside Chinese", lambda _, text: (blanks(text), 1), False))
    return figures


def _row(
    group: str, figure: str, shown: dict[str, str], values: dict[str, float], ways: list[str] | None = None
) -> None:
    cells = "".join(f"{shown.get(way, ''):>14}" for way in ways or shown)
    ratios = ""
    if values.get("plain"):
        ratios = "".join(f"{values[way] / values['plain']:14.2f}" for way in OURS if way in values)
    print(f"{group:12}{figure:32}{cells}{ratios}".rstrip())


def _waits(asked: list[Clip], heard: Texts) -> None:
    at = [
        index for index, clip in enumerate(asked)
        if clip.group[:4] in ("read", "talk", "spli") and FELT.start <= clip.seconds <= FELT.stop
    ]  # fmt: skip
    if not at:
        return
    waits = {way: [texts[index].wait for index in at] for way, texts in heard.items()}
    middle = {way: statistics.median(each) for way, each in waits.items()}
    _row(f"{len(at)} clips", "wait, median", {way: f"{each:.2f} s" for way, each in middle.items()}, middle)
    if "plain" in waits:
        most = {
            way: f"{max(one / other for one, other in zip(each, waits['plain'], strict=True)):.2f}"
            for way, each in waits.items()
        }
        _row("", "wait, most of plain's on one clip", most, {})


if __name__ == "__main__":
    raise SystemExit(main())
