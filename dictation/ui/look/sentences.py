"""Sentences: what the app says (errors, reasons, why a text was kept) in the user's language.

The app speaks English, as in its log, and puts names and numbers into its sentences. So they are
not looked up by Qt but in a table of patterns, one a line: the sentence with ``{0}``, ``{1}`` … where something is put
in, a tab, and the same in the other language. What is not in the table is shown as it came.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from dictation.core.errors import DictationError
from dictation.ui.look.asset_folders import assets

GAP = re.compile(r"\{(\d)\}")

_language = ["en"]


def use(language: str) -> None:
    """From now on say them in ``language``."""
    _language[0] = language


def language() -> str:
    """The language that is spoken now."""
    return _language[0]


def sentence(words: str) -> str:
    """One sentence of the app's, with or without its full stop."""
    if not words or (table := _table(_language[0])) is None:
        return words
    exact, patterns = table
    bare = words.rstrip(".")
    if (known := exact.get(words) or exact.get(bare)) is not None:
        return known
    for pattern, other in patterns:
        if found := pattern.fullmatch(words) or pattern.fullmatch(bare):
            return _filled(other, found)
    return words


def line(error: DictationError) -> str:
    """What went wrong and what to do, in one line."""
    what, remedy = sentence(error.message), sentence(error.remedy)
    if what == error.message and remedy == error.remedy:
        return error.line()
    return "".join(_closed(each) for each in (what, remedy) if each)


def _closed(words: str) -> str:
    """With one mark at its end: a question keeps its own."""
    bare = words.rstrip(".。")
    return bare if bare.endswith(("？", "！", "?", "!")) else f"{bare}。"


def lines(words: str) -> str:
    """Two sentences of the app's in one line: what went wrong, and what to do."""
    for stop in re.finditer(r"\. ", words):
        first, second = words[: stop.start()], words[stop.end() :]
        if (what := sentence(first)) != first and (remedy := sentence(second)) != second:
            return _closed(what) + _closed(remedy)
    return sentence(words)


def folder() -> Path:
    """Where the tables are: inside the installed package, or beside it in a checkout."""
    return assets("translations")


Table = tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]


@cache
def _table(language: str) -> Table | None:
    """Sentences without gaps, and patterns of those with some, the longest first; None when there is no table."""
    try:
        written = (folder() / f"app_{language}.tsv").read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    pairs = [row.split("\t") for row in written.splitlines() if "\t" in row]
    exact = {source.rstrip("."): other for source, other in pairs if not GAP.search(source)}
    gaps = sorted((pair for pair in pairs if GAP.search(pair[0])), key=lambda pair: -len(GAP.sub("", pair[0])))
    return exact, [(_pattern(source), other) for source, other in gaps]


def _filled(other: str, found: re.Match[str]) -> str:
    """What is put in may be a sentence of the app's itself."""
    return GAP.sub(lambda gap: sentence(found[f"g{gap[1]}"]), other)


def _pattern(source: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\d)\}", source.rstrip("."))
    # A gap may be empty: a part of a sentence that is said only sometimes.
    made = "".join(f"(?P<g{part}>.*?)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
    return re.compile(made, re.DOTALL)
