"""What may stand around a request: that it is run again and again, or that its output goes into a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dictation.shell.command_context import Context
from dictation.spelled import numbers
from dictation.spelled.lazy_regex import late
from dictation.spelled.quoting import quote

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


_QUOTED = late(r"[|&;<>$'\"]")
"""watch is given a plain command only."""

_NO_OUTPUT = late(r"[<>&;]|^(?:cd|rm|mv|cp|git (?:push|pull|commit|checkout|merge))\b")
"""What has an output of its own already, or none to keep."""


@dataclass(frozen=True, slots=True)
class Wrapping:
    """``asked`` is the request inside; ``unfit`` finds a command that cannot be wrapped so."""

    asked: str
    unfit: re.Pattern[str]
    command: Callable[[str], str]
    said: Callable[[str], str]


def wrappings(text: str, context: Context, chinese: bool) -> Iterator[Wrapping]:
    """Every way in which ``text`` is a request with something around it."""
    if context.shell == "cmd":
        return
    for way in (_repeated, _kept):
        if found := way(text, context, chinese):
            yield found


def _repeated(text: str, context: Context, chinese: bool) -> Wrapping | None:
    found = _REPEAT.search(text)
    if found is None:
        return None
    asked, number = found["a"] or found["b"] or found["c"], found["n"] or found["m"] or found["k"]
    seconds = number if number.isdigit() else _digits(number)
    if not seconds:
        return None
    form = "while (1) {{ {0}; Start-Sleep {1} }}" if context.shell == "powershell" else "watch -n {1} {0}"
    told = "每 {1} 秒：{0}" if chinese else "Every {1} seconds: {0}"
    return Wrapping(
        asked.strip(), _QUOTED, lambda inner: form.format(inner, seconds), lambda inner: told.format(inner, seconds)
    )


def _digits(number: str) -> str | None:
    return numbers.english_in_code([number.lower()]) or numbers.chinese_in_code(number)


def _kept(text: str, context: Context, chinese: bool) -> Wrapping | None:
    found = _INTO.search(text)
    if found is None:
        return None
    asked, file = found["a"] or found["b"], found["f"] or found["g"]
    sign = ">>" if (found["more"] or found["more2"]).lower() in ("append", "追加") else ">"
    told = "{0}，写到 {1}" if chinese else "{0}, into {1}"
    return Wrapping(
        asked.strip(),
        _NO_OUTPUT,
        lambda inner: f"{inner} {sign} {quote(file, context.shell)}",
        lambda inner: told.format(inner, file),
    )
