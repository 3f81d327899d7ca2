"""Every failure a user can meet: a code to look up, a message that says what and why, a remedy that says what to do."""

from __future__ import annotations


class DictationError(Exception):
    """A failure that is told to the user in one line, never as a traceback.

    ``code`` is stable and lower-case-with-hyphens; ``message`` says what happened and why; ``remedy`` says what to do.
    Both are sentences without a final full stop in ``message`` (the printer adds it).
    """

    exit_code = 1

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy

    def line(self) -> str:
        """``WHAT. REMEDY`` in one line, as the contract wants it on standard error."""
        what = " ".join(self.message.split()).rstrip(".")
        return f"{what}. {' '.join(self.remedy.split())}".strip()

    def as_json(self) -> dict[str, str]:
        """The three fields, for ``--json``."""
        return {"code": self.code, "message": self.message, "remedy": self.remedy}


class UsageError(DictationError):
    """The call is wrong, or an input cannot be read."""

    exit_code = 2


class SettingError(UsageError):
    """A setting does not exist or was given a value it cannot have."""


class AudioFileError(UsageError):
    """A file given to ``transcribe`` is missing, unreadable or not audio."""


class UnreachableError(DictationError):
    """The running app does not answer."""

    exit_code = 3


class MicrophoneError(DictationError):
    """No microphone, or one that is busy, refused or gone."""


class HotkeyError(DictationError):
    """A hotkey cannot be listened for: taken by another program, unknown, or not possible on this session."""


class ModelError(DictationError):
    """A model is unknown, incomplete or cannot be downloaded."""


class EngineError(DictationError):
    """The recogniser failed, after it was started again."""


class RewriteError(DictationError):
    """The language model could not be asked, or gave nothing that may be used."""


class CommandError(DictationError):
    """No command can be made of what was said."""


class InsertError(DictationError):
    """The text could not be put at the cursor; it is kept and can be inserted again."""


SECRET = "password-field"
"""Code of the error that says so: what was said there is shown and kept nowhere."""


class StorageError(DictationError):
    """A file of ours cannot be read or written: full disk, no permission, broken content."""
