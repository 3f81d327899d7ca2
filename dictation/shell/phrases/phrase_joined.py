"""Names that are said as two or three words: "called feature login", "the branch old ui", "rename it to new ui"."""

from __future__ import annotations

import re

from dictation.shell.command_context import Context
from dictation.shell.guard.provenance import bare
from dictation.shell.phrases.phrase_names import BRANCHES, EVERYDAY, ordinary
from dictation.shell.phrases.phrase_words import Token
from dictation.spelled.plain_words import FUNCTION, PROSE
from dictation.spelled.wordlist import words

TALK = EVERYDAY | FUNCTION | PROSE

_STOPS = words("and then from to in on with without for at off into as")
_KINDS_NAMED = frozenset(("branch", "folder", "image", "tag"))
_SAYS_MORE = words(
    """local remote force all also again not safely current merged background today yesterday now first last main dev
    here there each only show test stash push pull merge rebase commit fetch reset revert delete create switch rename"""
)
"""Concepts of words behind "the branch" that are no part of its name: "the branch main again"."""

_ADVERBS = words("again away back forever now soon already still today tomorrow tonight yesterday ago right too though")
_LONGEST = 3


def joined_names(pieces: list[Token], context: Context) -> list[Token]:
    """The pieces with each name of several words in one; none where there is no such name."""
    there = frozenset[str]().union(*(each.means for each in pieces))
    if not there & {"branch", "folder", "image"}:
        return []
    out: list[Token] = []
    at = 0
    while at < len(pieces):
        run = _run(pieces, at)
        name = _name_of(run, out, there, context, last=at + len(run) == len(pieces)) if out and len(run) > 1 else ""
        if name:
            out.append(Token(name, "word", frozenset(), run[0].start, run[-1].end))
            at += len(run)
        else:
            out.append(pieces[at])
            at += 1
    return out if len(out) < len(pieces) else []


def _run(pieces: list[Token], at: int) -> list[Token]:
    """The words from ``at`` on that may be one name: at most three, and not the version of an image."""
    end = at
    while end < len(pieces) and pieces[end].kind == "word" and pieces[end].low not in _STOPS:
        end += 1
    run = pieces[at:end]
    if run and run[-1].low == "latest":
        run.pop()
    if len(run) > _LONGEST or (run and run[0].low in ("it", "this", "that")):
        return []
    return run if all(re.fullmatch("[A-Za-z0-9]+", each.text) for each in run) else []


def _name_of(run: list[Token], before: list[Token], there: frozenset[str], context: Context, *, last: bool) -> str:
    """The name that ``run`` is, behind the words ``before``; empty where it may be something else."""
    if not _introduced(before, there):
        return ""
    if (known := _known(run, context)) or ("folder" in there and "branch" not in there):
        return known  # how a folder is written is not known
    if _more_than_a_name(run, before[-1], context) or (_everyday(run) and not _last_word(run, before[-1], last=last)):
        return ""
    return "-".join(each.low for each in run)


def _known(run: list[Token], context: Context) -> str:
    """The only branch or file here that is called so, however it is written."""
    plain = "".join(each.low for each in run)
    known = [each for each in (*context.branches, *context.files) if bare(each) == plain]
    return known[0] if len(known) == 1 else ""


def _introduced(before: list[Token], there: frozenset[str]) -> bool:
    """Whether the words before say that a name follows: "called", "the branch", "tag it", "to" of a branch."""
    lead = before[-1]
    if _is_called(lead) or _names_a_kind(lead):
        return True
    if "image" in there and any("tag" in each.means for each in before[-2:]):
        return True
    return "branch" in there and "to" in lead.means and lead.kind == "word"


def _is_called(lead: Token) -> bool:
    return "called" in lead.means and lead.low not in ("name", "名字", "名称")


def _names_a_kind(lead: Token) -> bool:
    """ "the branch": one of them, not "the branches"."""
    return lead.kind == "word" and bool(lead.means & _KINDS_NAMED) and not lead.low.endswith("s")


def _more_than_a_name(run: list[Token], lead: Token, context: Context) -> bool:
    """Whether the words go on with the request: "the branch main and rename it"."""
    if any(each.means & {"branch", "called", "switch", "rename"} for each in run):
        return True
    return not _is_called(lead) and (run[0].text in context.branches or run[0].low in BRANCHES)


def _everyday(run: list[Token]) -> bool:
    return all(each.low in TALK or ordinary(each.text) for each in run)


def _last_word(run: list[Token], lead: Token, *, last: bool) -> bool:
    """Whether everyday words are a name after all: they end the request, and none of them says more."""
    return last and _names_a_kind(lead) and not any(each.means & _SAYS_MORE or _adverb(each) for each in run)


def _adverb(piece: Token) -> bool:
    return piece.low in FUNCTION or piece.low.endswith("ly") or piece.low in _ADVERBS
