"""Where to cut a long recording, so that no piece is longer than the recogniser's window and no word is cut."""

from __future__ import annotations

import re

from dictation.core.nouns import WINDOW_SECONDS

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
_SEAM = re.compile(f"[{HAN}] (?=[{HAN}])")


def join(texts: list[str]) -> str:
    """The pieces' texts as one: a space at the seams, but none between Chinese characters."""
    joined = ""
    for text in (each.strip() for each in texts):
        if not text:
            continue
        seam = f"{joined[-1]} {text[0]}" if joined else ""
        joined += text if not joined or _SEAM.match(seam) else f" {text}"
    return joined
