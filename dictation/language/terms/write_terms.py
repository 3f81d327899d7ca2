"""Writes terms: chooses among the candidates that are meant, and puts the term in its right form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dictation.language.code.vocabulary import COMMANDS, SUBCOMMANDS
from dictation.language.line_edits import Change, Sheet
from dictation.language.terms.candidates import Candidate, find
from dictation.language.terms.judged_terms import choose, judge
from dictation.language.terms.letter_case import recased
from dictation.language.terms.lists.cues import Cue, weight_of
from dictation.language.terms.lists.lexicon import lexicon
from dictation.language.terms.lists.term_index import Index, key_of
from dictation.language.terms.sentence import Scene
from dictation.language.terms.settled_terms import settled
from dictation.language.terms.term_guards import possible
from dictation.language.terms.term_weights import Table, shipped_table
from dictation.language.terms.tool_places import before_command
from dictation.spelled.lazy_regex import late

_SENTENCE = late(r"[。！？!?；;\n]+|(?<!\.[A-Za-z])\.(?=\s|$)")
_LONGEST = 320


def write_terms(
    sheet: Sheet,
    indexes: Sequence[Index],
    blocked: frozenset[tuple[str, str]] = frozenset(),
    table: Table | None = None,
) -> None:
    """Twice over each sentence, from the last to the first: what the first pass recovered is a sign for the second."""
    for start, end in reversed(list(sentence_spans(sheet.text))):
        for _ in range(2):
            before = len(sheet.text)
            if not _pass(sheet, start, end, indexes, blocked, table):
                break
            end += len(sheet.text) - before


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence; one without marks is cut after some 300 characters."""
    at = 0
    ends = [found.end() for found in _SENTENCE.finditer(text)]
    for end in [*ends, len(text)]:
        while end - at > _LONGEST:
            cut = max(text.rfind(mark, at + 1, at + _LONGEST) for mark in ",，、 ")
            cut = cut + 1 if cut > at else at + _LONGEST
            yield at, cut
            at = cut
        if end > at:
            yield at, end
        at = end


def _pass(
    sheet: Sheet,
    start: int,
    end: int,
    indexes: Sequence[Index],
    blocked: frozenset[tuple[str, str]],
    table: Table | None,
) -> bool:
    if not re.search("[A-Za-z\u4e00-\u9fff]", sheet.text[start:end]):
        return False
    scene = Scene(sheet, start, end, lexicon())
    candidates, free = offered(scene, indexes, blocked)
    chosen = _tiles(candidates) or _meant(scene, free, table or shipped_table())
    if not chosen:
        return False
    split = [each for each in chosen if len(each.tokens) > 1 and all(token.kind != "h" for token in each.tokens)]
    changed = sheet.change("split", [_change(scene, each) for each in split if not _letters(each)])
    moved = changed
    if changed:
        return True
    changed = sheet.change("letters", [_change(scene, each) for each in split if _letters(each)])
    if changed:
        return True
    return sheet.change("terms", [_change(scene, each) for each in chosen if each not in split]) or moved


def offered(
    scene: Scene, indexes: Sequence[Index], blocked: frozenset[tuple[str, str]]
) -> tuple[list[Candidate], list[Candidate]]:
    """Every candidate of the sentence, and those of them that may be meant. Terms that stand there become signs."""
    candidates = list(find(scene, indexes))
    if blocked:
        candidates = list(_unblocked(scene.text, candidates, blocked))
    spans = settled(scene.text, candidates)
    _count_as_signs(scene, candidates)
    return candidates, once_each(possible(scene, candidates, spans))


