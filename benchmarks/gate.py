"""The silence gate beside faster-whisper's own (vad_filter=True, its defaults) and beside none, on the same clips.

Made noise and words always; the recordings of ../shared/data/audio where they are. For sounds without words: how often
the encoder runs, and how often text comes out; for words: how many are lost before the decoder. "unsure" clips of ours
are decoded, and typed only when the recogniser is sure of itself. Text (of what is at most 8 s long, 4 s with words) is
by the embedded model, which knows few words and was never taught silence: any text counts, whatever it says.

    PYTHONPATH=. python benchmarks/gate.py            # 4 minutes
    PYTHONPATH=. python benchmarks/gate.py --no-text  # without the decoder
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dictation.core.hearing import gate, phantoms
from dictation.core.types import RATE, SAMPLE_BYTES, Transcript, Verdict
from dictation.engines import voice
from dictation.engines.decode import read_audio
from tests.engines import made

ROOT = Path(__file__).resolve().parents[1]
RECORDINGS = ROOT.parent / "shared" / "data" / "audio"
MINI = ROOT / "models" / "mini"
LEVELS, LENGTHS = (-75, -60, -50, -40, -30, -20), (1.0, 3.0, 10.0, 30.0)
ROOMS = ("environment", "keyboard", "room tone")
ACCEPTED = {"made noise": 0.0, "environment": 0.0, "keyboard": 0.0, "room tone": 0.0, "human": 0.2}
"""Largest share accepted of what holds no words; of the rooms at most 5 % are unsure."""

LOST = {"short": 0.01, "en": 0.0, "zh": 0.0, "mixed": 0.0, "long": 0.0}
"""Largest share of words rejected."""

Decode = Callable[[bytes], Transcript]


@dataclass(frozen=True)
class Clip:
    """A sound of one group; ``spoken`` if there are words in it."""

    group: str
    spoken: bool
    samples: bytes = field(repr=False)

    @property
    def seconds(self) -> float:
        """Length."""
        return len(self.samples) / SAMPLE_BYTES / RATE


@dataclass
class Row:
    """Counts of one group: of our verdicts, of clips the two other ways decode, and of clips that give text."""

    spoken: bool
    clips: int = 0
    accept: int = 0
    unsure: int = 0
    theirs: int = 0
    typed: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("ours", "theirs", "none"), 0))


def main() -> int:
    """Print both tables; 1 if ours does not do what is wanted of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-text", action="store_true", help="do not decode")
    decode = None if parser.parse_args().no_text else _decoder()
    rows: dict[str, Row] = {}
    cost: dict[str, float] = defaultdict(float)
    seconds = 0.0
    for clip in clips():
        row = rows.setdefault(clip.group, Row(clip.spoken))
        with _counted(cost, "ours"):
            verdict = gate.judge(voice.measure(clip.samples))
        with _counted(cost, "theirs"):
            theirs = _theirs(clip)
        seconds += clip.seconds
        row.clips += 1
        row.accept += verdict.kind == "accept"
        row.unsure += verdict.kind == "uncertain"
        row.theirs += bool(theirs)
        if decode and clip.seconds <= (4 if clip.spoken else 8):
            row.typed["ours"] += _ours_types(verdict, clip, decode)
            row.typed["theirs"] += bool(theirs) and bool(decode(theirs).text.strip())
            row.typed["none"] += bool(decode(clip.samples).text.strip())
    _print(rows, decode is not None)
    print(f"\n{seconds:.0f} s of sound; CPU for each second of it: ours {_share(cost['ours'], seconds)}, "
          f"vad_filter {_share(cost['theirs'], seconds)} of a core")  # fmt: skip
    return _judge(rows, cost["ours"] / seconds)


def clips() -> Iterator[Clip]:
    """Made sounds, then the recordings."""
    for number, kind in enumerate(made.KINDS):
        for level in LEVELS:
            for length in LENGTHS[:2] if level != -40 else LENGTHS:
                yield Clip("made noise", False, made.noise(kind, length, level, seed=number).astype("<f4").tobytes())
    for text, accent in made.WORDS:
        for variant, speed in made.VARIANTS:
            said = made.word(text, accent + variant, speed)
            for way, (above, level) in made.WAYS.items():
                yield Clip(f"espeak {way}", True, made.in_a_room(said, above, level).astype("<f4").tobytes())
        whisper = made.word(text, accent + "+whisper")
        yield Clip("espeak whispered", True, made.in_a_room(whisper, 35, -30).astype("<f4").tobytes())
    if RECORDINGS.is_dir():
        yield from recordings(RECORDINGS)


