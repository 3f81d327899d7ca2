"""What may stand around a request: again and again, into a file, timed, in the background, or under a short name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from dictation.shell.command_context import Context
from dictation.spelled import numbers
from dictation.spelled.lazy_regex import late
from dictation.spelled.quoting import quote, quoted

_REPEAT = late(
    r"^(?:repeat )?(?P<a>(?!watch|monitor).+?) every (?P<n>\d+|[a-z]+) ?seconds?$"
    r"|^(?:watch|monitor) (?P<b>.+?) every (?P<m>\d+|[a-z]+) ?seconds?$"
    r"|^每(?:隔)? ?(?P<k>\d+|[一二两三四五六七八九十]+) ?秒(?:钟)?(?:就)?(?P<c>(?:执行|运行|跑).+)$",
    re.I,
)
"""A command that is run again and again. "Run" belongs to it: to run the scripts is not to see them."""

_ONCE = late(r"(?<=[行跑])一[次遍下]")

_INTO = late(
    r"^(?P<a>.+?),? (?:and )?(?P<more>append|save|write|put|redirect|store|output|send)s? "
    r"(?:(?:the |its )?(?:output|result|results|it|them) )?(?:to|into|in) (?:the |a )?(?:file )?(?:called |named )?"
    r"(?P<f>[\w./~-]*\.[A-Za-z]\w*)$"
    r"|^(?P<b>.+?)[，, ]*(?:并|然后)?(?:把)?(?:结果|输出|它)?(?:都)?(?P<more2>追加|保存|写入|输出|存|写)(?:到|进|入)? ?"
    r"(?P<g>[A-Za-z0-9_./~-]*\.[A-Za-z]\w*)(?: ?文件)?(?:里|中)?$"
    r"|^(?P<more3>append|save|write|redirect|store) (?:the )?(?:(?:output|result|results) of )?(?P<c>.+?) "
    r"(?:to|into|in) (?:the |a )?(?:file )?(?:called |named )?(?P<h>[\w./~-]*\.[A-Za-z]\w*)$"
    r"|^把 ?(?P<d>.+?) ?的?(?:结果|输出)(?P<more4>追加|保存|写入|输出|存|写)(?:到|进|入)? ?"
    r"(?P<i>[A-Za-z0-9_./~-]*\.[A-Za-z]\w*)(?: ?文件)?(?:里|中)?$",
    re.I,
)
"""A command whose output goes into a file."""


_TIMED = late(
    r"^(?:(?:show|measure|see|tell me|check|find out) )?(?:how long|how much time) (?P<a>.+?) takes?"
    r"(?: to (?:run|finish))?$"
    r"|^(?:time|measure the time of|measure the (?:run|running|execution) time of) (?P<b>.+)$"
    r"|^(?:测(?:一下|量|试)?|看(?:看|一下|下)?|统计|计时)(?:运行|执行|跑)? ?(?P<c>.+?) ?"
    r"(?:要|需要|用了?|花了?|得)?(?:多久|多长时间|的(?:运行|执行)?(?:时间|耗时))$",
    re.I,
)
"""A command that is timed."""

_BEHIND = late(
    r"^(?:run|start|execute|launch) (?P<a>.+?) in the background"
    r"(?P<stay>,? (?:even )?(?:after|when) .*(?:log|sign|disconnect|clos|exit|leav).*)?$"
    r"|^(?:在)?后台(?:运行|执行|跑|启动) ?(?P<b>.+)$|^(?:把|让)? ?(?P<c>.+?) ?(?:放到?|丢到?|在)后台(?:运行|执行|跑)?$",
    re.I,
)
"""A command that is run in the background, perhaps beyond the end of the shell."""

_ALIAS = late(
    r"^(?:create|make|add|define|set|set up) (?:an? |the )?(?:new )?(?:shell )?alias (?:called |named )?"
    r"(?P<n>[A-Za-z][\w-]*) (?:for|to|as|that runs|which runs|meaning|=|equal to) (?P<a>.+)$"
    r"|^(?:给|为) ?(?P<b>.+?) ?(?:创建|设置?|建|加|起|定义)一?个?(?:叫|名为)? ?"
    r"(?:别名 ?(?:叫|为)? ?(?P<k>[A-Za-z][\w-]*)|(?P<m>[A-Za-z][\w-]*) ?的别名)$"
    r"|^把 ?(?P<o>[A-Za-z][\w-]*) ?设(?:置)?(?:为|成) ?(?P<c>.+?) ?的别名$",
    re.I,
)
"""A short name for a command."""

_QUOTED = late(r"[|&;<>$'\"]")
"""watch is given a plain command only."""

_JOINED = late(r"[|&;<>]|^(?:cd|docker run -d|git|ls|cat)\b")
"""What does not run by itself for a while, or already in the background."""

_NEVER = late(r"(?!)")

_NO_OUTPUT = late(r"[<>&;]|^(?:cd|rm|mv|cp|git (?:push|pull|commit|checkout|merge))\b")
"""What has an output of its own already, or none to keep."""


@dataclass(frozen=True, slots=True)
class Wrapping:
    """``asked`` is the request inside; ``unfit`` finds a command that cannot be wrapped so."""

    asked: str
    unfit: re.Pattern[str]
    command: Callable[[str], str]
    said: Callable[[str], str]
    spelled: bool = False
    """Whether only a command that is spelled out can stand inside."""
    shows: bool = False
    """Whether the request inside may leave out that something is shown."""


def wrappings(text: str, context: Context, chinese: bool) -> Iterator[Wrapping]:
    """Every way in which ``text`` is a request with something around it."""
    if context.shell == "cmd":
        return
    for way in (_repeated, _timed, _behind, _named, _kept):
        if found := way(text, context, chinese):
            yield found


def _first(found: re.Match[str], names: Iterable[str]) -> str:
    """The first of these groups that has something in it; each wording of a pattern has its own."""
    return next(filter(None, map(found.__getitem__, names)), "")


def _repeated(text: str, context: Context, chinese: bool) -> Wrapping | None:
    found = _REPEAT.search(text)
    if found is None:
        return None
    asked, number = _ONCE.sub("", _first(found, "abc")), _first(found, "nmk")
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


def _timed(text: str, context: Context, chinese: bool) -> Wrapping | None:
    found = _TIMED.search(text)
    if found is None:
        return None
    form = "Measure-Command {{ {0} }}" if context.shell == "powershell" else "time {0}"
    told = "计时：{0}" if chinese else "Times it: {0}"
    return Wrapping(_first(found, "abc"), _NEVER, form.format, told.format, spelled=True)


def _behind(text: str, context: Context, chinese: bool) -> Wrapping | None:
    found = _BEHIND.search(text)
    if found is None or context.shell == "powershell":
        return None
    form = "nohup {0} &" if found["stay"] else "{0} &"
    told = "在后台：{0}" if chinese else "In the background: {0}"
    return Wrapping(_first(found, "abc"), _JOINED, form.format, told.format, spelled=True)


def _named(text: str, context: Context, chinese: bool) -> Wrapping | None:
    found = _ALIAS.search(text)
    if found is None or context.shell == "powershell":
        return None
    name = _first(found, "nkmo")
    told = "别名 {1}：{0}" if chinese else "The alias {1}: {0}"
    return Wrapping(
        _first(found, "abc"),
        _NEVER,
        lambda inner: f"alias {name}={quoted(inner, context.shell)}",
        lambda inner: told.format(inner, name),
        spelled=True,
    )


def _kept(text: str, context: Context, chinese: bool) -> Wrapping | None:
    found = _INTO.search(text)
    if found is None:
        return None
    asked, file = _first(found, "abcd"), _first(found, "fghi")
    deed = _first(found, ("more", "more2", "more3", "more4"))
    sign = ">>" if deed.lower() in ("append", "追加") else ">"
    told = "{0}，写到 {1}" if chinese else "{0}, into {1}"
    return Wrapping(
        asked.strip(),
        _NO_OUTPUT,
        lambda inner: f"{inner} {sign} {quote(file, context.shell)}",
        lambda inner: told.format(inner, file),
        shows=True,
    )
