"""What cannot be kept on a disk that nobody can write to: told once and plainly, and not once for each thing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from dictation.core.errors import DictationError, StorageError
from dictation.desktop.store.folders import Places, first_there

REMEDY = "Make it writable, or set DICTATION_HOME to another folder."


def writable(folder: Path) -> bool:
    """Whether files can be put into ``folder``, or it can be made. Writes nothing."""
    try:
        folder = first_there(folder)
        # What is no folder is another trouble, which is told as such.
        return not folder.is_dir() or os.access(folder, os.W_OK | os.X_OK)
    except OSError:
        return False


def unkept(where: Places) -> StorageError | None:
    """What is not kept, in one sentence; None where everything is."""
    state, config = writable(where.state), writable(where.config)
    if state and config:
        return None
    if config:
        why = f"{where.state} cannot be written to: no history and no log is kept, and recordings only in memory"
    elif state:
        why = f"{where.config} cannot be written to: changed settings and taught words are not kept"
    else:
        folders = ", ".join(dict.fromkeys((str(where.state), str(where.config))))
        why = (
            f"{folders} cannot be written to: no history, log, changed settings or taught words are kept, "
            "and recordings only in memory"
        )
    return StorageError("read-only", why, REMEDY)


class Shut:
    """Passes on what is wrong with history and recordings, but for what follows from a folder that takes nothing.

    Where that is so from the start, ``unkept`` has told it; later, the first trouble is passed on.
    """

    def __init__(self, state: Path, tell: Callable[[DictationError], None]) -> None:
        self._state, self._tell = state, tell
        self._known = not writable(state)

    def __call__(self, error: DictationError) -> None:
        known, self._known = self._known, not writable(self._state)
        if not (known and self._known):
            self._tell(error)
