"""Where to cut a long recording, so that no piece is longer than the recogniser's window and no word is cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dictation.core.types import WINDOW_SECONDS, Transcript

LONGEST_SECONDS = 28.0
"""Whisper's window is 30 s; some room is left."""

SEARCH_SECONDS = 12.0
"""The cut is made at the longest pause in so many seconds before the limit."""


def cut(
    voice: tuple[float, ...], start: float, end: float, longest: float = LONGEST_SECONDS
) -> list[tuple[float, float]]:
    """Pieces (start, end) in seconds that cover ``start`` to ``end`` without gap or overlap, none over ``longest``.

    ``voice`` is one speech probability per window from second 0. A piece ends in the middle of the longest pause of the
    last ``SEARCH_SECONDS`` before the limit; where nobody pauses, at the least voiced window.
    """
    pieces = []
    while end - start > longest:
        low, high = (
            int((start + longest - min(SEARCH_SECONDS, longest / 2)) / WINDOW_SECONDS),
            int((start + longest) / WINDOW_SECONDS),
        )
        at = _quietest(voice, low, high) * WINDOW_SECONDS
        pieces.append((start, at))
        start = at
    pieces.append((start, end))
    return pieces


def _quietest(voice: tuple[float, ...], low: int, high: int) -> int:
    best, best_length, run = -1, 0, 0
    for index in range(low, min(high, len(voice))):
        run = run + 1 if voice[index] < 0.35 else 0
        if run > best_length:
            best, best_length = index - run // 2, run
    if best >= 0:
        return best
    return min(range(low, high), key=lambda index: voice[index] if index < len(voice) else 0.0)


HAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_BLANK = re.compile("[\u3400-\u9fff\uf900-\ufaff] (?=[\u3400-\u9fff\uf900-\ufaff])")
_SEAM = re.compile(f"[{HAN}] (?=[{HAN}])")
_ENDS = ".!?。！？…:：;；\n"
_STOP = re.compile(r"(?<!\.)[.。]$")
_FIRST = re.compile(r"[A-Z][a-z']*\b")
_WORDS = """
    a an and are as at be because been but by can could did do does for from had has have he her his how if in into is
    it its just like my of on or our she should so some than that the their them then there these they this those to
    too up was we were what when where which while who will with would you your
"""
_SMALL = frozenset(_WORDS.split())
"""Words that have a capital only where a sentence begins, and with which hardly any ends."""

_SIGNS = (
    "dot|slash|backslash|dash|hyphen|underscore|colon|equals|pipe|at sign|"
    "点|斜杠|反斜杠|横杠|杠|下划线|冒号|等于|等号|竖线"
)
_SIGN_FIRST = re.compile(rf"(?:{_SIGNS})(?![a-z])", re.IGNORECASE)
_GOES_ON = re.compile(
    rf"(?:\b(?:{'|'.join(_WORDS.split())})|(?:^|[^a-z])(?:{_SIGNS})|[的和与或在把被从向对是])$", re.IGNORECASE
)
"""Spoken signs, and words that belong to what follows: no comma stands beside them."""


def join(texts: Sequence[str]) -> str:
    """The pieces' texts as one: a space at the seams, but none between Chinese characters.

    Each piece was decoded as if it began a sentence: where the one before has not ended one, a small word is small.
    """
    joined = ""
    for text in (each.strip() for each in texts):
        if _SIGN_FIRST.match(text):
            joined = joined.rstrip(",，")
        joined += seam(joined, text) + follow(joined, text)
    return joined


def seam(before: str, text: str) -> str:
    """What stands between two texts: a space, or nothing (at either end, and between Chinese characters)."""
    if not before or not text or before[-1].isspace() or text[0].isspace():
        return ""
    return "" if _SEAM.match(f"{before[-1]} {text[0]}") else " "


def follow(before: str, text: str) -> str:
    """``text`` as it stands after ``before``."""
    first = _FIRST.match(text)
    if not before or before[-1] in _ENDS or not first or first.group().lower() not in _SMALL:
        return text
    return text[0].lower() + text[1:]


def unended(text: str) -> str:
    """``text``, which was cut in mid-sentence, without the stop that a recogniser puts at the end of every piece."""
    return _STOP.sub("", text.rstrip())


def eased(text: str) -> str:
    """``text`` before a pause too short for a full stop: with a comma, or nothing after a word that nothing ends with.

    A recogniser puts a stop at the end of every piece, whatever comes next.
    """
    bare = unended(text)
    if bare == text.rstrip() or not bare or _GOES_ON.search(bare):
        return bare
    return f"{bare}，" if text.rstrip()[-1] == "。" else f"{bare},"


def merge(heard: Sequence[Transcript]) -> Transcript:
    """Transcripts of consecutive pieces as one: their most frequent language, their lowest confidence."""
    if len(heard) == 1:
        return heard[0]
    spoken = [each for each in heard if each.text.strip()]
    languages = [each.language for each in spoken] or [each.language for each in heard]
    return Transcript(
        join([each.text for each in spoken]),
        max(languages, key=languages.count, default=""),
        min((each.confidence for each in spoken), default=0.0),
        tuple(span for each in spoken for span in each.spans),
        tuple(stretch for each in heard for stretch in each.unexplained),
    )


def rejoined(parts: Sequence[Transcript]) -> Transcript:
    """The parts of one piece that was divided, most of them in mid-sentence, as one."""
    spoken = [each for each in parts if each.text]
    eased_parts = [replace(each, text=eased(each.text)) for each in spoken[:-1]]
    untold = tuple(stretch for each in parts for stretch in each.unexplained)
    return replace(merge([*eased_parts, *spoken[-1:]]), unexplained=untold)


def blanks(text: str) -> tuple[int, ...]:
    """Where in ``text`` there is a blank between two Chinese characters: a recogniser's sign of a pause."""
    return tuple(found.start() + 1 for found in _BLANK.finditer(text))


def closed(text: str, paused: Sequence[bool]) -> str:
    """``text`` without blanks inside Chinese: a comma where ``paused`` says so of the blank, and nothing elsewhere."""
    parts, last = [], 0
    for at, pause in zip(blanks(text), paused, strict=True):
        parts += [text[last:at], "，" if pause else ""]
        last = at + 1
    return "".join([*parts, text[last:]])


def leaning(language: str, before: Sequence[Transcript]) -> str:
    """``language`` for the piece after those, as a recogniser is asked: steady where it is left open."""
    return f"auto-{before[-1].language}" if before and language == "auto" else language


def later(heard: Transcript, seconds: float) -> Transcript:
    """``heard`` with its times counted from a moment so many seconds before its sound began."""
    if not seconds:
        return heard
    return replace(
        heard,
        spans=tuple(replace(each, start=each.start + seconds, end=each.end + seconds) for each in heard.spans),
        unexplained=tuple((start + seconds, end + seconds) for start, end in heard.unexplained),
    )
