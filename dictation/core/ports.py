"""The promises adapters keep: what the road and the app ask of devices, engines and windows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

from dictation.core.commands import Command
from dictation.core.desk import Desk
from dictation.core.events import Pending
from dictation.core.settings import Settings
from dictation.core.types import (
    Draft,
    Event,
    Evidence,
    Finished,
    Move,
    Outcome,
    Proposed,
    Purpose,
    Target,
    Transcript,
    Weight,
)  # fmt: skip


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


class Listener(Protocol):
    """Measures sound without decoding it."""

    def measure(self, samples: bytes) -> Evidence:
        """Level and voice activity of float32 mono 16 kHz samples. Raises EngineError."""


class Recogniser(Protocol):
    """Hears words."""

    def transcribe(self, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        """Words in float32 mono 16 kHz samples of at most 30 s. Raises EngineError.

        ``language`` is zh, en or auto; auto-zh and auto-en are auto after a piece in that language, which is likely to
        be followed by another in it.
        """


@runtime_checkable
class Weigher(Protocol):
    """What a recogniser may be able to do besides: say how much the sound speaks for a text that others propose.

    A piece is known by ``Span.piece``; the recogniser keeps the latest few. Where that is 0 it cannot weigh.
    """

    def weigh(self, piece: int, texts: Sequence[str], language: str = "") -> tuple[Weight, ...]:
        """One weight for each of ``texts``, in order; nothing when the piece is not kept any more. Raises EngineError.

        ``language`` is zh or en; empty: as the piece was decoded. Costs a decoder pass or two for each text, and never
        encodes again.
        """

    def again(self, piece: int, language: str = "", hints: Sequence[str] = (), style: str = "") -> Transcript | None:
        """Decode a kept piece once more, from the same encoding; None when it is not kept. Raises EngineError.

        ``style`` is a sentence that the text is meant to look like; it stands in front of the hints.
        """

    def transcribe_whole(self, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        """As ``transcribe``, but without what is spared for speed: all of the window is encoded. Raises EngineError."""


class Rewriter(Protocol):
    """Mends a text with a language model."""

    def rewrite(self, draft: Draft, transcript: Transcript) -> Draft:
        """``draft`` with more edits (rule ``llm``), or as it is when there is nothing to ask. Raises RewriteError."""


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


class Focus(Protocol):
    """Which window has the cursor."""

    def current(self) -> Target:
        """The focused window now; NOWHERE when that cannot be known. Never raises."""

    def same(self, target: Target) -> bool:
        """Whether ``target`` still has the focus (true when the platform cannot tell)."""


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


class Controls(Desk, Protocol):
    """What the windows and the socket may ask of the app. Every call returns at once; what is done in its turn, and may
    be refused then, gives a ``Pending``; a refusal is told by ``Notice`` or ``Finished`` too."""

    def start(self, purpose: Purpose) -> None: ...
    def stop(self) -> None: ...
    def toggle(self, purpose: Purpose) -> None: ...
    def cancel(self) -> None: ...

    def insert_last(self) -> Pending:
        """Put the last text in where the cursor is. Raises UsageError when there is none."""

    def undo(self) -> Pending:
        """Take back what was put in last."""

    def raw(self) -> Pending:
        """Swap what was put in last for what was heard, and back; what is not possible is told by ``Notice``."""

    def swappable(self) -> bool:
        """Whether ``raw`` has something to swap; whether its window is in front is not looked at."""

    def quit(self) -> None: ...

    def command(self) -> Proposed | None:
        """The command that is shown and waits for the user. Told by ``Finished``, again (with the same id) when it
        changes, and with another outcome when it waits no longer. Words for commands said meanwhile revise it."""

    def insert_command(self, confirmed: bool) -> Pending:
        """Put the waiting command at the prompt it was made for; the cursor may come back there within 2 s.

        Raises CommandError when none waits, or when it is dangerous and not ``confirmed`` by a second, deliberate key.
        """

    def drop_command(self) -> None:
        """Forget the waiting command, if there is one."""

    def again(self) -> None:
        """Make another command of the same words. Raises CommandError when none waits."""

    def listen(self, hear: Callable[[Event], None]) -> Callable[[], None]:
        """Call ``hear`` with every event, from any thread, until the returned function is called."""

    def level(self) -> float:
        """Peak of the last 100 ms of the running recording, 0 to 1; 0 when there is none."""

    def place(self) -> tuple[int, int] | None:
        """The middle of the window that has the cursor, in the screen's own pixels; None when that is not known."""

    def blends(self) -> bool:
        """Whether a window's pixels may be see-through here."""

    def anyway(self) -> Pending:
        """Transcribe the last utterance after all, which was taken for silence. Raises DictationError."""

    def allow(self) -> Pending:
        """Ask the desktop to let us press keys, maybe by a dialog of its own; done when the user has answered."""

    def pause(self, yes: bool) -> None:
        """Do not listen for the keys any more, or again. Raises HotkeyError."""

    def paused(self) -> bool:
        """Whether the keys are not listened for."""

    def status(self) -> dict[str, object]:
        """The contract's status object."""

    def last(self) -> Outcome | None:
        """How the last utterance ended."""

    def texts(self) -> list[Finished]:
        """The last five utterances that had words, newest first; an empty press between them changes nothing."""

    def settings(self) -> Settings:
        """The settings in force."""

    def change(self, settings: Settings) -> None:
        """Use and keep other settings. Raises DictationError and changes nothing."""

    def microphones(self) -> list[str]:
        """Names of the input devices."""

    def models(self) -> list[dict[str, object]]:
        """The catalog: name, label, size_mb, languages, licence, good_for, installed, chosen, wait_ms."""

    def history(self, words: str = "", limit: int = 0) -> list[dict[str, object]]:
        """What was said, newest first, with all ``words`` in it: ``Said.as_json``. 0: all. Raises StorageError."""

    def forget(self, id: int) -> None:
        """Delete an entry of the history, its sound and its recording. Raises UsageError, StorageError."""

    def clear_history(self) -> int:
        """Delete all entries; how many there were. Raises StorageError."""

    def retry(self, id: int) -> None:
        """Transcribe an entry again with the settings in force; its text is replaced, nothing is typed.

        Told by ``Finished`` with number 0. Raises UsageError when its sound was not kept, StorageError.
        """

    def hear_with(self, id: int, model: str, tell: Callable[[str], None]) -> dict[str, object]:
        """What an installed ``model`` hears in the sound of an entry: model, text, heard; the entry stays as it is.

        The model is loaded beside the one in use and given back at the end; one at a time. ``tell`` hears from any
        thread how far it is: loading, decoding. Blocks. Raises UsageError when the sound was not kept, StorageError,
        ModelError, EngineError (also when it was stopped).
        """

    def drop_hearing(self) -> None:
        """Stop ``hear_with``, which then raises EngineError."""

    def amend(self, id: int, text: str, by_hand: bool = True) -> tuple[tuple[str, str], ...]:
        """Keep another text for an entry. What was corrected ``by_hand`` for the second time is given back, to be
        offered: what is heard, and the term it should become. Blocks a moment. Raises UsageError, StorageError."""

    def learn(self, heard: str, term: str) -> None:
        """From now on what is ``heard`` may be the term. Blocks a moment. Raises UsageError, StorageError."""

    def insert_again(self, id: int) -> Pending:
        """Put the text of an entry into the window that has the cursor now. Raises UsageError, StorageError."""

    def get_model(self, name: str, progress: Callable[[int, int], bool]) -> None:
        """Download; ``progress(done, total)`` in bytes may return False to stop. Blocks. Raises ModelError."""

    def export_history(self, file: str) -> int:
        """Write all entries to ``file``, oldest first, as JSON Lines; how many. Blocks. Raises StorageError."""
