"""The things Dictation speaks of, as frozen values."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from dictation.core.commands import Command
from dictation.core.errors import DictationError
from dictation.core.events import Asked, Progress, SettingsChanged, Taught
from dictation.core.evidence import WINDOW_SECONDS as WINDOW_SECONDS
from dictation.core.evidence import Evidence as Evidence
from dictation.core.evidence import HeardWord as HeardWord
from dictation.core.evidence import Verdict as Verdict
from dictation.core.evidence import Weight as Weight
from dictation.core.transcript import Span as Span
from dictation.core.transcript import Transcript as Transcript

RATE = 16_000
"""Samples per second of every utterance."""

SAMPLE_BYTES = 4
"""Bytes per sample: float32, little endian."""


class Purpose(enum.Enum):
    """Why the key was pressed."""

    DICTATE = "dictate"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Target:
    """The window with the cursor when the key went down.

    ``window`` is the platform's own number for it; ``started`` is the process' start time in the platform's own unit,
    so that a pid used again is not taken for the same program. ``tty`` is the device of the terminal in front.
    ``None`` and ``""`` mean not known.
    """

    app: str = ""
    title: str = ""
    window: int | None = None
    pid: int | None = None
    started: int | None = None
    terminal: bool = False
    shell: str | None = None
    cwd: str | None = None
    tty: str = ""
    prompted: bool = field(default=False, compare=False)
    """The terminal waited for a command when the key went down."""


NOWHERE = Target()
"""The target of an utterance that is not meant for a window: a file, a test."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What was said between key-down and release. ``samples`` is float32 little endian mono at 16 kHz, -1 to 1.

    ``ended`` is when the key came up, in seconds of the clock the road is given.
    """

    id: int
    purpose: Purpose
    samples: bytes = field(repr=False)
    target: Target = NOWHERE
    ended: float | None = None

    @property
    def seconds(self) -> float:
        """Length of the recording."""
        return len(self.samples) / SAMPLE_BYTES / RATE


@dataclass(frozen=True, slots=True)
class Edit:
    """One change from what was heard to what is meant, and the rule that made it.

    ``support`` is how much more the sound speaks for the change than for what was heard, in nats (None: not weighed).
    """

    rule: str
    before: str
    after: str
    support: float | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What was put in while the key was still down: the first ``count`` committed chunks stand as ``text``, after the
    space ``gap``."""

    count: int = 0
    text: str = ""
    edits: tuple[Edit, ...] = ()
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What was decoded while the key was still down.

    ``texts`` are the committed chunks with speech in them; everything before ``done`` seconds is in them, or silent.
    ``guess`` is the transcript of the open chunk up to its voiced window ``guessed``, if there is one; ``verdict`` is
    the gate's on it, where the voice was followed to the end of the recording and nothing was said after the guess;
    ``silent`` is the reason why the guess does not count, if it does not.
    ``speech_seconds`` is how much of the committed part is voiced. ``shown`` is what of it is at the cursor already.
    ``end`` is where what is worth decoding ends (seconds), where that is known: what is decoded at the end is then the
    same sound, whenever that is. ``unexplained`` are stretches of the committed part with a voice and no words.
    """

    texts: tuple[Transcript, ...] = ()
    done: float = 0.0
    speech_seconds: float = 0.0
    guess: Transcript | None = None
    guessed: int = 0
    verdict: Verdict | None = None
    shown: Shown = Shown()
    silent: str | None = None
    end: float | None = None
    unexplained: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What is meant."""

    text: str
    heard: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Type:
    """Type characters as keys. ``only``: what the keyboard does not have is not pasted instead."""

    text: str
    only: bool = False


@dataclass(frozen=True, slots=True)
class Paste:
    """Put text in through the lent clipboard. ``key`` is the chord that pastes; empty: the platform's usual one."""

    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """Press and release a chord, for instance ``enter`` or ``ctrl+z``."""

    chord: str


@dataclass(frozen=True, slots=True)
class Erase:
    """Take back ``count`` characters before the cursor."""

    count: int


Move = Type | Paste | Press | Erase
"""All that may ever reach the cursor."""


@dataclass(frozen=True, slots=True)
class Inserted:
    """The text is at the cursor, after a ``gap`` between it and the text before it. ``seen``: the window has fetched
    it; else it was sent, and nobody tells whether it arrived."""

    text: str
    heard: str = ""
    edits: tuple[Edit, ...] = ()
    gap: str = ""
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Silent:
    """Nothing was typed because nothing was said. ``reason`` is one of the contract's names.

    ``note`` is a sentence for the user where that name does not say all, else empty.
    """

    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """The text is known but was not put in; it waits. ``why`` is a sentence for the user."""

    text: str
    why: str
    heard: str = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    """The user cancelled."""


@dataclass(frozen=True, slots=True)
class Failed:
    """It went wrong. ``text`` is what could be saved of it."""

    error: DictationError
    text: str = ""
    heard: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A command that is shown, not put in: it waits for the user. ``why`` is a sentence for the user."""

    command: Command
    why: str
    heard: str = ""


Outcome = Inserted | Silent | Held | Proposed | Dropped | Failed


def heard(outcome: Outcome | None) -> str:
    """What was heard, before any rule changed it; empty where nothing was."""
    return "" if outcome is None or isinstance(outcome, Silent | Dropped) else outcome.heard


class State(enum.Enum):
    """What the app is doing, as the tray shows it."""

    IDLE = "idle"
    LOADING = "loading"
    LISTENING = "listening"
    THINKING = "thinking"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The app went into another state; ``detail`` is a short sentence, or empty."""

    state: State
    purpose: Purpose = Purpose.DICTATE
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """An utterance came to its end. ``timings`` are milliseconds by stage name.

    ``support`` and ``unexplained`` are those of what was heard: how much the sound speaks for it, and where somebody
    spoke (start and end in seconds) and nothing was understood.
    """

    id: int
    outcome: Outcome
    timings: dict[str, float] = field(default_factory=dict)
    support: float | None = None
    unexplained: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know that is not the fate of an utterance."""

    error: DictationError


@dataclass(frozen=True, slots=True)
class Degraded:
    """Utterance ``id`` goes on without one of its steps; the words are not lost."""

    id: int
    error: DictationError


@dataclass(frozen=True, slots=True)
class Gated:
    """The gate has judged utterance ``id``."""

    id: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Heard:
    """Utterance ``id`` is decoded."""

    id: int
    transcript: Transcript


Event = StateChanged | Progress | Gated | Heard | Degraded | Finished | Notice | SettingsChanged | Asked | Taught
