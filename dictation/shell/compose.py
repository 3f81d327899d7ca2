"""Makes a command of a request without a model: the user's snippets, spelled-out commands, common phrases, files."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dictation.core.commands import Command, Reason
from dictation.shell import courtesy
from dictation.shell.command_context import Context
from dictation.shell.files import finding
from dictation.shell.guard.grade import grade
from dictation.shell.phrases.match import phrase
from dictation.shell.phrases.phrase_guess import guessed
from dictation.shell.snippets import Snippet
from dictation.shell.snippets import find as find_snippet
from dictation.shell.spoken.literal import literal
from dictation.shell.wrapping import Wrapping, wrappings
from dictation.spelled import programs
from dictation.spelled.lazy_regex import late
from dictation.spelled.pieces import clean
from dictation.spelled.reader import read
from dictation.spelled.stretches.stretch import SURE

_THEN = late(
    r"[,，;；。\s]*(?:\b(?:and )?then\b|\b(?:and )?after that\b"
    r"|然后再|然后|接着再|接着|之后再|随后|完了再|完了之后|再(?!次))[,，\s]*",
    re.I,
)
_AND = late(r"[,，\s]*(?:\band\b|并且|并)[,，\s]*", re.I)
_BEFORE = late(
    r"^(?:(?:(?:please|ok(?:ay)?|now|can you|could you|just|help me|i want to|let's|run|execute|do a|do|type|try"
    r"|show me|show)\b|请|麻烦|帮我|帮忙|给我|我要|我想|执行一下|执行|运行一下|运行|跑一下|跑|输入|敲一下|敲|来一个"
    r"|来个|用一下|看一下|看看|看下|做一下|先)[,，\s]*)+",
    re.I,
)
_AFTER = late(
    r"[,，\s]*(?:please|for me|now|command|一下|一下子|吧|看一下|看看|看下|谢谢|命令|这个命令|好吗|可以吗|一遍"
    r"|跑一下|跑起来|执行一下|运行一下)+$",
    re.I,
)
_RUN = late(r"(?:please |帮我|请|麻烦)*(?:(?:run|execute)\b|执行|运行|跑|输入|敲)", re.I)
_INSIDE = late(r"(?<=[A-Za-z])\s*(?:一下子|一下|一哈)\s*")
_SHELL = late(
    r"(?:用|在|\b(?:using|with|in)\s)\s*(power\s?shell|bash|zsh|fish|cmd)(?![a-z])\s*(?:里面|里|中)?|^(power\s?shell|cmd)\s+(?=[㐀-鿿])",
    re.I,
)
_IT = late(r"\b(?:it|them|that|those)\b|[它他她]", re.I)
_ADVERB = late(
    r"(?<=\s)(?:once|twice|thrice|recursively|verbosely|quietly|silently|forcefully|interactively|again|everywhere)$"
    r"|(?<=\s)(?:\d+ times|[a-z]+(?:ically|ively|edly|ously|ingly|etly|erly))$|\w@/"
)
"""Says how something is done and is no word of a command: "ping 10.0.0.1 once" asks for an option."""

_STEPS = 4
_LONGEST = 500
"""Characters; a longer request is no request for a command."""

Made = tuple[str, str, str]
"""A command, what it does in words, and where it comes from."""


def compose(request: str, context: Context, snippets: Sequence[Snippet] = ()) -> Command | None:
    """The command for ``request``, graded; ``None`` when nothing fits all of it. Precision before everything."""
    text = clean(request)
    if not text or len(text) > _LONGEST:
        return None
    text = _without_shell(text, context)
    made = _snippet(text, context, tuple(snippets))
    chinese = any("㐀" <= each <= "鿿" for each in text)
    for each in dict.fromkeys((courtesy.without(text), text)):  # "just build" may be just's
        made = made or _one(each, context, chinese) or _around(each, context, chinese)
        made = made or _several(each, context, chinese)
    return _graded(made, request, context) if made else None


def _without_shell(text: str, context: Context) -> str:
    """``text`` without the name of the shell it is for, where that is this one."""
    named = _SHELL.search(text)
    if named and re.sub(r"\s", "", named[1] or named[2]).lower() == context.shell:
        return (text[: named.start()] + " " + text[named.end() :]).strip()
    return text


def _graded(made: Made, request: str, context: Context) -> Command:
    command, explanation, source = made
    found = grade(command, context.shell, said=request)
    risk, reasons = found.risk, found.reasons
    if source == "phrase" and (tool := guessed(command, request, context)):
        # Shown, not inserted: another project may use another tool.
        risk = "caution" if risk == "safe" else risk
        reasons = (*reasons, Reason("guessed", f"Nothing here says that {tool} is used.", tool))
    return Command(command, context.shell, explanation, risk, reasons, found.insertable, source)


def _snippet(text: str, context: Context, known: tuple[Snippet, ...]) -> Made | None:
    found = find_snippet(text, known, context.shell)
    if found is None:
        return None
    return found.command, found.explanation, "snippet"


def _one(text: str, context: Context, chinese: bool) -> Made | None:
    """One step: spelled out, a phrase, or files; also when it is wrapped in "run ..." or "... 看一下"."""
    plain = "照你说的" if chinese else "As you spelled it"
    if command := _spelled(text, context):
        return command, plain, "spoken"
    bare = _INSIDE.sub(" ", _AFTER.sub("", _BEFORE.sub("", text))).strip()
    wrapped = _spelled(bare, context) if bare not in ("", text) else None
    spelled = (wrapped, plain, "spoken") if wrapped else None
    if spelled and _RUN.match(text):
        return spelled
    if spelled is None and _holds_command(text):
        return None  # a sentence about a command; what is left of it means nothing by itself
    return _known(text, context) or spelled


def _known(text: str, context: Context) -> Made | None:
    """A request for files, or one of the common requests."""
    if files := finding.find(text, context):
        return *files, "phrase"
    found = phrase(text, context)
    return (found.command, found.explanation, "phrase") if found else None


def _spelled(text: str, context: Context) -> str | None:
    """The command that ``text`` spells, with no word that says how it is to be done."""
    command = literal(text, context)
    return None if command is None or _ADVERB.search(command) else command


def _around(text: str, context: Context, chinese: bool) -> Made | None:
    """A request with something around it: run again and again, timed, its output kept in a file."""
    for wrapping in wrappings(text, context, chinese):
        inner = _inside(wrapping, context, chinese)
        if inner and not wrapping.unfit.search(inner[0]) and not (wrapping.spelled and inner[2] != "spoken"):
            return wrapping.command(inner[0]), wrapping.said(inner[1]), inner[2]
    return None


def _inside(wrapping: Wrapping, context: Context, chinese: bool) -> Made | None:
    """The request inside; "save the diff to a.patch" leaves out that it is shown."""
    shown = ("查看" if chinese else "show ") + wrapping.asked
    ways = (wrapping.asked, shown) if " " in wrapping.asked else (shown, wrapping.asked)
    for each in ways if wrapping.shows else (wrapping.asked,):
        if made := _one(each, context, chinese):
            return made
    return None


def _holds_command(text: str) -> bool:
    """Whether ``text`` spells out an option of a program in its middle, and is not that command."""
    found = [each for each in read(text) if each.kind == "command" and each.certainty >= SURE]
    return any(" -" in each.written and each.written != text[each.start : each.end] for each in found)


def _several(text: str, context: Context, chinese: bool) -> Made | None:
    """Steps one after the other, joined so that the next runs only if the one before went well."""
    for between in (_THEN, _AND):
        steps = _steps(between, text)
        made = [_one(step, context, chinese) for step in steps]
        whole = [each for each in made if each is not None]
        if not whole or len(whole) < len(made):
            continue
        if between is _AND and _one_more(steps, whole, context, chinese):
            return None
        if any(_never_ends(each[0]) for each in whole[:-1]):
            return None  # "follow a.log and filter error": what comes after it would never run
        return _joined(whole, context, chinese)
    return None


def _one_more(steps: list[str], made: list[Made], context: Context, chinese: bool) -> bool:
    """Whether a step of one word names one more thing for the step before: "install requests and flask".

    The step before would then answer to that word, too, in the place of its own last one. What is here and what is not
    are no two things of one sort: "go to src and ls".
    """
    here = context.files
    for at, word in enumerate(steps[1:], 1):
        asked, _, last = steps[at - 1].rpartition(" ")
        command = made[at - 1][0].split()
        if " " in word or not asked or last not in command[1:] or (last in here and word not in here):
            continue
        other = _one(f"{asked} {word}", context, chinese)
        again = other[0].split() if other else []
        if word == command[0] or (again[:1] == command[:1] and word in again[1:]):
            return True
    return False


def _never_ends(command: str) -> bool:
    """Whether ``command`` runs until it is stopped."""
    for program, *arguments in programs.calls(command):
        until_stopped = programs.sheet(program).get("endless_when")
        if until_stopped is not None and re.search(until_stopped, " ".join(arguments)):
            return True
    return False


def _steps(between: re.Pattern[str], text: str) -> list[str]:
    """The steps of a request; none where it is one step, has too many, or one of them has an "it"."""
    steps = [step.strip() for step in between.split(text) if step and step.strip()]
    single = not 2 <= len(steps) <= _STEPS
    return [] if single or any(_IT.search(step) for step in steps[1:]) else steps


def _joined(steps: list[Made], context: Context, chinese: bool) -> Made:
    join = "; " if context.shell == "powershell" else " && "
    said = [each[1] if chinese or not at else each[1][:1].lower() + each[1][1:] for at, each in enumerate(steps)]
    sources = {each[2] for each in steps}
    source = steps[0][2] if len(sources) == 1 else "phrase"
    return join.join(each[0] for each in steps), ("，然后" if chinese else ", then ").join(said), source
