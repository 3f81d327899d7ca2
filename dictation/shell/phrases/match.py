"""Common requests in their many wordings: a table of concepts that have to be there, and nothing else left over."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dictation.shell.command_context import Context
from dictation.shell.guard.provenance import bare
from dictation.shell.phrases.phrase_fill import fill, plain
from dictation.shell.phrases.phrase_fit import Fit
from dictation.shell.phrases.phrase_names import BRANCHES, EVERYDAY, ordinary
from dictation.shell.phrases.phrase_table import applies, by_concept, table, template
from dictation.shell.phrases.phrase_words import Token, said, tokens
from dictation.spelled.lazy_regex import late
from dictation.spelled.pieces import clean
from dictation.spelled.plain_words import FUNCTION, PROSE
from dictation.spelled.wordlist import words


@dataclass(frozen=True, slots=True)
class Match:
    """A command that fits: higher ``score`` explains more of what was said."""

    command: str
    explanation: str
    score: float


_ASKING = late(
    r"(?:how|what|why|should|must|when|who|conventions?|guidelines?)\b|应该|怎么|如何|什么|为什么|有没有|规范|要写|该写|能不能|可以|吗|呢",
    re.I,
)
"""What is asked about a message, and is none."""


_YES_OR_NO = late(r"^(?:is|are|does|did|has|have|was|were)\b|[吗嘛么]$|了没(?:有)?$|是否|是不是", re.I)
"""A question that is answered with yes or no: nothing is to be done."""


def matches(request: str, context: Context) -> list[Match]:
    """Every command of the table that explains all of ``request``, the best first."""
    entries, wordings, own = table()
    text = said(request)
    variants = _variants(tokens(text, own), text, context)
    asked = bool(_YES_OR_NO.search(clean(request)))
    chinese = bool(re.search(r"[㐀-鿿]", request))
    found: list[Match] = []
    for pieces in variants:
        if not pieces or len(pieces) > 24:
            continue
        there = frozenset().union(*(each.means for each in pieces))
        places = sorted({place for concept in there for place in by_concept().get(concept, ())})
        for wording in (wordings[place] for place in places):
            if not all(need & there for need in wording.needs):
                continue
            entry = entries[wording.entry]
            pattern = template(entry, context)
            if not pattern or not applies(entry.when, context):
                continue
            if asked and not wording.reading:
                continue  # "is redis up" starts nothing
            fit = Fit(pieces, wording, context, pattern).best()
            if fit is None:
                continue
            score, slots = fit
            try:
                command = fill(pattern, slots, context)
            except ValueError:  # cmd has no way to quote it
                continue
            if command is not None:
                explained = plain(entry.chinese if chinese else entry.english, slots)
                found.append(Match(command, explained, score + (2 if entry.when else 0)))
    best: dict[str, Match] = {}
    for each in found:
        if each.command not in best or best[each.command].score < each.score:
            best[each.command] = each
    return sorted(best.values(), key=lambda each: -each.score)


def phrase(request: str, context: Context) -> Match | None:
    """The best command of the table for ``request``, or ``None`` when nothing fits all of it, or two do as well."""
    if _defines(clean(request), tokens(said(request))):
        return None
    found = matches(request, context)
    if len(found) > 1 and found[0].score == found[1].score and found[0].command != found[1].command:
        return None  # it may mean either
    return found[0] if found else None


_DEFINES = late(
    r"^(?:so )?what(?:'s| is| are) an? (?!good)|^how (?:does|do) (?!i\b|we\b|you\b|much\b|many\b)"
    r"|^what does .* mean|^why\b|^should (?:i|we)\b"
    r"|的时候|^什么是|什么意思|有什么用|怎么工作|原理|^为什么|为啥|干(?:嘛|什么)用",
    re.I,
)
_STATES = late(r"(?:失败|报错|出错|挂|崩|坏|好|完)了吗?$")
"""Something that has happened."""

_DENIED = late(
    r"^(?:please |ok(?:ay)? |just |so )*(?:don't|do not|never|no need to|not|stop(?= \w+ing\b)|avoid)\b"
    r"|^(?:请|先|就|那|千万|绝对|以后)*(?:不要|不用|不必|不能|不可以|不许|别|禁止|切勿|勿|无需)",
    re.I,
)
"""What is not to be done."""

_WHAT_IS = late(r"是(?:什么|啥)(?:东西|玩意)?(?:呢|啊|呀)?$")
_VALUES = words("name url version ip branch current path date time host whoami os kernel type status user email")
_VALUES |= words("thisbranch message commit tag port pathvar environment variable shell")


def _defines(request: str, pieces: list[Token]) -> bool:
    """Whether it asks what something is or how it works: that is answered in words, not by a command."""
    if _STATES.search(request) and not re.search("看|查|哪|列|找", request):
        return True
    if _DEFINES.search(request) or _DENIED.search(request):
        return True
    return bool(_WHAT_IS.search(request)) and not any(each.means & _VALUES for each in pieces if each.text != "是什么")


def _variants(pieces: list[Token], text: str, context: Context) -> list[list[Token]]:
    """The pieces, and once more for each word after which all the rest may be a message."""
    found = [pieces]
    for at, piece in enumerate(pieces[:-1]):
        if not {"message", "called"} & piece.means:
            continue
        rest = at + 1
        while rest < len(pieces) - 1 and pieces[rest].kind != "quoted" and _leads(pieces[rest]):
            rest += 1
        if pieces[rest].kind == "quoted":
            continue
        tail = text[pieces[rest].start :].strip(" \"',:：")
        if tail and not _ASKING.match(tail):
            message = Token(tail, "message", frozenset(), pieces[rest].start, len(text))
            # "message 改成 ...": not a new message but another one
            changed = [each for each in pieces[at + 1 : rest] if "amend" in each.means]
            found.append([*pieces[: at + 1], *changed, message])
    if joined := _joined_names(pieces, context):
        found.append(joined)
    return found


TALK = EVERYDAY | FUNCTION | PROSE

_STOPS = words("and then from to in on with for at off into as")


def _joined_names(pieces: list[Token], context: Context) -> list[Token]:
    """The pieces with names that are said as two or three words in one: "called feature login", "the branch old ui"."""
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
    if run and run[0].low in ("it", "this", "that"):
        return []
    return run if len(run) <= 3 and all(re.fullmatch("[A-Za-z0-9]+", each.text) for each in run) else []


_KINDS_NAMED = frozenset(("branch", "folder", "image", "tag"))
_SAYS_MORE = words(
    """local remote force all also again not safely current merged background today yesterday now first last main dev
    here there each only show test stash push pull merge rebase commit fetch reset revert delete create switch rename"""
)
"""Concepts of words behind "the branch" that are no part of its name: "the branch main again"."""


def _name_of(run: list[Token], before: list[Token], there: frozenset[str], context: Context, *, last: bool) -> str:
    """The name that ``run`` is, behind the words ``before``; empty where it may be something else."""
    lead = before[-1]
    called = bool(lead.means & {"called"}) and lead.low not in ("name", "名字", "名称")
    tagged = "image" in there and any("tag" in each.means for each in before[-2:])
    kind = bool(lead.means & _KINDS_NAMED) and lead.kind == "word" and not lead.low.endswith("s")
    if not (called or kind or tagged or ("branch" in there and "to" in lead.means and lead.kind == "word")):
        return ""
    plain = "".join(each.low for each in run)
    known = [each for each in (*context.branches, *context.files) if bare(each) == plain]
    if len(known) == 1:
        return known[0]
    if "folder" in there and "branch" not in there:
        return ""  # how it is written is not known
    if any(each.means & {"branch", "called", "switch", "rename"} for each in run):
        return ""
    everyday = all(each.low in TALK or ordinary(each.text) for each in run)
    if everyday and not (kind and last and not any(each.means & _SAYS_MORE or _adverb(each) for each in run)):
        return ""
    if not called and (run[0].text in context.branches or run[0].low in BRANCHES):
        return ""
    return "-".join(each.low for each in run)


def _adverb(piece: Token) -> bool:
    return piece.low in FUNCTION or piece.low.endswith("ly") or piece.low in _ADVERBS


_ADVERBS = words("again away back forever now soon already still today tomorrow tonight yesterday ago right too though")


def _leads(piece: Token) -> bool:
    """Words between "message" and the message itself."""
    return piece.low in (
        "to",
        "as",
        "is",
        "says",
        "saying",
        "of",
        "改成",
        "改为",
        "为",
        "是",
        "写",
        "写上",
        "叫",
        "换成",
        "成",
        "写成",
        "填",
        "用",
    )
