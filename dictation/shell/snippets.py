"""The user's own commands: ``snippets.toml``, with slots such as "部署到 {env}"."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

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
    def wrong(why: str) -> CommandError:
        return CommandError("snippets-broken", f"{path}: snippet {number} {why}", _REMEDY)

    if not isinstance(row, dict):
        raise wrong("is not a table")
    for name in row:
        if name not in ("say", "run", "explain", "shell"):
            raise wrong(f"has {name!r}, which is not known; there are say, run, explain and shell")
    say = [row["say"]] if isinstance(row.get("say"), str) else row.get("say")
    run = row.get("run")
    if not isinstance(say, list) or not say or not all(isinstance(each, str) and each.strip() for each in say):
        raise wrong("needs words in say")
    if not isinstance(run, str) or not run.strip():
        raise wrong("needs a command in run")
    for each in say:
        slots = _SLOT.findall(each)
        if len(slots) != len(set(slots)):
            raise wrong(f"has a slot twice in {each!r}")
        if not _SLOT.sub("", each).strip():
            raise wrong(f"says nothing but a slot in {each!r}")
        if re.search(r"\}\s*\{", each):
            raise wrong(f"needs a word between two slots in {each!r}")
    named = set(_SLOT.findall(run))
    for each in say:
        for slot in _SLOT.findall(each):
            if slot not in named:
                raise wrong(f"has the slot {{{slot}}} in say and not in run")
    return Snippet(tuple(say), run.strip(), str(row.get("explain", "")), str(row.get("shell", "")))


def find(request: str, snippets: tuple[Snippet, ...], shell: str) -> FilledSnippet | None:
    """The snippet that ``request`` asks for: word for word, else the most alike one that is alike enough."""
    if not snippets:
        return None
    asked = _even(request)
    best: tuple[float, FilledSnippet] | None = None
    for snippet in snippets:
        if snippet.shell and snippet.shell != shell:
            continue
        for say in snippet.say:
            likeness, slots = _likeness(asked, say)
            if likeness < LEAST or (best and likeness <= best[0]):
                continue
            missing = [slot for slot in _SLOT.findall(snippet.run) if slot not in slots and _is_slot(slot, snippet)]
            if missing or any(_unsafe(value) for value in slots.values()):
                continue
            try:
                best = (likeness, FilledSnippet(_filled(snippet.run, slots, shell), snippet, _told(snippet, slots)))
            except ValueError:  # cmd has no way to quote it
                continue
    return best[1] if best else None


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
