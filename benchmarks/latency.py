"""The wait from the end of the recording to the text, against faster-whisper given the whole utterance afterwards.

Speech is fed in real time, 20 ms at a time, to the product's forerunner and engine process; then the road takes over,
as after the key's release. The recording goes on for the setting's 200 ms after the release; the wait is counted from
there, for every way alike. Each take is spoken twice: the key is let go right after the last word, and 600 ms after it.

The plain way runs in the environment of our engine process (malloc tunables, threads), so that only the method differs:
"tuned" is beam 1, the language pinned, no timestamps, temperature 0; "default" is ``transcribe(audio)`` as it is.

    PYTHONPATH=. python benchmarks/latency.py            # 9 minutes
    PYTHONPATH=. python benchmarks/latency.py --quick    # base at 2 and 10 s, once
    PYTHONPATH=. python benchmarks/latency.py --long     # and ten minutes of speech, let go at once: 12 minutes more
    PYTHONPATH=. python benchmarks/latency.py --context full
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks._speech import Take, speak
from benchmarks._ways import SETTINGS, Plain, Run, Stream, cpu_seconds, memory
from benchmarks.shapes import build
from dictation.core.types import RATE, SAMPLE_BYTES
from dictation.engines import engine_life
from dictation.engines.encoder_context import changes, units
from dictation.engines.thread_count import thread_count

ROOT = Path(__file__).resolve().parents[1]
MODELS = ROOT / "build" / "shapes"
TAIL = SETTINGS.microphone.tail_ms / 1000
RELEASES = {"at once": 0.0, "600 ms": 0.6}
LONG = 600
"""Seconds: a take so long is spoken once."""

PLAN = {"base": {60: 1, 10: 3, 2: 3, 5: 2, 30: 1}, "small": {10: 1, 2: 1, 30: 1}, "mini": {2: 2, 10: 1}}
QUICK = {"base": {10: 1, 2: 1}, "mini": {2: 1}}
PATIENCE, LONG_PATIENCE = 540.0, 2400.0
"""Seconds after which no more takes are begun: on a busy machine there are fewer, and it is said."""
WANTED = {("base", 10, "at once"): (0.30, 0.12), ("base", 60, "at once"): (0.10, 0.05)}
"""Largest share of the tuned and of the default way."""

TUNED = {
    "beam_size": 1, "language": "en", "temperature": 0.0, "without_timestamps": True,
    "condition_on_previous_text": False,
}  # fmt: skip


@dataclass
class Row:
    """All runs of one model, length and release."""

    model: str
    seconds: int
    release: str
    runs: list[Run] = field(default_factory=list)
    tuned: list[float] = field(default_factory=list)
    default: list[float] = field(default_factory=list)


def measure(
    model: str, folder: Path, plan: dict[int, int], context: str, rate: float | None, deadline: float
) -> list[Row]:
    """All rows of one model; prints what is no row. ``rate``: tokens a second for a model that does not end itself."""
    engine_life.CHILD = "benchmarks._capped_child" if rate else "dictation.engines.engine_main"
    os.environ["TOKENS_A_SECOND"] = str(rate)
    takes = [(seconds, speak(seconds, 100 * seconds + number)) for seconds in plan for number in range(plan[seconds])]
    rows = {(seconds, release): Row(model, seconds, release) for seconds in plan for release in RELEASES}
    stream = Stream(folder, context)
    _tell_engine(model, stream)  # now, as later it compares contexts when nobody asks
    done = 0
    for seconds, take in takes:
        if time.monotonic() + len(RELEASES) * seconds > deadline:
            print(f"{model}: {len(takes) - done} of {len(takes)} takes are left out: the time is up")
            break
        done += 1
        for release, later in list(RELEASES.items())[: 1 if seconds == LONG else None]:
            own = time.process_time()
            run = stream.dictate(take.until(later + TAIL))
            rows[seconds, release].runs.append(run)
            if seconds == max(plan) and not later:
                _tell_costs(model, take, run, time.process_time() - own)
    _tell_decodes(model, stream)
    stream.engine.close()
    plain = Plain(folder)
    heard = {seconds: iter(rows[seconds, "at once"].runs) for seconds in plan}
    said, ours, theirs = 0, 0, 0
    with tempfile.TemporaryDirectory() as scratch:
        for seconds, take in takes[:done]:
            path = Path(scratch) / "take.f4"
            path.write_bytes(take.until(TAIL))
            tokens = math.ceil(rate * take.seconds / math.ceil(take.seconds / 30)) if rate else None
            tuned, text = plain.transcribe(path, tokens, TUNED)
            defaults = rows[seconds, "at once"].default
            default = defaults[0] if defaults else plain.transcribe(path, tokens, {})[0]  # slow, so only once
            for release in RELEASES:
                rows[seconds, release].tuned.append(tuned)
                rows[seconds, release].default.append(default)
            said += len(units(take.text))
            ours += changes(take.text, next(heard[seconds]).text)
            theirs += changes(take.text, text)
    plain.close()
    if not rate:
        print(f"{model}: of {said} words, {ours} wrong on the road, {theirs} wrong in the plain tuned way")
    return sorted((row for row in rows.values() if row.runs), key=lambda row: row.seconds)


def _tell_costs(model: str, take: Take, run: Run, own: float) -> None:
    print(
        f"{model}: CPU while {take.seconds:.0f} s were spoken: engine {100 * run.engine_cpu / take.seconds:.1f} % of a "
        f"core, app and benchmark {100 * own / take.seconds:.1f} %"
    )
    if len(run.memory) > 1:
        (first, before), (last, after) = min(run.memory.items()), max(run.memory.items())
        minute = run.memory.get(60, before)
        print(
            f"{model}: engine's memory {before:.0f} MB at {first} s, {minute:.0f} MB at {min(60, last)} s, "
            f"{after:.0f} MB at {last} s: {100 * after / minute - 100:+.1f} % (wanted at 600 s: within 10 %)"
        )


def _tell_engine(model: str, stream: Stream) -> None:
    engine = stream.engine
    cpu, start = cpu_seconds(engine.pid), time.monotonic()
    time.sleep(2)
    idle = (cpu_seconds(engine.pid) - cpu) / (time.monotonic() - start)
    voice = speak(20, 7).samples.tobytes()
    step = 3 * 512 * SAMPLE_BYTES
    cpu = cpu_seconds(engine.pid)
    pieces = [voice[at : at + step] for at in range(0, len(voice) - step, step)]
    start = time.monotonic()
    for piece in pieces:
        engine.follow(1_000_000, piece)
    wall = time.monotonic() - start
    cost = (cpu_seconds(engine.pid) - cpu) / (len(pieces) * 3 * 512 / RATE)
    trips = []
    for _ in range(30):
        start = time.monotonic()
        engine.measure(b"")
        trips.append(time.monotonic() - start)
    print(
        f"{model}: cold start to ready {stream.cold_start:.1f} s; idle engine "
        f"{100 * idle:.1f} % of a core, {memory(engine.pid):.0f} MB; voice activity {1000 * cost:.1f} ms of CPU per "
        f"second of speech ({1000 * wall / len(pieces) / 3:.2f} ms per window with the way there and back); "
        f"a request's way there and back {1000 * statistics.median(trips):.2f} ms"
    )


def _tell_decodes(model: str, stream: Stream) -> None:
    about = stream.engine.describe()
    print(f"{model}: {about['short']} decodes in a short context, {about['fallbacks']} of them again in the full one")


def table(rows: list[Row]) -> None:
    """Print the waits in ms, the ratios, and what is wanted beside them."""
    print(
        f"\n{'':7}{'said':>6}  {'released':9}{'n':>2}{'median':>8}{'p95':>7}{'tuned':>8}{'default':>9}"
        f"{'of tuned':>10}{'of default':>12}{'overhead':>10}   wanted"
    )
    for row in rows:
        waits = sorted(1000 * run.wait for run in row.runs)
        median, high = statistics.median(waits), waits[math.ceil(0.95 * len(waits)) - 1]
        tuned, default = (1000 * statistics.median(each) for each in (row.tuned, row.default))
        overhead = 1000 * statistics.median(run.overhead for run in row.runs)
        print(
            f"{row.model:7}{row.seconds:4} s  {row.release:9}{len(waits):2}{median:8.0f}{high:7.0f}{tuned:8.0f}"
            f"{default:9.0f}{median / tuned:10.2f}{median / default:12.2f}{overhead:10.0f}   {_wanted(row)}",
            flush=True,
        )
    print()


def _wanted(row: Row) -> str:
    median = statistics.median(run.wait for run in row.runs)
    wishes = []
    if goals := WANTED.get((row.model, row.seconds, row.release)):
        shares = (median / statistics.median(row.tuned), median / statistics.median(row.default))
        wishes += [
            f"{name} <= {goal:.2f} {_met(share <= goal)}"
            for name, goal, share in zip(("tuned", "default"), goals, shares, strict=True)
        ]
    if row.model == "base" and row.release != "at once":
        wishes.append(f"wait <= 50 ms {_met(median <= 0.05)}")
    if row.model == "base":
        wishes.append(f"overhead <= 15 ms {_met(statistics.median(run.overhead for run in row.runs) <= 0.015)}")
    return ", ".join(wishes)


def _met(met: bool) -> str:
    return "met" if met else "NOT MET"


def _tokens_a_second(tokenizer: Path) -> float:
    """How many tokens this speech has per second, pauses included."""
    from tokenizers import Tokenizer

    take = speak(60, 6000)
    return len(Tokenizer.from_file(str(tokenizer)).encode(f" {take.text}", add_special_tokens=False).ids) / take.seconds


def main() -> None:
    """Measure what is asked for, and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="two short lengths, once")
    parser.add_argument("--long", action="store_true", help="also ten minutes, once, with base")
    parser.add_argument("--context", choices=("auto", "full"), default="auto")
    parser.add_argument("--mini", type=Path, default=ROOT / "models" / "mini", help="folder of the embedded model")
    args = parser.parse_args()
    plan = {model: dict(lengths) for model, lengths in (QUICK if args.quick else PLAN).items()}
    if args.long:
        plan["base"][LONG] = 1
    tokenizer = args.mini / "tokenizer.json"
    rate = _tokens_a_second(tokenizer)
    print(
        f"{thread_count(0)} threads, int8, context = {args.context}; {rate:.1f} tokens a second; waits in ms from the "
        f"end of the recording, which goes on for {1000 * TAIL:.0f} ms after the release"
    )
    deadline = time.monotonic() + (LONG_PATIENCE if args.long else PATIENCE)
    for model, lengths in plan.items():
        if model == "mini":
            if (args.mini / "model.bin").is_file():
                table(measure(model, args.mini, lengths, args.context, None, deadline))
            continue
        folder = build(model, tokenizer, MODELS / model)
        table(measure(model, folder, lengths, args.context, rate, deadline))


if __name__ == "__main__":
    main()