def once_each(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One candidate for a span and a term: that of the surest kind; of two that differ in case alone the first."""
    best: dict[tuple[int, int, str], Candidate] = {}
    for each in candidates:
        key = each.start, each.end, each.entry.term.lower()
        known = best.get(key)
        if known is None or _SUREST.index(each.kind) < _SUREST.index(known.kind):
            best[key] = each
    return list(best.values())


_SUREST = ("letters", "chinese", "english", "digits", "named", "exact", "coarse", "part", "sound")


def _meant(scene: Scene, free: list[Candidate], table: Table) -> list[Candidate]:
    """The candidates that are meant: a single word in the wrong case by rule, all others by their score."""
    cased = [each for each in free if is_case(each) and recased(scene, each)]
    sure = choose(judge(scene, [each for each in free if not is_case(each)], table))
    return [*sure, *(each for each in cased if not any(each.start < one.end and one.start < each.end for one in sure))]


def is_case(found: Candidate) -> bool:
    """Whether it is one word with the term's own letters."""
    return found.kind == "letters" and found.last - found.first == 1


def _count_as_signs(scene: Scene, candidates: list[Candidate]) -> None:
    """What is a term already is a sign of developer talk; less so an ordinary word."""
    for each in candidates:
        if scene.text[each.start : each.end] == each.entry.term:
            weight = 0.5 if set("al") & set(each.entry.flags) else 1.0
            if each.entry.term.isascii() or each.last - each.first > 1:
                scene.cues.append(Cue(each.start, each.end, weight, each.entry.term.lower()))


def _unblocked(text: str, candidates: list[Candidate], blocked: frozenset[tuple[str, str]]) -> Iterator[Candidate]:
    """Without those the user took back: the term does not come by way of a neighbour, and a part of what was heard is
    not the next best guess."""
    taken = [
        (each.start, each.end, each.entry.term)
        for each in candidates
        if (text[each.start : each.end].lower(), each.entry.term.lower()) in blocked
    ]
    for each in candidates:
        if not any(
            (start <= each.start and each.end <= end)
            or (each.entry.term == term and start < each.end and each.start < end)
            for start, end, term in taken
        ):
            yield each


def _tiles(candidates: list[Candidate]) -> list[Candidate]:
    """Two or more abbreviations said without a pause: ``a w s s d k`` is AWS and SDK, not WSS."""
    single = [
        each
        for each in candidates
        if len(each.tokens) > 1
        and each.kind != "sound"
        and all(len(token.low) == 1 and token.kind != "h" for token in each.tokens)
    ]
    by_first = {(id(each.stretch), each.first): each for each in sorted(single, key=lambda each: each.last)}
    for start in single:
        tokens = start.stretch.tokens
        if any(token.kind != "l" for token in start.tokens):
            continue
        if start.first and len(tokens[start.first - 1].low) == 1 and tokens[start.first - 1].kind == "l":
            continue
        tiles, at = [start], start.last
        while (following := by_first.get((id(start.stretch), at))) is not None:
            tiles.append(following)
            at = following.last
        ended = at == len(tokens) or len(tokens[at].low) > 1 or tokens[at].kind != "l"
        if len(tiles) > 1 and ended:
            return tiles
    return []


def _letters(found: Candidate) -> bool:
    return all(len(token.low) == 1 or token.kind == "d" for token in found.tokens) or (
        any(len(token.low) == 1 for token in found.tokens[:1])
        and all(
            len(token.low) <= 1 or token.low in ("eight", "eighteen", "two", "three", "four", "sixteen")
            for token in found.tokens
        )
    )


def _change(scene: Scene, found: Candidate) -> Change:
    text, start, end = scene.text, found.start, _without_context(found)
    new = found.entry.term
    if len(found.tokens) > 1 and before_command(text, scene.start, start):
        new = new.lower()
    after = text[end:].lstrip().split(None, 1)
    word = re.match("[A-Za-z-]+", after[0]) if after else None
    if "c" in found.entry.flags and ((word and word[0].lower() in SUBCOMMANDS) or (after and after[0].startswith("-"))):
        new = new.lower()
    if start and _joins(text[start - 1], new[0]):
        new = " " + new
    if end < len(text) and _joins(new[-1], text[end]):
        new += " "
    return Change(start, end, new, lock="_" in new)


def _without_context(found: Candidate) -> int:
    """Where the name itself ends: of ``low key logs`` that is heard for Loki, the logs were said and stay, and so does
    the apt of ``pseudo apt``."""
    if found.kind not in ("english", "chinese") or found.entry.is_chinese or found.last - found.first < 2:
        return found.end
    last = found.tokens[-1]
    if last.kind == "l":
        said = weight_of(last.low) > 0 or last.low in COMMANDS
        context = len(last.low) > 2 and said and last.low not in key_of(found.entry.term)
        return found.tokens[-2].end if context else found.end
    for size in (3, 2):
        tail = found.tokens[-size:]
        if len(found.tokens) > size + 1 and weight_of("".join(each.low for each in tail)) > 0:
            return found.tokens[-size - 1].end
    return found.end


def _joins(left: str, right: str) -> bool:
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()
