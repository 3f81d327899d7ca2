"""What to decode while the key is still down: commit a chunk at a pause, speculate on the open one, leave the tail.

Times are in windows of the voice activity (``WINDOW_SECONDS`` each), counted from the start of the open chunk. Waiting
for pauses keeps the quality of whole phrases; re-decoding a growing buffer would cost more than two cores have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dictation.core.sections import HearingSettings
from dictation.core.types import WINDOW_SECONDS

SPEAKING = 0.35
"""Speech probability under which a window belongs to a pause; lower than what begins speech, so that words end late."""


def speaking(hearing: HearingSettings) -> float:
    """The same for a user's gate: never higher than what the gate itself would let through."""
    return min(SPEAKING, hearing.gate - (0.25 if hearing.quiet_voice else 0.15))


CLEAR, FAINT = 0.6, 0.1
"""Where no window has been likelier speech than ``CLEAR`` it may be a whisper, and ``FAINT`` is as much as it has at
times (0.29 and 0.48 at most, of two recorded ones); the gate judges what is then kept of a noise."""


def fitting(voice: Sequence[float], bar: float) -> float:
    """``bar``, or a lower one for a voice that is never clear."""
    return bar if max(voice, default=0.0) >= CLEAR else min(bar, FAINT)


def windows(seconds: float) -> int:
    """So many windows."""
    return round(seconds / WINDOW_SECONDS)


LONG_PAUSE, LONG_CHUNK = windows(0.6), windows(3)
SHORT_PAUSE, FULL_CHUNK = windows(0.35), windows(8)
BREATHLESS, SEARCH = windows(20), windows(4)
LEFT = windows(0.5)
"""A breathless speaker is cut no later than this: should he end just then, what is left is still long enough to be
heard, where the gate takes a shorter piece for a noise."""

GUESS_PAUSE = windows(0.25)
KEPT = GUESS_PAUSE
"""What is decoded after the last voiced window, and no more, whenever that is: so a guess, a commit and the end of the
recording hear the same sound. With less, short words are misheard."""

IDLE, LEAD = windows(3), windows(0.6)
AFTER = windows(0.3)
PAUSES = ((FULL_CHUNK, SHORT_PAUSE), (LONG_CHUNK, LONG_PAUSE), (0, IDLE))
"""A chunk of at least so many windows is committed at a pause of so many."""


@dataclass(frozen=True, slots=True)
class Commit:
    """Decode the open chunk up to its ``last`` voiced window, and begin the next one at ``end``.

    ``eased``: the pause is shorter than one between sentences.
    """

    end: int
    last: int
    eased: bool = False

    @property
    def breathless(self) -> bool:
        """Whether the cut is in the middle of speech."""
        return self.end == self.last


@dataclass(frozen=True, slots=True)
class Speculate:
    """Decode the open chunk up to its ``last`` voiced window: should nothing more be said, that is the answer."""

    last: int


@dataclass(frozen=True, slots=True)
class Skip:
    """Nobody has spoken: begin the chunk at ``end``."""

    end: int


Job = Commit | Speculate | Skip


def plan(
    voice: Sequence[float],
    guessed: int | None = None,
    patient: bool = True,
    bar: float = SPEAKING,
) -> Job | None:
    """What to do now with the open chunk, or None.

    It is asked anew for every window, so that the cuts depend on the voice alone.

    ``voice``: one probability per window so far. ``guessed``: the last voiced window of the last speculation.
    ``patient``: whether a speculation is short enough for this machine; where it is not, only chunks are committed.
    ``bar``: what ``speaking`` gives.
    """
    bar = fitting(voice, bar)
    spoken = [index for index, chance in enumerate(voice) if chance >= bar]
    if not spoken:
        return Skip(len(voice) - LEAD) if len(voice) > IDLE else None
    first, last = spoken[0], spoken[-1]
    if first > IDLE:
        return Skip(first - LEAD)
    pause, length = len(voice) - 1 - last, last + 1 - first
    if last == len(voice) - 1 and (resumed := _resumed(spoken)):
        return resumed
    if length >= BREATHLESS:
        # Nobody breathes, or much has piled up: cut where the voice is weakest, in the hope of a gap between two words.
        high = first + BREATHLESS
        cut = min(range(high - SEARCH, high - LEFT), key=lambda index: (voice[index], -index))
        return Commit(cut, cut)
    # After three seconds without a word even a single one is committed: the silence behind it must not pile up, to be
    # listened to again at the end.
    if pause >= next(least for most, least in PAUSES if length >= most):
        return Commit(last + 1 + min(AFTER, pause // 2), last)
    ready = pause >= GUESS_PAUSE
    return Speculate(last) if ready and guessed != last and patient else None


def _resumed(spoken: Sequence[int]) -> Commit | None:
    """The commit of what was said before a pause that has just ended, if that can stand alone; ``spoken``: as voiced.

    So what is left at the end is a phrase, and what is guessed at the next pause is no more.
    """
    if len(spoken) < 2:
        return None
    before, again = spoken[-2], spoken[-1]
    pause = again - before - 1
    if pause < GUESS_PAUSE or before + 1 - spoken[0] < LONG_CHUNK:
        return None
    return Commit(before + 1 + min(AFTER, pause // 2), before, eased=True)


def worth(last: int, count: int) -> int:
    """How many of ``count`` windows are worth decoding, when ``last`` is the last voiced one."""
    return min(count, last + 1 + KEPT)


def last_voiced(voice: Sequence[float], bar: float = SPEAKING) -> int | None:
    """The last window in which somebody speaks."""
    bar = fitting(voice, bar)
    return next((index for index in reversed(range(len(voice))) if voice[index] >= bar), None)


def still(voice: Sequence[float], over: int, tail: float, bar: float = SPEAKING) -> bool:
    """Whether a recording need not go on for all of its ``tail`` seconds after the key came up, ``over`` windows ago.

    So it is when nobody has spoken for a while before that and for half of the tail after it: longer than any sound on
    its way from a slow microphone.
    """
    return over >= windows(tail / 2) and len(voice) >= GUESS_PAUSE and max(voice[-GUESS_PAUSE:]) < bar


def covers(guessed: int, voice: Sequence[float], bar: float = SPEAKING) -> bool:
    """Whether a speculation up to voiced window ``guessed`` still is the answer: nothing was said after it."""
    return all(chance < bar for chance in voice[guessed + 3 :])
