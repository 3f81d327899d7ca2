"""Terms that stand there as they are written: they are right, and nothing may take a part of them or swallow them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dictation.language.code.vocabulary import FUNCTION as GRAMMAR
from dictation.language.code.vocabulary import VERBS
from dictation.language.terms.candidates import Candidate
from dictation.language.terms.lists.term_index import key_of
from dictation.language.terms.tool_places import BEFORE
from dictation.spelled.lazy_regex import late

_PARTS = late(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^A-Za-z0-9\s]+")
_ENDING = late(r"(?:'s|s|es)(?![A-Za-z])")


def settled(text: str, candidates: Iterable[Candidate]) -> list[tuple[int, int]]:
    """The spans of ``text`` that are a term as it is written, with the plural or the 's behind it."""
    spans = []
    for found in candidates:
        if found.kind == "letters" or found.entry.is_chinese:
            said = text[found.start : found.end]
            if said == found.entry.term:
                ending = _ENDING.match(text, found.end)
                spans.append((found.start, ending.end() if ending else found.end))
            elif _plural(said, found.entry.term):
                spans.append((found.start, found.end))
    return spans


def _plural(said: str, term: str) -> bool:
    return said.startswith(term) and bool(_ENDING.fullmatch(said[len(term) :]))


def keeps(text: str, found: Candidate, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a candidate leaves every settled span as it is: it lies apart from it, or the longer term holds it whole,
    at a seam of its own name (Tailwind|CSS, Postgre|SQL, but not Ar|go), and what else it takes says nothing else."""
    for start, end in spans:
        if found.start < end and start < found.end:
            if not (found.start <= start and end <= found.end and end - start < found.end - found.start):
                return False
            if not _holds(found, text[start:end], start, end) or _swallows(text, found, start, end):
                return False
    return True


def _swallows(text: str, found: Candidate, start: int, end: int) -> bool:
    """Whether what a candidate takes beside a settled term is a word of its own: ``no`` JS, ``write`` LLM."""
    rest = [token for token in found.tokens if token.end <= start or end <= token.start]
    if any(token.kind != "l" for token in rest):
        return False
    if all(token.low in GRAMMAR for token in rest):
        return True
    guessed = found.kind in ("sound", "part") or (text[start:end].islower() and found.kind in ("letters", "english"))
    return guessed and any(token.low in VERBS or token.low in BEFORE for token in rest)


def _holds(found: Candidate, said: str, start: int, end: int) -> bool:
    """Whether the term that stands there is a part of the longer one.

    A term in lower case is a word of the trade (cron, bug) and may be a piece of a listed form: cron tab, d bug.
    """
    term = found.entry.term
    if said.islower() and found.kind in ("letters", "english"):
        return True
    if not term.isascii() or not said.isascii():
        return found.kind in ("letters", "chinese")
    parts = [key_of(part) for part in _PARTS.findall(term)]
    parts = [part for part in parts if part]
    key = key_of(said)
    if found.start == start:
        return any("".join(parts[:at]) == key for at in range(1, len(parts)))
    if found.end == end:
        return any("".join(parts[at:]) == key for at in range(1, len(parts)))
    return found.kind == "letters"
