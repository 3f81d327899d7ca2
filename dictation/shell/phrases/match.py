"""Common requests in their many wordings: a table of concepts that have to be there, and nothing else left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dictation.shell.command_context import Context
from dictation.shell.phrases.phrase_fill import fill, plain
from dictation.shell.phrases.phrase_fit import Fit
from dictation.shell.phrases.phrase_folders import reads_a_folder
from dictation.shell.phrases.phrase_joined import joined_names
from dictation.shell.phrases.phrase_table import Wording, applies, by_concept, table, template
from dictation.shell.phrases.phrase_words import Token, said, tokens
from dictation.spelled.lazy_regex import late
from dictation.spelled.pieces import clean
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
    _, _, own = table()
    text = said(request)
    asked = bool(_YES_OR_NO.search(clean(request)))
    chinese = bool(re.search(r"[㐀-鿿]", request))
    best: dict[str, Match] = {}
    for pieces in _variants(tokens(text, own), text, context):
        for wording in _near(pieces):
            if asked and not wording.reading:
                continue  # "is redis up" starts nothing
            found = _made(pieces, wording, context, chinese=chinese)
            if found and (found.command not in best or best[found.command].score < found.score):
                best[found.command] = found
    return sorted(best.values(), key=lambda each: -each.score)


_MOST_PIECES = 24
"""A request of more words is no common one."""


def _near(pieces: list[Token]) -> Iterator[Wording]:
    """The wordings of which every needed part is somewhere in ``pieces``."""
    if not pieces or len(pieces) > _MOST_PIECES:
        return
    _, wordings, _ = table()
    there = frozenset().union(*(each.means for each in pieces))
    for place in sorted({place for concept in there for place in by_concept().get(concept, ())}):
        if all(need & there for need in wordings[place].needs):
            yield wordings[place]


def _made(pieces: list[Token], wording: Wording, context: Context, *, chinese: bool) -> Match | None:
    """The command that ``pieces`` ask for by ``wording``; ``None`` where a word of them is left over."""
    entry = table()[0][wording.entry]
    pattern = template(entry, context)
    if not pattern or not applies(entry.when, context):
        return None
    fit = Fit(pieces, wording, context, pattern).best()
    if fit is None:
        return None
    score, slots = fit
    if reads_a_folder(entry.commands[0], slots):
        return None
    try:
        command = fill(pattern, slots, context)
    except ValueError:  # cmd has no way to quote it
        return None
    if command is None:
        return None
    return Match(command, plain(entry.chinese if chinese else entry.english, slots), score + (2 if entry.when else 0))


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
_STATES = late(r"(?:失败|错|挂|崩|坏|好|完)了吗?$")
"""Something that has happened."""

_DENIED = late(
    r"^(?:please |ok(?:ay)? |just |so )*(?:don't|do not|never|no need to|not|stop(?= (?!track)\w+ing\b)|avoid)\b"
    r"|^(?!.*[，,]\s*只)(?:请|先|就|那|千万|绝对|以后)*(?:不要|不用|不必|不能|不可以|不许|别|禁止|切勿|勿|无需)",
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
    found += [_with_message(pieces, at, text) for at in range(len(pieces) - 1)]
    found.append(joined_names(pieces, context))
    return [each for each in found if each]


def _with_message(pieces: list[Token], at: int, text: str) -> list[Token]:
    """The pieces with all that follows word ``at`` as one message; none where no message follows it."""
    if not {"message", "called"} & pieces[at].means:
        return []
    rest = at + 1
    while rest < len(pieces) - 1 and pieces[rest].kind != "quoted" and _leads(pieces[rest]):
        rest += 1
    # "message 改成 ...": not a new message but another one
    changed = [each for each in pieces[at + 1 : rest] if "amend" in each.means]
    behind = _past_what_is_changed(pieces, rest)
    changed, rest = changed + pieces[rest:behind], behind
    tail = text[pieces[rest].start :].strip(" \"',:：")
    if pieces[rest].kind == "quoted" or not tail or _ASKING.match(tail):
        return []
    if rest == at + 1 and _is_of_an_old_one(pieces[:at]):
        return []
    return [*pieces[: at + 1], *changed, Token(tail, "message", frozenset(), pieces[rest].start, len(text))]


def _is_of_an_old_one(before: list[Token]) -> bool:
    """Whether the message is there already, so that what follows is done to it: 把上次提交的信息打印出来."""
    return any("last" in each.means for each in before) and all(each.means & _OF_A_COMMIT for each in before)


def _past_what_is_changed(pieces: list[Token], rest: int) -> int:
    """Where the message begins: "the message of the last commit to fix typo" has it behind "to"."""
    for at in range(rest, len(pieces) - 1):
        if at > rest and pieces[at].low in ("to", "as"):
            return at + 1
        if not pieces[at].means & _OF_A_COMMIT:
            return rest
    return rest


_OF_A_COMMIT = words("_ last current commit")

_LEADING = words("to as is says saying of 改成 改为 为 是 写 写上 叫 换成 成 写成 填 用")
"""Words between "message" and the message itself."""


def _leads(piece: Token) -> bool:
    return piece.low in _LEADING
