"""Reads one description of files out of a request: their names, sizes, ages, owners, and what is done with them."""

from __future__ import annotations

import re
from collections.abc import Callable

from dictation.shell.files.file_kinds import KINDS
from dictation.shell.files.wanted import Wanted
from dictation.shell.phrases.phrase_names import EVERYDAY, FILES, ordinary
from dictation.spelled import numbers
from dictation.spelled.endings import EXTENSIONS
from dictation.spelled.lazy_regex import late
from dictation.spelled.plain_words import FOLDERS, FUNCTION, PROSE

KIND = "|".join(sorted((re.escape(each) for each in KINDS), key=len, reverse=True))
"""A pattern of what kinds of files are called."""


def _value(found: re.Match[str], *names: str) -> str:
    groups = found.groupdict("")
    return next((groups[each] for each in names if groups.get(each)), "").strip('"')


Taker = Callable[[Wanted, re.Match[str]], str | None]
"""Notes what a pattern found; gives the text to be read further, or ``None`` where it says nothing."""


def flag(name: str) -> Taker:
    def take(wanted: Wanted, _: re.Match[str]) -> str:
        setattr(wanted, name, True)
        return ""

    return take


def _age(which: str, time: str) -> Taker:
    def take(wanted: Wanted, found: re.Match[str]) -> str | None:
        groups = found.groupdict()
        number = _number(next((text for key, text in groups.items() if key[0] == "n" and text), "1"))
        unit = next((text for key, text in groups.items() if key[0] == "u" and text), "")
        if number is None or not unit:
            return None
        count, plain = _span(number, unit.lower())
        wanted.age.append((which, count, plain, time))
        return ""

    return take


def _lately(days: int) -> Taker:
    def take(wanted: Wanted, _: re.Match[str]) -> str:
        wanted.age.append(("young", days, "days", "m"))
        return ""

    return take


def _size(sign: str) -> Taker:
    def take(wanted: Wanted, found: re.Match[str]) -> str | None:
        number = _number(found["n"])
        if number is None:
            return None
        wanted.size.append(f"{sign}{number}{_unit(found['u'].lower())}")
        return ""

    return take


def _name(form: str) -> Taker:
    """A pattern of names; ``form`` has {} where what was said is put."""

    def take(wanted: Wanted, found: re.Match[str]) -> str | None:
        value = _value(found, "v", "w") if "{}" in form else form
        if form == "{}*" and value.lower() == "dot":
            value = "."
        if not value or value.lower() in FUNCTION - {"a"} or "/" in value:
            return None
        wanted.names.append(form.format(value))
        return ""

    return take


def _test(*form: str, type: str = "") -> Taker:
    def take(wanted: Wanted, found: re.Match[str]) -> str | None:
        value = _value(found, "v", "w", "x")
        if (value.lower() in FUNCTION or value.lower() in EVERYDAY) and any("{}" in each for each in form):
            return None
        wanted.tests.append(tuple(each.format(value) for each in form))
        wanted.type = wanted.type or type
        return ""

    return take


def _without(wanted: Wanted, found: re.Match[str]) -> str | None:
    value = _value(found, "v", "v_").replace(" ", "_").strip("/")
    if _says_nothing(value):
        return None
    if "." in value[1:] and value.rpartition(".")[2].lower() in EXTENSIONS:
        wanted.tests.append(("!", "-name", value))
        return ""
    if not (_is_folder(value, found[0], wanted) or re.search(r"[\u4e00-\u9fff]|node", found[0])):
        return None
    wanted.without.append(value)
    return ""


def _says_nothing(value: str) -> bool:
    """Whether a word names nothing: a small or everyday word that no folder has, or a kind of file."""
    low = value.lower()
    common = ordinary(value) and low not in FOLDERS
    return common or low in FUNCTION or low in PROSE or low in EVERYDAY or low in KINDS


def _is_folder(value: str, around: str, wanted: Wanted) -> bool:
    """Whether a word is a folder: it looks like one, is there, or is called so."""
    if re.search(r"\bin\b|folder|director|目录|文件夹", around):
        return True
    return value.lower() in FOLDERS or "/" in value or value[:1] == "." or value in wanted.here


def _act(action: str, *groups: str) -> Taker:
    """An action; what is left of the pattern that describes the files is read further."""

    def take(wanted: Wanted, found: re.Match[str]) -> str | None:
        if wanted.action != "list":
            return None
        values = tuple(value for each in groups if (value := _value(found, *each.split("|"))))
        name = values[0] if action == "into" and values else action
        if action == "into":
            name, values = ("copy" if values[0].lower() in ("copy", "复制", "拷贝") else "move"), values[1:]
        wanted.action, wanted.values = name, values
        return _value(found, "rest", "rest2")

    return take


