"""`dictation history`: what was said, from the file itself, whether the app runs or not."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from dictation.core.errors import DictationError, StorageError, UnreachableError, UsageError
from dictation.core.said import HistoryEntry
from dictation.desktop import choose
from dictation.desktop.store.folders import Places, places
from dictation.desktop.store.history_store import LAST, SqliteHistory
from dictation.desktop.store.spool import Spool

Out = Callable[[str], None]


MOST = 1000
"""Entries that are listed unasked; more are for a file (``export``) or for the next page."""

PAGE = 200
"""Entries that are read at a time: the first stand there at once, however many there are."""


def run(action: str, words: list[str], as_json: bool, out: Out, limit: int = MOST, before: int = 0) -> int:
    """One call of ``history``. ``limit`` 0 is all of them. Raises UsageError and StorageError."""
    if min(limit, before) < 0 or max(limit, before) > LAST:
        raise UsageError("bad-call", "--limit and --before are numbers from 0 on", "See `dictation history --help`.")
    where = places()
    history = SqliteHistory(where.history, _note)
    try:
        match action:
            case "list" if not words:
                _print(history, "", limit, before, as_json, out)
            case "search" if words:
                _print(history, " ".join(words), limit, before, as_json, out)
            case "show" if len(words) == 1:
                said = history.get(_number(words[0]))
                out(_line(said) if as_json else _page(said))
            case "export" if len(words) == 1:
                count = _export(history, words[0], out)
                _said_so(as_json and words[0] != "-", {"exported": count, "file": words[0]}, out)
            case "clear" if not words:
                _said_so(as_json, {"deleted": _clear(history, where)}, out)
            case _:
                raise UsageError("bad-call", _USAGE[action], "See `dictation history --help`.")
    finally:
        history.close()
    return 0


_USAGE = {
    "list": "`history list` takes no words",
    "search": "`history search` needs the words to look for",
    "show": "`history show` needs the number of one entry",
    "export": "`history export` needs the name of one file (- for standard output)",
    "clear": "`history clear` takes no words",
}


def export(where: Places, name: str) -> int:
    """Write all entries to the file ``name``, oldest first, as JSON Lines; how many. Raises StorageError."""
    history = SqliteHistory(where.history, _note)
    try:
        return _export(history, name, lambda _: None)
    finally:
        history.close()


def _print(history: SqliteHistory, words: str, limit: int, before: int, as_json: bool, out: Out) -> None:
    left = limit or LAST
    while found := history.find(words, min(PAGE, left), before):
        for each in found:
            text = " ⏎ ".join((each.text or f"({each.reason or each.outcome})").splitlines())
            mark = "" if each.outcome == "inserted" else f"[{each.outcome}] "
            out(_line(each) if as_json else f"{each.id:>5}  {_when(each)}  {mark}{text}")
        before, left = found[-1].id, left - len(found)
        if not left:
            if history.find(words, 1, before):
                sys.stderr.write(f"dictation: note: There are more; --before {before} shows the next, --limit 0 all.\n")
            return


_ARRIVAL = {"arrived": "yes, the window has fetched it", "sent": "sent; this window does not tell"}


def _page(said: HistoryEntry) -> str:
    rows = [
        ("when", _when(said)), ("outcome", said.outcome), ("arrived", _ARRIVAL.get(said.arrival or "", "")),
        ("why", said.reason or ""), ("app", said.app),
        ("purpose", said.purpose if said.purpose != "dictate" else ""), ("seconds", f"{said.seconds:.1f}"),
        ("waits", ", ".join(f"{name} {value:.0f} ms" for name, value in said.timings.items() if value)),
        ("heard", said.heard if said.heard != said.text else ""),
        ("changed", "; ".join(f"{each.rule}: {each.before} -> {each.after}" for each in said.edits)),
        ("sound", said.audio),
    ]  # fmt: skip
    return "\n".join([*(f"{name:>8}: {value}" for name, value in rows if value), "", said.text])


def _when(said: HistoryEntry) -> str:
    return datetime.fromtimestamp(said.at).strftime("%Y-%m-%d %H:%M")


def _line(said: HistoryEntry) -> str:
    return json.dumps(said.as_json(), ensure_ascii=False)


def _number(word: str) -> int:
    if not word.isascii() or not word.isdecimal() or len(word) > 18:
        raise UsageError("bad-call", f"{word!r} is no number of an entry", "See `dictation history list`.")
    return int(word)


def _export(history: SqliteHistory, name: str, out: Out) -> int:
    """Oldest first, JSON Lines; the file is whole or not there, and for its user alone. How many there are."""
    count = 0
    if name == "-":
        for said in history.everything():
            out(_line(said))
            count += 1
        return count
    path = Path(name)
    half = None
    try:
        handle, made = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        half = Path(made)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            for said in history.everything():
                file.write(_line(said) + "\n")
                count += 1
        half.replace(path)
    except BaseException as error:
        if half is not None:
            half.unlink(missing_ok=True)
        if isinstance(error, OSError):
            what = f"{path} cannot be written: {error.strerror or error}"
            raise StorageError("write", what, "Name a file in a folder of yours with room on its disk.") from error
        raise
    return count


def _clear(history: SqliteHistory, where: Places) -> int:
    """Delete all there is. The running app does it itself: it also holds recordings that still wait for their text."""
    try:
        for answer in choose.instance().ask(where.socket, {"do": "clear_history"}):
            if error := answer.get("error"):
                raise DictationError(error["code"], error["message"], error["remedy"])
            return int(answer["deleted"])
    except UnreachableError:
        pass
    known = history.column("recording")
    deleted = history.clear()
    for each in Spool(where.spool).leftovers():
        if each.name in known:
            each.done()
        else:
            each.leave()
    return deleted


def _said_so(as_json: bool, what: dict[str, object], out: Out) -> None:
    if as_json:
        out(json.dumps(what, ensure_ascii=False))


def _note(error: DictationError) -> None:
    sys.stderr.write(f"dictation: note: {error.line()}\n")
