"""What was said, in a SQLite file for its user alone, found again by any piece of a word, Chinese or English."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from dictation.core.errors import DictationError, StorageError, UsageError
from dictation.core.said import HistoryEntry
from dictation.desktop.store.folders import private_folder
from dictation.desktop.store.history_tables import (
    COLUMNS,
    INDEX,
    NO_INDEX,
    Broken,
    clean,
    dump,
    entry,
    identity,
    indexed,
    make,
    prepare,
    readable,
    trouble,
    where,
)

PATIENCE_SECONDS = 3.0
"""For another process that is writing at the moment."""

HURRY_SECONDS = 0.2
"""For the same, and for our other threads, where the next text would wait; it is written later then."""

ONCE = ("at", "app", "audio")
"""What another transcript of the same recording does not change."""

LAST = 2**63 - 1
"""The highest number that an entry can have."""

T = TypeVar("T")


class SqliteHistory:
    """The file ``path``. May be used from several threads, and by several processes at once.

    A damaged file is set aside under another name, never overwritten, and ``tell`` hears of it.
    """

    def __init__(self, path: Path, tell: Callable[[DictationError], None] = lambda _: None) -> None:
        """Opens nothing yet."""
        self._path, self._tell = path, tell
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None

    def add(self, said: HistoryEntry) -> int:
        """Keep ``said``, in the place of what is known of the same recording; its id. Raises StorageError."""
        values = (
            said.at, said.outcome, clean(said.text), clean(said.heard),
            dump([(each.rule, each.before, each.after, each.support) for each in said.edits]),
            said.reason and clean(said.reason),
            said.purpose, clean(said.app), said.seconds, dump(dict(said.timings)), said.recording or None, said.audio,
            said.support, dump([*said.unexplained]), said.arrival,
        )  # fmt: skip
        fresh = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS.split(", ") if name not in ONCE)
        order = (
            f"INSERT INTO said ({COLUMNS}) VALUES ({', '.join('?' * len(values))}) "
            f"ON CONFLICT (recording) DO UPDATE SET {fresh}, "
            "audio = CASE excluded.audio WHEN '' THEN audio ELSE excluded.audio END RETURNING id"
        )
        (id,) = self._do(lambda connection: connection.execute(order, values).fetchone(), HURRY_SECONDS)
        return int(id)

    def find(self, words: str = "", limit: int = 0, before: int = 0) -> list[HistoryEntry]:
        """Newest first; those in which all ``words`` occur, in any order and case. 0: all. Raises StorageError.

        ``before`` asks for the next page: entries that are older than the one of this number.
        """
        if not self._path.exists():
            return []

        def look(connection: sqlite3.Connection) -> list[HistoryEntry]:
            terms, values = where(words, indexed(connection))
            return self._select(connection, f"id < ? AND {terms}", [before or LAST, *values], limit)

        return self._do(look)

    def count(self) -> int:
        """How many entries there are. Raises StorageError."""
        return len(self.column("id"))

    def column(self, name: str) -> set[str]:
        """What all entries have as their ``audio``, ``recording`` or ``id``. Raises StorageError."""
        order = f"SELECT {name} FROM said WHERE {name} <> ''"
        rows = self._do(lambda connection: connection.execute(order).fetchall()) if self._path.exists() else []
        return {str(value) for (value,) in rows}

    def get(self, id: int) -> HistoryEntry:
        """The entry ``id``. Raises UsageError when there is none, StorageError."""
        found = self._known("id = ?", id)
        if found is None:
            raise UsageError("no-such-entry", f"There is no entry {id} in the history", "See `dictation history list`.")
        return found

    def of(self, recording: str) -> HistoryEntry | None:
        """What is known of a recording. Raises StorageError."""
        return self._known("recording = ?", recording, HURRY_SECONDS) if recording else None

    def everything(self) -> Iterator[HistoryEntry]:
        """All entries, oldest first, a few hundred at a time. Raises StorageError."""
        last, more = 0, self._path.exists()
        while more:
            since = last
            page = self._do(lambda c, since=since: self._select(c, "id > ?", [since], 500, "id"))  # type: ignore[misc]
            yield from page
            more, last = bool(page), page[-1].id if page else last

    def amend(self, id: int, text: str) -> None:
        """Keep another text for the entry ``id``; what was heard stays. Raises UsageError, StorageError."""
        self.get(id)
        self._do(lambda connection: connection.execute("UPDATE said SET text = ? WHERE id = ?", (clean(text), id)))

    def forget(self, id: int) -> None:
        """Delete the entry ``id`` and its sound. Raises UsageError, StorageError."""
        self.get(id)
        self._delete("id = ?", [id])

    def clear(self) -> int:
        """Delete all entries and their sound; how many there were. Raises StorageError."""
        return self._delete("1", []) if self._path.exists() else 0

    def prune(self, before: float) -> int:
        """Delete what began before ``before``, in seconds since 1970. Raises StorageError."""
        return self._delete("at < ?", [before]) if self._path.exists() else 0

    def check(self) -> None:
        """See whether the index of words is whole, and build it anew if not. Raises StorageError."""

        def look(connection: sqlite3.Connection) -> None:
            if indexed(connection):
                connection.execute("INSERT INTO said_words(said_words, rank) VALUES ('integrity-check', 1)")

        if self._path.exists():
            self._do(look)

    def close(self) -> None:
        """Let go of the file. Never raises; the next use opens it again."""
        with self._lock:
            self._let_go()

    # --- in the lock

    def _do(self, action: Callable[[sqlite3.Connection], T], patience: float = PATIENCE_SECONDS) -> T:
        """One transaction; once more when the file, or the index in it, had to be made anew.

        Others are waited for ``patience`` seconds, whether they are programs or our threads. Raises StorageError.
        """
        if not self._lock.acquire(timeout=patience):
            raise trouble(self._path, "it is in use")
        try:
            for last in (False, True):
                try:
                    with self._open(patience) as connection:
                        return action(connection)
                except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter of a damaged name of a table
                    if last or not self._mend(error):
                        if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY:
                            self._let_go()
                        raise trouble(self._path, error) from error
        finally:
            self._lock.release()
        raise AssertionError("unreachable")

    def _open(self, patience: float) -> sqlite3.Connection:
        """The connection; a new one when somebody moved or deleted the file meanwhile. Raises sqlite3.Error."""
        if self._connection is not None and identity(self._path) == self._file:
            self._connection.execute(f"PRAGMA busy_timeout = {round(1000 * patience)}")
            return self._connection
        self._let_go()
        if not self._path.exists():
            private_folder(self._path.parent)
        try:
            # Made here, so that it is never readable by others; SQLite gives its two files beside it the same mode.
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
            self._path.chmod(0o600)
        except OSError as error:
            if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM) and self._path.exists():
                return self._open_to_read()
            raise sqlite3.OperationalError(error.strerror or str(error)) from error
        connection = sqlite3.connect(self._path, timeout=patience, check_same_thread=False)
        try:
            prepare(connection, self._path)
        except BaseException:
            connection.close()
            raise
        self._connection, self._file = connection, identity(self._path)
        return connection

    def _open_to_read(self) -> sqlite3.Connection:
        """On a disk that nobody can write to: what was said can still be looked up. Raises sqlite3.Error."""
        self._connection, self._file = readable(self._path), identity(self._path)
        return self._connection

    def _let_go(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            with contextlib.suppress(sqlite3.Error):  # what is in a broken file was told of already
                connection.close()

    def _mend(self, error: Exception) -> bool:
        """Whether to try again: a broken index is built anew, a broken file is set aside."""
        code = getattr(error, "sqlite_errorcode", 0)
        if code == sqlite3.SQLITE_CORRUPT_VTAB and self._connection is not None:
            try:
                make(self._connection, NO_INDEX, INDEX)
            except sqlite3.Error:
                return self._set_aside(error)
            return True
        broken = isinstance(error, Broken | UnicodeDecodeError) or code & 0xFF in (
            sqlite3.SQLITE_CORRUPT,
            sqlite3.SQLITE_NOTADB,
        )
        return broken and self._set_aside(error)

    def _set_aside(self, error: Exception) -> bool:
        self._let_go()
        number = 1
        while (aside := self._path.with_name(f"{self._path.name}.broken{f'-{number}' if number > 1 else ''}")).exists():
            number += 1
        try:
            self._path.replace(aside)
        except OSError:
            return False
        for tail in ("-wal", "-shm"):  # parts of the broken file: a new one must not take them for its own
            part = self._path.with_name(self._path.name + tail)
            if part.exists():
                part.replace(aside.with_name(aside.name + tail))
        self._tell(
            StorageError(
                "history-broken",
                f"The history {self._path} is damaged ({error})",
                f"It was moved to {aside}; a new one was begun.",
            )
        )
        return True

    def _known(self, where: str, value: object, patience: float = PATIENCE_SECONDS) -> HistoryEntry | None:
        if not self._path.exists():
            return None
        found = self._do(lambda connection: self._select(connection, where, [value], 1), patience)
        return found[0] if found else None

    def _delete(self, where: str, values: list[object]) -> int:
        def delete(connection: sqlite3.Connection) -> tuple[int, list[str]]:
            sounds = [str(path) for (path,) in connection.execute(f"SELECT audio FROM said WHERE {where}", values)]
            gone = connection.execute(f"DELETE FROM said WHERE {where}", values).rowcount
            if gone and indexed(connection):  # deleted words stay in the index until its parts are put together
                connection.execute("INSERT INTO said_words(said_words) VALUES ('optimize')")
            return gone, sounds

        gone, sounds = self._do(delete)
        for each in filter(None, sounds):
            Path(each).unlink(missing_ok=True)
        if gone:
            with self._lock:
                if self._connection is not None:
                    try:  # what was deleted is in the log of changes still
                        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                    except sqlite3.Error:  # somebody reads just now; the next writer does it
                        return gone
        return gone

    def _select(
        self, connection: sqlite3.Connection, where: str, values: list[object], limit: int, order: str = "id DESC"
    ) -> list[HistoryEntry]:
        rows = connection.execute(
            f"SELECT {COLUMNS}, id FROM said WHERE {where} ORDER BY {order} LIMIT ?", [*values, limit or -1]
        )
        return [entry(row) for row in rows]