def recordings(folder: Path) -> Iterator[Clip]:
    """The clips of a folder with a ``manifest.jsonl``; voices in a background are a group of their own."""
    groups = {"env": "environment", "roomtone": "room tone", "human-nonspeech": "human", "keyboard": "keyboard"}
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        spoken = row["group"] != "noise"
        group = row["group"] if spoken else groups.get(row["sub"].split("/")[0], "babble")
        group = "babble" if not spoken and row["contains_background_voices"] else group
        yield Clip(group, spoken, read_audio(folder / row["file"]))


def _theirs(clip: Clip) -> bytes:
    """What faster-whisper decodes of it with vad_filter=True; nothing for silence."""
    from faster_whisper.vad import collect_chunks, get_speech_timestamps

    audio: npt.NDArray[np.float32] = np.frombuffer(clip.samples, "<f4").copy()
    found = get_speech_timestamps(audio)
    pieces, _ = collect_chunks(audio, found) if found else ([], [])
    return b"".join(piece.astype("<f4").tobytes() for piece in pieces)


def _ours_types(verdict: Verdict, clip: Clip, decode: Decode) -> bool:
    """The road's own order: gate, decoder, confirmation, phantoms."""
    if verdict.kind == "reject":
        return False
    first, last = (round(edge * RATE) * SAMPLE_BYTES for edge in (verdict.start, verdict.end))
    heard = decode(clip.samples[first:last])
    return gate.confirm(verdict, heard) is None and phantoms.sift(heard, verdict)[1] is None


def _decoder() -> Decode | None:
    if not (MINI / "model.bin").is_file():
        print("models/mini is not here: without text")
        return None
    from dictation.engines.whisper import Whisper

    whisper = Whisper(str(MINI), device="cpu")
    return lambda samples: whisper.transcribe(samples, "auto") if samples else Transcript("", "")


@contextmanager
def _counted(cost: dict[str, float], way: str) -> Iterator[None]:
    began = time.process_time()
    yield
    cost[way] += time.process_time() - began


def _share(cost: float, seconds: float) -> str:
    return f"{1000 * cost / seconds:.1f} ms, {cost / seconds:.1%}"


def _print(rows: dict[str, Row], text: bool) -> None:
    head = "text: ours  vad_filter     none" if text else ""
    for spoken, title in ((False, "no words"), (True, "words")):
        print(f"\n{title:18}{'clips':>6} | ours: accept  unsure  reject | decoded: ours  vad_filter  none | {head}")
        for group, row in rows.items():
            if row.spoken != spoken:
                continue
            decoded = row.accept + row.unsure
            line = f"{group:18}{row.clips:6} |{row.accept:13}{row.unsure:8}{row.clips - decoded:8} |"
            line += f"{decoded:14}{row.theirs:12}{row.clips:6} |"
            if text:
                line += f"{row.typed['ours']:11}{row.typed['theirs']:12}{row.typed['none']:9}"
            print(line)


def _judge(rows: dict[str, Row], cost: float) -> int:
    wrong = [f"{cost:.1%} of a core"] if cost > 0.01 else []
    for group, row in rows.items():
        if row.spoken and row.clips - row.accept - row.unsure > LOST.get(group, 1) * row.clips:
            wrong.append(f"{group}: words lost")
        if not row.spoken and row.accept > ACCEPTED.get(group, 1) * row.clips:
            wrong.append(f"{group}: accepted")
    rooms = [row for group, row in rows.items() if group in ROOMS]
    if sum(row.unsure for row in rooms) > 0.05 * sum(row.clips for row in rooms):
        wrong.append("environment, keyboard and room tone: unsure")
    print("as wanted" if not wrong else f"not as wanted: {'; '.join(wrong)}")
    return bool(wrong)


if __name__ == "__main__":
    raise SystemExit(main())