def _type(which: str) -> Taker:
    def take(wanted: Wanted, _: re.Match[str]) -> str | None:
        if wanted.type or (which == "d" and wanted.kinds):
            return None
        wanted.type = which
        return ""

    return take


def _folders(wanted: Wanted, found: re.Match[str]) -> str | None:
    if wanted.kinds or wanted.type or re.search(r"\bfiles?\b|文件(?!夹)", found.string):
        return None
    wanted.type = "d"
    return ""


def _at(place: str) -> Taker:
    def take(wanted: Wanted, _: re.Match[str]) -> str | None:
        if place:
            wanted.places.append(place)
        return ""

    return take


def _depth(wanted: Wanted, found: re.Match[str]) -> str | None:
    number = _number(next((text for key, text in found.groupdict().items() if key[0] == "n" and text), ""))
    if number is None or not 0 < number < 100:
        return None
    wanted.depth = number
    return ""


def _linked(wanted: Wanted, found: re.Match[str]) -> str:
    wanted.type = "l"
    if re.match(r"broken|dangling|损坏|失效|断掉", found[0], re.I):
        wanted.tests.append(("!", "-exec", "test", "-e", "{}", ";"))
    return ""


TAKERS: dict[str, Taker] = {
    "old": _age("old", "m"),
    "old_access": _age("old", "a"),
    "young": _age("young", "m"),
    "young_access": _age("young", "a"),
    "dated": _test("-newermt", "{}"),
    "newer": _test("-newer", "{}"),
    "week": _lately(7),
    "month": _lately(30),
    "today": _lately(1),
    "yesterday": _lately(2),
    "big": _size("+"),
    "small": _size("-"),
    "depth": _depth,
    "not_in": _without,
    "spaces": _name("* *"),
    "has": _name("*{}*"),
    "begins": _name("{}*"),
    "ends": _name("*{}"),
    "matching": _name("{}"),
    "named": _name("{}"),
    "owner": _test("-user", "{}"),
    "group": _test("-group", "{}"),
    "not_perm": _test("!", "-perm", "{}"),
    "perm": _test("-perm", "{}"),
    "suid": _test("-perm", "-4000"),
    "anyone": _test("-perm", "-o=w"),
    "linked": _linked,
    "hidden": _test("-name", ".*"),
    "runnable": _test("-executable", type="f"),
    "chmod": _act("chmod", "v|w"),
    "into": _act("into", "a|b", "v|w"),
    "replace": _act("replace", "v|w", "x|y"),
    "content": _act("content", "v|w"),
    "delete": _act("delete"),
    "each_lines": _act("each_lines"),
    "lines": _act("lines"),
    "names_only": _at(""),
    "count": _act("count"),
    "details": _act("details"),
    "both": _type("any"),
    "regular": _type("f"),
    "above": _at("~"),
    "roots": _at("/"),
    "parents": _at(".."),
    "here": _at(""),
    "folders": _folders,
}


def kinds(wanted: Wanted, pattern: re.Pattern[str], text: str) -> str:
    while found := pattern.search(text):
        kind = _value(found, "k", "k2", "k4", "k5").lower()
        wanted.kinds.append(KINDS.get(kind, kind) or _value(found, "k3").lower())
        before, behind = text[: found.start()], text[found.end() :]
        while more := _MORE.search(before):  # "html and css files"
            wanted.kinds.append(KINDS[more["k"].lower()])
            before = before[: more.start()]
        text = before + " " + behind
    return text


_MORE = late(rf"(?<![A-Za-z0-9_.])(?P<k>{KIND})(?: and| or|, and|,|和|或|、) *$", re.I)


def place(wanted: Wanted, pattern: re.Pattern[str], text: str) -> str:
    for found in pattern.finditer(text):
        value = _value(found, "v", "w")
        if not _is_place(value, found[0]):
            continue
        wanted.places += [value, *([found["z"]] if found["z"] else [])]
        return text[: found.start()] + " " + text[found.end() :]
    return text


def _is_place(value: str, around: str) -> bool:
    """Whether files may lie under ``value``: no small word, no everyday one that is not called a folder, no file."""
    low = value.lower()
    if low in FUNCTION or (low in PROSE and "/" not in value) or low in ("size", "files", "file", "each", "names"):
        return False
    if low in EVERYDAY and not re.search(r"folder|director|dir\b|path|目录|文件夹", around):
        return False
    return low.rpartition(".")[2] not in EXTENSIONS - {low} and value not in FILES


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
    for starts, each, name in _SPANS:
        if plain.startswith(starts):
            return number * each, name
    return number, "days"


_SPANS = (
    (("min", "分"), 1, "minutes"),
    (("hour", "小时"), 60, "minutes"),
    (("week", "周", "星期", "礼拜"), 7, "days"),
    (("month", "月"), 30, "days"),
    (("year", "年"), 365, "days"),
)
