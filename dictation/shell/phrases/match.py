"""Common requests in their many wordings: a table of concepts that have to be there, and nothing else left over."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dictation.shell.command_context import Context
from dictation.shell.phrases.phrase_fill import fill, plain
from dictation.shell.phrases.phrase_fit import Fit
from dictation.shell.phrases.phrase_names import EVERYDAY, ordinary
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
    variants = _variants(tokens(text, own), text)
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


def _variants(pieces: list[Token], text: str) -> list[list[Token]]:
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
    if joined := _joined_names(pieces):
        found.append(joined)
    return found


TALK = EVERYDAY | FUNCTION | PROSE

_STOPS = words("and then from to in on with for at off into as")


def _joined_names(pieces: list[Token]) -> list[Token]:
    """The pieces with the names of branches that are said as two or three words in one: "called feature login"."""
    there = frozenset[str]().union(*(each.means for each in pieces))
    if "branch" not in there or not there & {"called", "rename"}:
        return []
    out: list[Token] = []
    at = 0
    while at < len(pieces):
        leads = bool(out) and out[-1].means & {"called", "branch", "to"} and out[-1].kind == "word"
        end = at
        while end < len(pieces) and pieces[end].kind == "word" and pieces[end].low not in _STOPS:
            end += 1
        run = pieces[at:end]
        if leads and 2 <= len(run) <= 3 and all(re.fullmatch("[A-Za-z0-9]+", each.text) for each in run):
            verbs = any(each.means & {"branch", "called", "switch", "rename"} for each in run)
            if not verbs and not all(each.low in TALK or ordinary(each.text) for each in run):
                name = "-".join(each.low for each in run)
                out.append(Token(name, "word", frozenset(), run[0].start, run[-1].end))
                at = end
                continue
        out.append(pieces[at])
        at += 1
    return out if len(out) < len(pieces) else []


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
