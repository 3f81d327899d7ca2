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
from dictation.spelled import numbers
from dictation.spelled.lazy_regex import late
from dictation.spelled.pieces import clean
from dictation.spelled.quoting import quote
from dictation.spelled.reader import read
from dictation.spelled.stretch import SURE

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
_REPEAT = late(
    r"^(?:(?:run|execute|repeat|do) )?(?P<a>.+?) every (?P<n>\d+|[a-z]+) ?seconds?$"
    r"|^(?:watch|monitor) (?P<b>.+?) every (?P<m>\d+|[a-z]+) ?seconds?$"
    r"|^每(?:隔)? ?(?P<k>\d+|[一二两三四五六七八九十]+) ?秒(?:钟)?(?:就)?(?:执行|运行|跑)(?:一[次遍下])? ?(?P<c>.+)$",
    re.I,
)
"""A command that is run again and again."""

_INTO = late(
    r"^(?P<a>.+?),? (?:and )?(?P<more>append|save|write|put|redirect|store|output|send)s? "
    r"(?:(?:the |its )?(?:output|result|results|it|them) )?(?:to|into|in) (?:the |a )?(?:file )?(?:called |named )?"
    r"(?P<f>[\w./~-]*\.[A-Za-z]\w*)$"
    r"|^(?P<b>.+?)[，, ]*(?:并|然后)?(?:把)?(?:结果|输出|它)?(?:都)?(?P<more2>追加|保存|写入|输出|存|写)(?:到|进|入)? ?"
    r"(?P<g>[A-Za-z0-9_./~-]*\.[A-Za-z]\w*)(?: ?文件)?(?:里|中)?$",
    re.I,
)
"""A command whose output goes into a file."""

_ADVERB = late(
    r"(?<=\s)(?:once|twice|thrice|recursively|verbosely|quietly|silently|forcefully|interactively|again|everywhere)$"
    r"|(?<=\s)(?:\d+ times|[a-z]+(?:ically|ively|edly|ously|ingly|etly|erly))$|\w@/"
)
"""Says how something is done and is no word of a command: "ping 10.0.0.1 once" asks for an option."""

_STEPS = 4


def compose(request: str, context: Context, snippets: Sequence[Snippet] = ()) -> Command | None:
    """The command for ``request``, graded; ``None`` when nothing fits all of it. Precision before everything."""
    text = clean(request)
    if not text or len(text) > 500:
        return None
    named = _SHELL.search(text)
    if named and re.sub(r"\s", "", named[1] or named[2]).lower() == context.shell:
        text = (text[: named.start()] + " " + text[named.end() :]).strip()
    chinese = any("㐀" <= each <= "鿿" for each in text)
    plain = courtesy.without(text)
    made = _snippet(text, context, tuple(snippets))
    for each in dict.fromkeys((plain, text)):  # "just build" may be just's; so what was said is read too
        made = made or _one(each, context, chinese) or _around(each, context, chinese)
        made = made or _several(each, context, chinese)
    if made is None:
        return None
    command, explanation, source = made
    found = grade(command, context.shell, said=request)
    risk, reasons = found.risk, found.reasons
    if source == "phrase" and (tool := guessed(command, request, context)):
        # Shown, not inserted: another project may use another tool.
        risk = "caution" if risk == "safe" else risk
        reasons = (*reasons, Reason("guessed", f"Nothing here says that {tool} is used.", tool))
    return Command(command, context.shell, explanation, risk, reasons, found.insertable, source)


_Made = tuple[str, str, str]


def _snippet(text: str, context: Context, known: tuple[Snippet, ...]) -> _Made | None:
    found = find_snippet(text, known, context.shell)
    if found is None:
        return None
    return found.command, found.explanation, "snippet"


def _one(text: str, context: Context, chinese: bool) -> _Made | None:
    """One step: spelled out, a phrase, or files; also when it is wrapped in "run ..." or "... 看一下"."""
    plain = "照你说的" if chinese else "As you spelled it"
    if (command := literal(text, context)) and not _ADVERB.search(command):
        return command, plain, "spoken"
    bare = _INSIDE.sub(" ", _AFTER.sub("", _BEFORE.sub("", text))).strip()
    wrapped = literal(bare, context) if bare and bare != text else None
    wrapped = None if wrapped and _ADVERB.search(wrapped) else wrapped
    if wrapped and _RUN.match(text):
        return wrapped, plain, "spoken"
    if wrapped is None and _holds_command(text):
        return None  # a sentence about a command; what is left of it means nothing by itself
    if files := finding.find(text, context):
        return *files, "phrase"
    if found := phrase(text, context):
        return found.command, found.explanation, "phrase"
    if wrapped:
        return wrapped, plain, "spoken"
    return None


def _around(text: str, context: Context, chinese: bool) -> _Made | None:
    """A request with something around it: run again and again, or its output kept in a file."""
    if context.shell == "cmd":
        return None
    if found := _REPEAT.search(text):
        asked, number = found["a"] or found["b"] or found["c"], found["n"] or found["m"] or found["k"]
        seconds = number if number.isdigit() else _digits(number)
        inner = _one(asked.strip(), context, chinese) if seconds else None
        if inner and not re.search(r"[|&;<>$'\"]", inner[0]):
            said = f"每 {seconds} 秒：{inner[1]}" if chinese else f"Every {seconds} seconds: {inner[1]}"
            if context.shell == "powershell":
                return f"while (1) {{ {inner[0]}; Start-Sleep {seconds} }}", said, inner[2]
            return f"watch -n {seconds} {inner[0]}", said, inner[2]
    if found := _INTO.search(text):
        asked, file = found["a"] or found["b"], found["f"] or found["g"]
        sign = ">>" if (found["more"] or found["more2"]).lower() in ("append", "追加") else ">"
        inner = _one(asked.strip(), context, chinese)
        if inner and not re.search(r"[<>&;]|^(?:cd|rm|mv|cp|git (?:push|pull|commit|checkout|merge))\b", inner[0]):
            said = f"{inner[1]}，写到 {file}" if chinese else f"{inner[1]}, into {file}"
            return f"{inner[0]} {sign} {quote(file, context.shell)}", said, inner[2]
    return None


def _digits(number: str) -> str | None:
    return numbers.english_in_code([number.lower()]) or numbers.chinese_in_code(number)


def _holds_command(text: str) -> bool:
    """Whether ``text`` spells out an option of a program in its middle, and is not that command."""
    found = [each for each in read(text) if each.kind == "command" and each.certainty >= SURE]
    return any(" -" in each.written and each.written != text[each.start : each.end] for each in found)


def _several(text: str, context: Context, chinese: bool) -> _Made | None:
    """Steps one after the other, joined so that the next runs only if the one before went well."""
    for between in (_THEN, _AND):
        steps = [step for step in between.split(text) if step and step.strip()]
        if not 2 <= len(steps) <= _STEPS or any(_IT.search(step) for step in steps[1:]):
            continue  # what "it" is, is not known
        made = [_one(step.strip(), context, chinese) for step in steps]
        if all(made):
            whole = [each for each in made if each is not None]
            join = "; " if context.shell == "powershell" else " && "
            said = ("，然后" if chinese else ", then ").join(
                each[1] if chinese or not at else each[1][:1].lower() + each[1][1:] for at, each in enumerate(whole)
            )
            return (
                join.join(each[0] for each in whole),
                said,
                whole[0][2] if len({e[2] for e in whole}) == 1 else "phrase",
            )
    return None
