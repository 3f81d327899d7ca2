"""Requests about files: "find all python files over one megabyte changed this week", "删除三十天以前的日志文件"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from dictation.shell.command_context import Context
from dictation.shell.files.file_kinds import KINDS
from dictation.shell.files.find_commands import write
from dictation.shell.phrases.phrase_names import EVERYDAY, ordinary
from dictation.shell.phrases.phrase_words import DATA, said, tokens
from dictation.spelled import numbers
from dictation.spelled.plain_words import FUNCTION, PROSE
from dictation.spelled.wordlist import words

_KIND = "|".join(sorted((re.escape(each) for each in KINDS), key=len, reverse=True))
_ORDER = ("kind", "delete", "lines", "count", "here", "place", "folders")
"""Patterns that are tried after those about size, age and names, in this order."""

_LEFT = words(
    """_ show what search all file current in grep which count who where on also from of only every name have type
    path list"""
)


@dataclass
class Wanted:
    """What the files are to be like, and what to do with them."""

    kinds: list[str] = field(default_factory=list)
    size: list[str] = field(default_factory=list)
    age: list[tuple[str, int, str]] = field(default_factory=list)
    """older or younger, how many, minutes or days."""
    names: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    place: str = ""
    folders: bool = False
    empty: bool = False
    flat: bool = False
    deep: bool = False
    action: str = "list"

    def special(self) -> bool:
        """Whether anything but a kind is asked for."""
        return bool(self.size or self.age or self.names or self.without or self.empty or self.place)


@lru_cache(maxsize=1)
def patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns of ``files.tsv`` with their names, in order."""
    pieces = {"<KIND>": _KIND}
    found = []
    for line in (DATA / "files.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, pattern = line.split("\t")
        for piece, text in pieces.items():
            pattern = pattern.replace(piece, text)
        if name.startswith("<"):
            pieces[name] = pattern
        else:
            found.append((name, re.compile(pattern, re.I)))
    return tuple(found)


def find(request: str, context: Context) -> tuple[str, str] | None:
    """A command that finds the files ``request`` describes, and what it does; ``None`` where any word is left over."""
    text = said(request)
    wanted = Wanted()
    rest = text
    named = [each for each in patterns() if each[0] not in _ORDER]
    late = {name: pattern for name, pattern in patterns() if name in _ORDER}
    for name, pattern in named:
        rest = _take(wanted, name, pattern, rest)
    rest = _kinds(wanted, late["kind"], rest)
    for name in ("delete", "lines", "count"):
        rest = _take(wanted, name, late[name], rest)
    rest = _place(wanted, late["place"], late["here"].sub(" ", rest))
    if not re.search(r"\bfiles?\b|文件(?!夹)", rest) and not wanted.kinds and late["folders"].search(rest):
        wanted.folders = True
        rest = late["folders"].sub(" ", rest)
    if not (wanted.kinds or wanted.size or wanted.age or wanted.names or wanted.empty):
        return None
    if not wanted.kinds and not wanted.folders and not re.search(r"\bfiles?\b|文件", text):
        return None  # "today", of whatever
    known = _LEFT | {"code", "count", "how"} if wanted.action == "lines" else _LEFT
    left = [each for each in tokens(rest) if not each.means & known]
    if left or (wanted.action == "delete" and not (wanted.kinds or wanted.names or wanted.empty or wanted.age)):
        return None
    asked = bool(re.search(r"\bfind\b|search|look for|locate|查找|找|搜", text, re.I))
    if not wanted.special() and wanted.action == "list" and not wanted.deep and not asked:
        wanted.flat = True
    return write(wanted, context, chinese=bool(re.search("[㐀-鿿]", request)))


def _take(wanted: Wanted, name: str, pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    if found is None:
        return text
    groups = found.groupdict()
    value = groups.get("v") or groups.get("w") or groups.get("x") or ""
    if name in ("old", "young"):
        number = _number(groups.get("n") or "1")
        if number is None:
            return text
        count, unit = _span(number, groups["u"].lower())
        wanted.age.append((name, count, unit))
    elif name in ("week", "month", "today", "yesterday"):
        wanted.age.append(("young", {"week": 7, "month": 30, "today": 1, "yesterday": 2}[name], "days"))
    elif name in ("big", "small"):
        number = _number(groups["n"])
        if number is None:
            return text
        wanted.size.append(f"{'+' if name == 'big' else '-'}{number}{_unit(groups['u'].lower())}")
    elif name == "not_in":
        if value.lower() in FUNCTION or value.lower() in PROSE or value.lower() in EVERYDAY or ordinary(value):
            return text
        wanted.without.append(value.replace(" ", "_").strip("/"))
    elif name in ("has", "begins", "ends"):
        if not value or value.lower() in FUNCTION:
            return text
        wanted.names.append({"has": f"*{value}*", "begins": f"{value}*", "ends": f"*{value}"}[name])
    elif name in ("delete", "lines", "count"):
        if wanted.action != "list":
            return text
        wanted.action = name
    else:
        setattr(wanted, name, True)
    return text[: found.start()] + " " + text[found.end() :]


def _kinds(wanted: Wanted, pattern: re.Pattern[str], text: str) -> str:
    while found := pattern.search(text):
        groups = found.groupdict()
        kind = (groups["k"] or groups["k2"] or groups["k4"] or "").lower()
        wanted.kinds.append(KINDS.get(kind, kind) or (groups["k3"] or "").lower())
        text = text[: found.start()] + " " + text[found.end() :]
        more = re.match(rf"(?P<k>{_KIND})(?: and| or|和|或|、) *$", text[: found.start()].split(",")[-1].strip(), re.I)
        if more:
            wanted.kinds.append(KINDS[more["k"].lower()])
            text = re.sub(rf"{re.escape(more['k'])}(?: and| or|和|或|、)", " ", text, count=1, flags=re.I)
    return text


def _place(wanted: Wanted, pattern: re.Pattern[str], text: str) -> str:
    for found in pattern.finditer(text):
        value = found["v"] or found["w"]
        if value.lower() in FUNCTION or (value.lower() in PROSE and "/" not in value) or value.lower() == "size":
            continue
        wanted.place = value
        return text[: found.start()] + " " + text[found.end() :]
    return text


def _number(text: str) -> int | None:
    low = text.lower().replace("-", " ")
    if re.fullmatch(r"\d+", low):
        return int(low)
    if low in ("a", "an"):
        return 1
    if re.fullmatch(r"\d+\.\d+", low):
        return None
    digits = numbers.english_in_code(low.split()) or numbers.chinese_in_code(low)
    return int(digits) if digits else None


def _unit(unit: str) -> str:
    if unit[0] in "m兆":
        return "M"
    if unit[0] in "g吉":
        return "G"
    return "k" if unit[0] in "k千" else "c"


def _span(number: int, unit: str) -> tuple[int, str]:
    plain = unit.lstrip("个")
    if plain.startswith(("min", "分")):
        return number, "minutes"
    if plain.startswith(("hour", "小时")):
        return number * 60, "minutes"
    if plain.startswith(("week", "周", "星期", "礼拜")):
        return number * 7, "days"
    if plain.startswith(("month", "月")):
        return number * 30, "days"
    return number, "days"
