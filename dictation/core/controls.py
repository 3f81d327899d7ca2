"""What the windows and the socket may ask of the app: six small parts, and what belongs to all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from dictation.core.commands import Command
from dictation.core.errors import DictationError
from dictation.core.events import Pending
from dictation.core.ports import PictureLayer
from dictation.core.settings import Settings
from dictation.core.types import Event, Finished, Outcome, Proposed, Purpose


class KeyControls(Protocol):
    """What the keys do, and the calls that stand for them."""

    def start(self, purpose: Purpose) -> None: ...
    def stop(self) -> None: ...
    def toggle(self, purpose: Purpose) -> None: ...
    def cancel(self) -> None: ...

    def pause(self, yes: bool) -> None:
        """Do not listen for the keys any more, or again. Raises HotkeyError."""

    def paused(self) -> bool:
        """Whether the keys are not listened for."""

    def level(self) -> float:
        """Peak of the last 100 ms of the running recording, 0 to 1; 0 when there is none."""


class HistoryControls(Protocol):
    """What was said: the last texts, and all that is kept."""

    def last(self) -> Outcome | None:
        """How the last utterance ended."""

    def texts(self) -> list[Finished]:
        """The last five utterances that had words, newest first; an empty press between them changes nothing."""

    def insert_last(self) -> Pending:
        """Put the last text in where the cursor is. Raises UsageError when there is none."""

    def undo(self) -> Pending:
        """Take back what was put in last."""

    def raw(self) -> Pending:
        """Swap what was put in last for what was heard, and back; what is not possible is told by ``Notice``."""

    def teach(self) -> Pending:
        """Learn from the corrected words that stand selected; told by ``Taught``, or by ``Notice`` why not."""

    def swappable(self) -> bool:
        """Whether ``raw`` has something to swap; whether its window is in front is not looked at."""

    def anyway(self) -> Pending:
        """Transcribe the last utterance after all, which was taken for silence. Raises DictationError."""

    def find(self, words: str = "", limit: int = 0, before: int = 0) -> list[dict[str, object]]:
        """What was said, newest first, with all ``words`` in it: ``Said.as_json``. 0: all. Raises StorageError.

        ``before``: older than the entry of this number, for the next page.
        """

    def forget(self, id: int) -> None:
        """Delete an entry of the history, its sound and its recording. Raises UsageError, StorageError."""

    def clear(self) -> int:
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

    def insert_again(self, id: int) -> Pending:
        """Put the text of an entry into the window that has the cursor now. Raises UsageError, StorageError."""

    def export_history(self, file: str) -> int:
        """Write all entries to ``file``, oldest first, as JSON Lines; how many. Blocks. Raises StorageError."""


class WordControls(Protocol):
    """The user's own terms, and what the rules make of a text."""

    def terms(self) -> list[tuple[str, tuple[str, ...]]]:
        """The user's own terms, each with how it is said. Raises StorageError."""

    def put_term(self, term: str, said: Sequence[str], before: str = "") -> None:
        """Keep a term, in the place of the term ``before``. Raises UsageError, StorageError."""

    def drop_term(self, term: str) -> None:
        """Forget a term. Raises StorageError."""

    def import_terms(self, file: str) -> int:
        """Add the terms of a file; how many. Raises UsageError, StorageError."""

    def often(self) -> list[tuple[str, int]]:
        """Words said often that no list has, with how many utterances have it. Blocks a moment. Raises StorageError."""

    def export_terms(self, file: str) -> int:
        """Write the terms to a file; how many. Raises StorageError."""

    def try_words(self, text: str) -> dict[str, object]:
        """What the language rules make of ``text``: heard, text, edits (rule, from, to). Blocks a moment."""

    def learn(self, heard: str, term: str) -> None:
        """From now on what is ``heard`` may be the term. Blocks a moment. Raises UsageError, StorageError."""


class ModelControls(Protocol):
    """Models that hear, and the language model."""

    def catalog(self) -> list[dict[str, object]]:
        """The catalog: name, label, size_mb, languages, licence, good_for, installed, chosen, wait_ms."""

    def get_model(self, name: str, progress: Callable[[int, int], bool]) -> None:
        """Download; ``progress(done, total)`` in bytes may return False to stop. Blocks. Raises ModelError."""

    def providers(self) -> dict[str, tuple[str, str]]:
        """The usual address and model of each choice of a provider."""

    def served_here(self, provider: str) -> bool:
        """Whether a provider that runs on the user's own machine answers on this one. Blocks up to 2 s."""

    def has_key(self) -> bool:
        """Whether there is a key for the language model. Blocks up to 2 s."""

    def keep_key(self, key: str) -> None:
        """Keep the key in the system's keyring, or delete it if empty. Blocks up to 2 s. Raises StorageError."""

    def llm_models(self) -> list[str]:
        """Names of the models of the server that is set. Blocks up to 8 s. Raises RewriteError."""

    def test_llm(self) -> list[DictationError]:
        """What is wrong with the language model as it is set; empty when it works. Blocks up to 25 s."""


