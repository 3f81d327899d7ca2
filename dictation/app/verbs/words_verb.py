"""`dictation words`: the user's own terms as a list, in and out of files, and words that might become terms."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from dictation.app.words.glossary_file import GlossaryFile
from dictation.app.words.said_often import LATEST, said_often
from dictation.core.errors import UsageError
from dictation.desktop.store.folders import Places, places
from dictation.desktop.store.history_store import SqliteHistory

Out = Callable[[str], None]


def run(action: str, file: str | None, as_json: bool, out: Out) -> int:
    """One call of ``words``. Raises UsageError and StorageError."""
    if (file is None) == (action in ("import", "export")):
        wrong = f"`words {action}` needs a file" if file is None else f"`words {action}` takes no file"
        raise UsageError("bad-call", wrong, "See `dictation words --help`.")
    where = places()
    glossary = GlossaryFile(where.glossary)
    match action:
        case "import" | "export":
            count = (glossary.take if action == "import" else glossary.give)(Path(file or ""))
            out(json.dumps({f"{action}ed": count, "file": file}) if as_json else f"{count}")
        case "often":
            for word, number in _often(glossary, where):
                out(json.dumps({"word": word, "count": number}) if as_json else f"{number}\t{word}")
        case _:
            for each in glossary.entries():
                heard = [*each.english, *each.chinese]
                said = json.dumps({"term": each.term, "heard": heard}, ensure_ascii=False)
                out(said if as_json else f"{each.term}\t{'|'.join(heard)}")
    return 0


def _often(glossary: GlossaryFile, where: Places) -> list[tuple[str, int]]:
    """Words that are said often and that no list has."""
    history = SqliteHistory(where.history)
    try:
        return said_often(history.find("", LATEST), [each.term for each in glossary.entries()])
    finally:
        history.close()
