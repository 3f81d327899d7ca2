"""The promises adapters keep: what the road and the app ask of devices, engines and windows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from dictation.core.commands import Command
from dictation.core.ears import Listener as Listener
from dictation.core.ears import Recogniser as Recogniser
from dictation.core.ears import Weigher as Weigher
from dictation.core.errors import DictationError
from dictation.core.sections import MicrophoneSettings
from dictation.core.settings import Settings
from dictation.core.types import Draft, Move, Purpose, Target, Transcript


class Recording(Protocol):
    """A recording that is under way."""

    def level(self) -> float:
        """Peak of the last 100 ms, 0 to 1."""

    def finish(self) -> None:
        """Stop and hand the last audio to the sink before returning. Never raises, never blocks over 0.5 s."""

    def abandon(self) -> None:
        """Stop; what comes later is not handed over. Never raises."""


class Microphone(Protocol):
    """Sound from outside, as float32 little endian mono at 16 kHz."""

    def begin(self, sink: Callable[[bytes], None], trouble: Callable[[Exception], None]) -> Recording:
        """Start recording into ``sink`` (called from one thread of the adapter's, in order).

        ``trouble`` is called at most once, with a MicrophoneError, when the device stops in the middle: what the sink
        has by then is all there is. Raises MicrophoneError when it cannot start.
        """

    def close(self) -> None:
        """Let go of the device."""


@runtime_checkable
class Changes(Protocol):
    """What a microphone may be able to do besides."""

    def change(self, settings: MicrophoneSettings) -> None:
        """Use these settings from the next recording on."""


@runtime_checkable
class Remarks(Protocol):
    """What a microphone or a typist may be able to do besides."""

    def remark(self) -> DictationError | None:
        """What the user should know of the device that is recorded from, or of what was pushed aside; given once."""


class Rewriter(Protocol):
    """Mends a text with a language model."""

    def rewrite(self, draft: Draft, transcript: Transcript, weigher: Weigher | None = None) -> Draft:
        """``draft`` with more edits (rule ``llm``), or as it is when there is nothing to ask. Raises RewriteError.

        Where there is a ``weigher``, which has heard the pieces of ``transcript``, an edit needs the sound's support.
        """


class Commander(Protocol):
    """Makes a shell command of a request."""

    def compose(
        self, request: str, language: str, target: Target, before: str = "", other_than: Sequence[str] = ()
    ) -> Command:
        """One command for the shell in ``target``, graded. Raises CommandError when there is none to be made.

        ``before`` is a command that is shown: the words may revise it ("only in src"). ``other_than`` are commands
        that were refused for the same words.
        """

    def refusal(self, command: Command, target: Target) -> str:
        """Why ``command`` may not be put in at once (a sentence); empty when ``target`` is at a prompt and it may."""


class Typist(Protocol):
    """Puts moves at the cursor."""

    def prepare(self) -> None:
        """The key went down: read in the background what will have to be given back. Returns at once, never raises."""

    def close(self) -> None:
        """Give back what is still lent. Never raises."""

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        """Carry out all moves in the focused window, in order, and return when the text has arrived.

        The caller has checked that ``target`` still has the focus. Raises InsertError; then nothing, or as little as
        could be helped, was typed, and the text is on the clipboard if the message says so.
        """


@runtime_checkable
class Recovers(Protocol):
    """What a typist may be able to do besides."""

    def recover(self) -> None:
        """Give back what an app that died had borrowed. Never raises."""


@runtime_checkable
class Allows(Protocol):
    """What a typist may be able to do besides."""

    def allow(self, told: Callable[[DictationError | None], None], first: bool) -> None:
        """Ask the desktop to be let press keys; ``told`` hears how that ended, None for well.

        ``first``: at the start of the app, when who has said no is spared.
        """

    def asks(self) -> bool:
        """Whether this desktop must be asked at all. Some 0.2 s."""


@runtime_checkable
class Copies(Protocol):
    """What a typist may be able to do besides."""

    def copy(self, text: str) -> None:
        """Leave ``text`` on the clipboard, though no window of ours has the cursor. Raises InsertError."""


@runtime_checkable
class Receipts(Protocol):
    """What a typist may be able to do besides."""

    @property
    def arrived(self) -> bool:
        """Whether the window was seen to fetch the texts of the last ``perform``."""


@runtime_checkable
class Waits(Protocol):
    """What a typist may be able to do besides."""

    def free(self) -> bool:
        """Whether it could type now; else it has to wait for fingers on a key that makes shortcuts of letters."""


class Focus(Protocol):
    """Which window has the cursor."""

    def current(self) -> Target:
        """The focused window now; NOWHERE when that cannot be known. Never raises."""

    def same(self, target: Target) -> bool:
        """Whether ``target`` still has the focus (true when the platform cannot tell)."""


@runtime_checkable
class Describes(Protocol):
    """What a typist and a focus may be able to do besides."""

    def describe(self) -> str:
        """A typist: how it puts text in, for ``doctor``. A focus: why nobody knows which window has the cursor (a
        sentence); empty where that is known. Raises InsertError where nothing can be put in."""


@runtime_checkable
class Activates(Protocol):
    """What a focus may be able to do besides."""

    def activate(self, target: Target) -> None:
        """Ask for the cursor to go back to ``target``. Returns at once, never raises."""


@runtime_checkable
class Locates(Protocol):
    """What a focus may be able to do besides."""

    def place(self) -> tuple[int, int] | None:
        """The middle of the window with the cursor, in the screen's own pixels; None when it is not known."""


class Hotkeys(Protocol):
    """Global keys. Everything is told by calls to ``tell`` from the adapter's own thread; it must return at once."""

    def start(self, settings: Settings, tell: Callable[[str, Purpose | None], None]) -> None:
        """Listen for the keys of ``settings.keys``.

        ``tell`` gets ``("press", purpose)``, ``("release", purpose)``, ``("other", None)`` for another key pressed
        while a bare modifier of ours is down, ``("escape", None)`` for the cancel key (not swallowed), and
        ``("lost", None)`` when the listener died. Raises HotkeyError (unknown key, key taken, not possible here).
        """

    def change(self, settings: Settings) -> None:
        """Listen for other keys from now on. Raises HotkeyError and keeps the old ones."""

    def stop(self) -> None:
        """Let go of all keys. Never raises."""

    def key_name(self) -> str:
        """The dictation key in force as people call it (``Right Ctrl``); empty when it is not known."""

    def describe(self) -> str:
        """One line for ``doctor``: the mechanism, the keys, and whether they are hidden from apps."""


@runtime_checkable
class NamesKeys(Protocol):
    """Hotkeys that know which keys are in force."""

    def key_names(self) -> dict[str, str]:
        """Every key that does something, spelt as in the settings, by the names of the settings."""


@runtime_checkable
class HearsClicks(Protocol):
    """What hotkeys may be able to do besides."""

    def clicked_since(self, moment: float, window: int) -> bool:
        """Whether the mouse was clicked in ``window`` since ``moment``, in monotonic seconds."""


@runtime_checkable
class HearsTyping(Protocol):
    """What hotkeys may be able to do besides."""

    def typed_since(self, moment: float) -> bool:
        """Whether something was typed since ``moment``, in monotonic seconds."""


@runtime_checkable
class ChoosesMechanism(Protocol):
    """Hotkeys that find out when they start which mechanism of the desktop works."""

    @property
    def hears_typing(self) -> bool:
        """Whether the mechanism in use hears other keys than ours, so that ``typed_since`` can be believed."""


@runtime_checkable
class KnowsTrouble(Protocol):
    """Hotkeys that may have started and hear nothing all the same."""

    @property
    def trouble(self) -> DictationError | None:
        """Why the keys are not heard, such as a dialog of the desktop that was answered no."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What stands on a layer.

    ``size`` is its width and height on the screen in device-independent pixels, in which all lengths are; ``scale``
    the pixels for each. ``pixels`` are rows from the top, without gaps, as ``in_pixels`` says of the size; a pixel is
    four bytes: blue, green, red, alpha, the colours multiplied by alpha. ``distance`` is from the edge of the screen or
    the panel there, at the bottom or ``top``. Only ``clickable`` (left, top, width, height) feels the mouse.
    """

    size: tuple[int, int]
    scale: float
    pixels: bytes
    top: bool = False
    distance: int = 0
    clickable: tuple[tuple[int, int, int, int], ...] = ()


def in_pixels(size: tuple[int, int], scale: float) -> tuple[int, int]:
    """Width and height of a picture in its own pixels, as compositors round them: halves up."""
    width, height = (int(length * scale + 0.5) for length in size)
    return width, height


class PictureLayer(Protocol):
    """Where one picture can stand above all windows without ever having the cursor, in the middle near the edge of the
    screen that is worked on. Calls from one thread; each returns at once and never raises."""

    def listen(self, told: Callable[[str, float, float], None]) -> None:
        """``told`` hears, from another thread: ``point`` with the place in the picture when the mouse moves there,
        ``leave`` when it goes, ``press`` with the place when it was pressed, after which nothing is shown, so that the
        cursor is where it was, ``scale`` when ``scale()`` is another, ``lost`` when nothing can be shown any more."""

    def scale(self) -> float:
        """Pixels for each device-independent pixel with which a picture is sharp."""

    def show(self, picture: Picture) -> None:
        """Show it, in place of the one that is there."""

    def hide(self) -> None:
        """Show nothing."""

    def close(self) -> None:
        """Show nothing any more; nothing is told after it."""
