"""The tables of the history: how they are made and checked, and how rows become entries."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from dictation.core.errors import StorageError
from dictation.core.foreign import json_from
from dictation.core.said import HistoryEntry
from dictation.core.types import Edit

VERSION = 1
"""Of the tables below, in the file's ``user_version``."""

TABLES = """
CREATE TABLE IF NOT EXISTS said (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, outcome TEXT NOT NULL, text TEXT NOT NULL,
    heard TEXT NOT NULL, edits TEXT NOT NULL, reason TEXT, purpose TEXT NOT NULL, app TEXT NOT NULL,
    seconds REAL NOT NULL, timings TEXT NOT NULL, recording TEXT UNIQUE, audio TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS said_at ON said (at);
"""

INDEX = """
CREATE VIRTUAL TABLE IF NOT EXISTS said_words
    USING fts5(text, heard, content='said', content_rowid='id', tokenize='trigram');
CREATE TRIGGER IF NOT EXISTS said_added AFTER INSERT ON said BEGIN
    INSERT INTO said_words(rowid, text, heard) VALUES (new.id, new.text, new.heard);
END;
CREATE TRIGGER IF NOT EXISTS said_gone AFTER DELETE ON said BEGIN
    INSERT INTO said_words(said_words, rowid, text, heard) VALUES ('delete', old.id, old.text, old.heard);
END;
CREATE TRIGGER IF NOT EXISTS said_changed AFTER UPDATE ON said BEGIN
    INSERT INTO said_words(said_words, rowid, text, heard) VALUES ('delete', old.id, old.text, old.heard);
    INSERT INTO said_words(rowid, text, heard) VALUES (new.id, new.text, new.heard);
END;
INSERT INTO said_words(said_words) VALUES ('rebuild');
"""
"""Chinese has no spaces, so the index is of every three characters; shorter words are looked for without it."""

NO_INDEX = (
    "".join(f"DROP TRIGGER IF EXISTS {each};" for each in ("said_added", "said_gone", "said_changed"))
    + "DROP TABLE IF EXISTS said_words;"
)
SHORTEST = 3
LATEST = 253_402_300_000.0
"""The end of the year 9999, the last that has a date."""
COLUMNS = (
    "at, outcome, text, heard, edits, reason, purpose, app, seconds, timings, recording, audio, support, unexplained, "
    "arrival"
)

LATER = {"support": "REAL", "unexplained": "TEXT NOT NULL DEFAULT '[]'", "arrival": "TEXT"}
"""Columns that came after the first version; a file without them gets them, and an older program leaves them alone."""


class Broken(sqlite3.DatabaseError):
    """SQLite found the file damaged without being asked for anything in it."""


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Look at the file, and make its tables if it is new. Raises sqlite3.Error, StorageError."""
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    connection.execute("PRAGMA journal_mode = WAL")  # so that the command line reads while the app writes
    connection.execute("PRAGMA synchronous = FULL")  # a recording is deleted when its text is here
    connection.execute("PRAGMA secure_delete = ON")
    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise Broken(found)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise StorageError(
            "history-newer",
            f"{path} was made by a newer version of Dictation",
            "Update Dictation, or move the file away; nothing is kept until then.",
        )
    if version == VERSION:
        _complete(connection)
        return
    make(connection, TABLES)
    _complete(connection)
    with contextlib.suppress(sqlite3.OperationalError):
        make(connection, INDEX)  # a SQLite older than 3.34 has no trigrams: it is searched without an index
    make(connection, f"PRAGMA user_version = {VERSION};")


def readable(path: Path) -> sqlite3.Connection:
    """The file on a disk that nobody can write to: with the log of changes beside it, or, where that cannot be read so,
    without. Raises sqlite3.Error."""
    for more in ("", "&immutable=1"):
        connection = sqlite3.connect(f"file:{quote(os.fspath(path))}?mode=ro{more}", uri=True, check_same_thread=False)
        connection.text_factory = lambda text: text.decode("utf-8", "replace")
        try:
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.Error:
            connection.close()
            if more:
                raise
        else:
            return connection
    raise AssertionError("unreachable")


def identity(path: Path) -> tuple[int, int] | None:
    """Tells the file from any other; None where there is none."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_dev, about.st_ino


def trouble(path: Path, why: object) -> StorageError:
    """What it means that the file cannot be used."""
    return StorageError(
        "history", f"The history {path} cannot be used ({why})", "Free space on the disk, or make the file writable."
    )


def _complete(connection: sqlite3.Connection) -> None:
    there = {row[1] for row in connection.execute("PRAGMA table_info(said)")}
    for name, kind in LATER.items():
        if name not in there:
            make(connection, f"ALTER TABLE said ADD COLUMN {name} {kind};")


def make(connection: sqlite3.Connection, *orders: str) -> None:
    """Change the tables: all of it or nothing. Raises sqlite3.Error."""
    try:
        connection.executescript(f"BEGIN IMMEDIATE; {' '.join(orders)} COMMIT;")
    except sqlite3.Error:
        connection.rollback()
        raise


def indexed(connection: sqlite3.Connection) -> bool:
    """Whether words can be looked up."""
    return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'said_words'").fetchone())


def where(words: str, by_index: bool) -> tuple[str, list[object]]:
    """A condition for entries with all ``words`` in them."""
    wanted = "".join(char if char.isprintable() else " " for char in clean(words)).split()
    long = [each for each in wanted if len(each) >= SHORTEST] if by_index else []
    terms, values = ["1"], list[object]()
    if long:
        terms.append("id IN (SELECT rowid FROM said_words WHERE said_words MATCH ?)")
        values.append(" AND ".join('"{}"'.format(each.replace('"', '""')) for each in long))
    for each in wanted:
        if each not in long:
            pattern = "%" + each.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
            terms.append("(text LIKE ? ESCAPE '\\' OR heard LIKE ? ESCAPE '\\')")
            values += [pattern, pattern]
    return " AND ".join(terms), values


def entry(row: tuple[object, ...]) -> HistoryEntry:
    """An entry, of its ``COLUMNS`` and its id. A damaged one keeps what can be read of it."""
    try:
        said = HistoryEntry(*row)  # type: ignore[arg-type]
        timings = {str(name): float(value) for name, value in json_from(str(said.timings)).items()}
        edits = tuple(_edit(*each) for each in json_from(str(said.edits)))
        if not 0 <= said.at < LATEST or not 0 <= said.seconds < LATEST:
            raise ValueError("no time of ours")
        unexplained = tuple((float(start), float(end)) for start, end in json_from(str(said.unexplained)))
        support = None if said.support is None else float(said.support)
        return replace(
            said, edits=edits, timings=timings, recording=said.recording or "", support=support, unexplained=unexplained
        )
    except (ValueError, TypeError, AttributeError):
        return HistoryEntry(0.0, "failed", str(row[2]), reason="This entry is damaged", id=int(str(row[-1])))


def _edit(rule: object, before: object, after: object, support: float | None = None) -> Edit:
    return Edit(str(rule), str(before), str(after), None if support is None else float(support))


def dump(value: object) -> str:
    """As it stands in one column."""
    return json.dumps(value)


def clean(text: str) -> str:
    """Half a character, as a language model may send it, cannot be stored."""
    return text.encode("utf-8", "replace").decode("utf-8")
