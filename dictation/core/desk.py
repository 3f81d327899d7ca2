"""What the settings window asks of the app beside the settings themselves; a part of ``ports.Controls``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from dictation.core.errors import DictationError


class Desk(Protocol):
    """Calls that say "blocks" belong into a thread of their own; the others return at once."""

    def terms(self) -> list[tuple[str, tuple[str, ...]]]:
        """The user's own terms, each with how it is said. Raises StorageError."""

    def put_term(self, term: str, said: Sequence[str], before: str = "") -> None:
        """Keep a term, in the place of the term ``before``. Raises UsageError, StorageError."""

    def drop_term(self, term: str) -> None:
        """Forget a term. Raises StorageError."""

    def import_terms(self, file: str) -> int:
        """Add the terms of a file; how many. Raises UsageError, StorageError."""

    def export_terms(self, file: str) -> int:
        """Write the terms to a file; how many. Raises StorageError."""

    def try_words(self, text: str) -> dict[str, object]:
        """What the language rules make of ``text``: heard, text, edits (rule, from, to). Blocks a moment."""

    def providers(self) -> dict[str, tuple[str, str]]:
        """The usual address and model of each choice of a provider."""

    def has_key(self) -> bool:
        """Whether there is a key for the language model. Blocks up to 2 s."""

    def keep_key(self, key: str) -> None:
        """Keep the key in the system's keyring, or delete it if empty. Blocks up to 2 s. Raises StorageError."""

    def llm_models(self) -> list[str]:
        """Names of the models of the server that is set. Blocks up to 8 s. Raises RewriteError."""

    def test_llm(self) -> list[DictationError]:
        """What is wrong with the language model as it is set; empty when it works. Blocks up to 25 s."""

    def snippets(self) -> str:
        """The text of the user's snippets. Raises StorageError."""

    def keep_snippets(self, text: str) -> None:
        """Check and keep them. Raises CommandError that says what is wrong where, and StorageError."""

    def calibrate(self, level: Callable[[float], None]) -> dict[str, object]:
        """Five seconds of the room, judged: verdict, message, remedy, threshold (or None). ``level`` hears the peak
        ten times a second. Blocks. Raises MicrophoneError."""

    def hear(self, heard: Callable[[float, float], bool]) -> bytes:
        """Listen to the room until ``heard(level, speech)`` says no; a WAV file of it.

        Blocks. Raises MicrophoneError.
        """

    def autostarts(self) -> bool:
        """Whether the app starts with the desktop. Raises DictationError where that cannot be set from here."""

    def autostart(self, yes: bool) -> None:
        """Start with the desktop, or not. Raises DictationError."""

    def findings(self) -> list[dict[str, object]]:
        """What `dictation doctor` finds: part, verdict (fine, note, broken), message, remedy. Blocks some seconds."""

    def stored(self) -> list[tuple[str, str, int]]:
        """What is kept on this machine: settings, glossary, snippets, history, recordings, waiting (recordings without
        their text), models, log; each with its path and its size in bytes. Blocks a moment."""
