"""The user's own commands: ``snippets.toml``, with slots such as "部署到 {env}"."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Any

from dictation.core.errors import CommandError
from dictation.core.foreign import toml_from
from dictation.spelled.lazy_regex import late
from dictation.spelled.quoting import quote

LEAST = 0.9
"""How alike a request and a snippet's words are at least, 0 to 1."""

_SLOT = late(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_NOT_ALIKE = late(r"不|别|没|除了|\b(?:not|no|don't|never|without|except)\b|\d+", re.I)
_REMEDY = "Mend it, or move it away: docs/commands.md has an example."


@dataclass(frozen=True, slots=True)
class Snippet:
    """``say``: ways to ask for it, with slots; ``run``: the command, with the same slots; ``shell``: only there."""

    say: tuple[str, ...]
    run: str
    explain: str = ""
    shell: str = ""


@dataclass(frozen=True, slots=True)
class FilledSnippet:
    """A snippet that was asked for, with its slots filled."""

    command: str
    snippet: Snippet
    explanation: str = ""


def read(text: str, path: str = "snippets.toml") -> tuple[Snippet, ...]:
    """The snippets of a file's text. Raises CommandError that names ``path`` and the place in it."""
    good, wrong = readable(text, path)
    if wrong:
        raise wrong[0]
    return good


def readable(text: str, path: str = "snippets.toml") -> tuple[tuple[Snippet, ...], tuple[CommandError, ...]]:
    """The snippets of a file's text that can be used, and what is wrong with the others.

    One broken snippet leaves the others in force; a file that is no TOML has none.
    """
    try:
        table = toml_from(text)
    except ValueError as error:
        return (), (CommandError("snippets-broken", f"{path} is not TOML: {error}", _REMEDY),)
    rows = table.get("snippet", [])
    wrong = [
        CommandError("snippets-broken", f"{path}: {name} is not known; snippets stand under [[snippet]]", _REMEDY)
        for name in table
        if name != "snippet" or not isinstance(rows, list)
    ]
    good = []
    for number, row in enumerate(rows if isinstance(rows, list) else [], 1):
        try:
            good.append(_one(row, number, path))
        except CommandError as error:
            wrong.append(error)
    return tuple(good), tuple(wrong)


def _one(row: object, number: int, path: str) -> Snippet:
    """The snippet of one table. Raises CommandError with the first thing that is wrong with it."""
    why = _wrong(row)
    if why or not isinstance(row, dict):
        raise CommandError("snippets-broken", f"{path}: snippet {number} {why}", _REMEDY)
    return Snippet(tuple(_ways(row)), row["run"].strip(), str(row.get("explain", "")), str(row.get("shell", "")))


def _ways(row: dict[str, Any]) -> list[str]:
    """The ways to ask for a snippet: one text, or several."""
    return [row["say"]] if isinstance(row["say"], str) else row["say"]


def _wrong(row: object) -> str:
    """What is wrong first with a table; empty where all is well."""
    if not isinstance(row, dict):
        return "is not a table"
    if why := _wrong_keys(row):
        return why
    ways = _ways(row)
    return next(filter(None, (*map(_wrong_words, ways), *(_wrong_slot(each, row["run"]) for each in ways))), "")


def _wrong_keys(row: dict[str, object]) -> str:
    """Why a table is no snippet; empty where it has words to say and a command."""
    for name in row:
        if name not in ("say", "run", "explain", "shell"):
            return f"has {name!r}, which is not known; there are say, run, explain and shell"
    say, run = row.get("say"), row.get("run")
    words = [say] if isinstance(say, str) else say
    if not isinstance(words, list) or not words or not all(map(_is_text, words)):
        return "needs words in say"
    return "" if _is_text(run) else "needs a command in run"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _wrong_words(say: str) -> str:
    """Why nobody could ask with these words; empty where all is well."""
    slots = _SLOT.findall(say)
    if len(slots) != len(set(slots)):
        return f"has a slot twice in {say!r}"
    if not _SLOT.sub("", say).strip():
        return f"says nothing but a slot in {say!r}"
    return f"needs a word between two slots in {say!r}" if re.search(r"\}\s*\{", say) else ""


def _wrong_slot(say: str, run: str) -> str:
    """The slot that the words have and the command lacks."""
    lacking = [slot for slot in _SLOT.findall(say) if slot not in _SLOT.findall(run)]
    return f"has the slot {{{lacking[0]}}} in say and not in run" if lacking else ""


def find(request: str, snippets: tuple[Snippet, ...], shell: str) -> FilledSnippet | None:
    """The snippet that ``request`` asks for: word for word, else the most alike one that is alike enough."""
    if not snippets:
        return None
    asked = _even(request)
    found = [
        fit
        for snippet in snippets
        for say in snippet.say
        if snippet.shell in ("", shell) and (fit := _fit(asked, say, snippet, shell))
    ]
    return max(found, key=lambda fit: fit[0])[1] if found else None


def _fit(asked: str, say: str, snippet: Snippet, shell: str) -> tuple[float, FilledSnippet] | None:
    """How alike, and the snippet filled in; ``None`` where it is not alike enough or cannot be filled."""
    likeness, slots = _likeness(asked, say)
    if likeness < LEAST:
        return None
    missing = [slot for slot in _SLOT.findall(snippet.run) if slot not in slots and _is_slot(slot, snippet)]
    if missing or any(map(_unsafe, slots.values())):
        return None
    try:
        return likeness, FilledSnippet(_filled(snippet.run, slots, shell), snippet, _told(snippet, slots))
    except ValueError:  # cmd has no way to quote it
        return None


def _is_slot(name: str, snippet: Snippet) -> bool:
    """Braces in a command that no wording names are the command's own."""
    return any(name in _SLOT.findall(say) for say in snippet.say)


def _unsafe(value: str) -> bool:
    return not value.isprintable() or value.startswith("-") or not 0 < len(value) <= 200


def _filled(run: str, slots: dict[str, str], shell: str) -> str:
    return _SLOT.sub(lambda found: quote(slots[found[1]], shell) if found[1] in slots else found[0], run)


def _told(snippet: Snippet, slots: dict[str, str]) -> str:
    """What it does, with what was said in the slots."""
    return _SLOT.sub(lambda found: slots.get(found[1], found[0]), snippet.explain or snippet.say[0])


def _even(text: str) -> str:
    """Lower case, single spaces, none beside Chinese, no punctuation at the end."""
    text = " ".join(text.split()).strip(" ,.;:!?，。！？；：、")
    return re.sub(r"(?<=[㐀-鿿])\s+|\s+(?=[㐀-鿿])", "", text)


def _likeness(asked: str, say: str) -> tuple[float, dict[str, str]]:
    """How alike, 0 to 1, and what stands in the slots."""
    pieces = _SLOT.split(_even(say))  # words, slot, words, slot, words
    names = pieces[1::2]
    exact = re.fullmatch(
        "".join(r"\s*(.+?)\s*" if at % 2 else _loose(piece) for at, piece in enumerate(pieces)), asked, re.I
    )
    if exact:
        return 1.0, {name: value.strip() for name, value in zip(names, exact.groups(), strict=True)}
    if _NOT_ALIKE.findall(asked) != _NOT_ALIKE.findall(say):
        return 0.0, {}
    if not names:
        return _ratio(asked, pieces[0]), {}
    if len(names) > 1:
        return 0.0, {}
    return _around(asked, pieces[0].strip(), pieces[2].strip(), names[0])


def _loose(words: str) -> str:
    return r"\s*".join(re.escape(each) for each in words.split())


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one.lower(), other.lower(), autojunk=False).ratio()


def _around(asked: str, before: str, after: str, name: str) -> tuple[float, dict[str, str]]:
    """The best place for one slot between words that are only nearly the same."""
    best: tuple[float, dict[str, str]] = (0.0, {})
    cuts = [found.start() for found in re.finditer(r"\b|(?<=[㐀-鿿])|(?=[㐀-鿿])", asked)]
    for start in cuts if before else [0]:
        for end in cuts if after else [len(asked)]:
            value = asked[start:end].strip()
            if end <= start or not value or len(value) > 60:
                continue
            rest = (asked[:start].strip() + "\n" + asked[end:].strip()).lower()
            ratio = _ratio(rest, f"{before}\n{after}")
            if ratio > best[0]:
                best = (ratio, {name: value})
    return best