class CommandControls(Protocol):
    """The command that waits for the user, and the user's own commands."""

    def waiting(self) -> Proposed | None:
        """The command that is shown and waits for the user. Told by ``Finished``, again (with the same id) when it
        changes, and with another outcome when it waits no longer. Words for commands said meanwhile revise it."""

    def insert(self, confirmed: bool) -> Pending:
        """Put the waiting command at the prompt it was made for; the cursor may come back there within 2 s.

        Raises CommandError when none waits, or when it is dangerous and not ``confirmed`` by a second, deliberate key.
        """

    def drop(self) -> None:
        """Forget the waiting command, if there is one."""

    def again(self) -> None:
        """Make another command of the same words. Raises CommandError when none waits."""

    def try_request(self, words: str) -> Command:
        """The command that ``words`` become in the home folder, to be looked at: nothing is kept, sent or put in.
        Blocks a moment. Raises CommandError where none is known without a language model."""

    def snippets(self) -> str:
        """The text of the user's snippets. Raises StorageError."""

    def keep_snippets(self, text: str) -> None:
        """Check and keep them. Raises CommandError that says what is wrong where, and StorageError."""


class RoomControls(Protocol):
    """The room, the screen and this machine."""

    def microphones(self) -> list[str]:
        """Names of the input devices."""

    def calibrate(self, level: Callable[[float], None]) -> dict[str, object]:
        """Five seconds of the room, judged: verdict, message, remedy, threshold (or None). ``level`` hears the peak
        ten times a second. Blocks. Raises MicrophoneError."""

    def hear(self, heard: Callable[[float, float], bool]) -> bytes:
        """Listen to the room until ``heard(level, speech)`` says no; a WAV file of it.

        Blocks. Raises MicrophoneError.
        """

    def place(self) -> tuple[int, int] | None:
        """The middle of the window that has the cursor, in the screen's own pixels; None when that is not known."""

    def blends(self) -> bool:
        """Whether a window's pixels may be see-through here."""

    def copy(self, text: str) -> bool:
        """Leave ``text`` on the clipboard though no window of ours has the cursor; False where only a window can.
        Blocks a moment. Raises InsertError."""

    def message(self, title: str, text: str) -> None:
        """Have the desktop show a message of its own, in place of the one before; an empty title takes that away."""

    def layer(self) -> PictureLayer | None:
        """A new layer above all windows, where the desktop has one and windows cannot be placed. Some milliseconds."""

    def allow(self) -> Pending:
        """Ask the desktop to let us press keys, maybe by a dialog of its own; done when the user has answered."""

    def asks(self) -> bool:
        """Whether the desktop must be asked by ``allow`` before a text can be put in. Blocks a moment."""

    def autostarts(self) -> bool:
        """Whether the app starts with the desktop. Raises DictationError where that cannot be set from here."""

    def autostart(self, yes: bool) -> None:
        """Start with the desktop, or not. Raises DictationError."""

    def findings(self) -> list[dict[str, object]]:
        """What `dictation doctor` finds: part, verdict (fine, note, broken), message, remedy. Blocks some seconds."""

    def stored(self) -> list[tuple[str, str, int]]:
        """What is kept on this machine: settings, glossary, snippets, history, recordings, waiting (recordings without
        their text), models, log; each with its path and its size in bytes. Blocks a moment."""

    def export_settings(self, file: str) -> int:
        """Write the settings in force to ``file``, without secrets; how many. Blocks. Raises UsageError,
        StorageError."""

    def import_settings(self, file: str) -> Settings:
        """The settings in force with those of ``file`` put over them, for ``change``. Blocks a moment. Raises
        UsageError, SettingError."""


class Controls(Protocol):
    """Every call returns at once, unless it says that it blocks: then it belongs into a thread of its own. What is done
    in its turn, and may be refused then, gives a ``Pending``; a refusal is told by ``Notice`` or ``Finished`` too."""

    @property
    def keys(self) -> KeyControls: ...
    @property
    def history(self) -> HistoryControls: ...
    @property
    def words(self) -> WordControls: ...
    @property
    def models(self) -> ModelControls: ...
    @property
    def commands(self) -> CommandControls: ...
    @property
    def room(self) -> RoomControls: ...

    def listen(self, hear: Callable[[Event], None]) -> Callable[[], None]:
        """Call ``hear`` with every event, from any thread, until the returned function is called."""

    def status(self) -> dict[str, object]:
        """The contract's status object."""

    def settings(self) -> Settings:
        """The settings in force."""

    def change(self, settings: Settings) -> None:
        """Use and keep other settings. Raises DictationError and changes nothing."""

    def quit(self) -> None: ...
