"""Writes the command that finds files, for find, for PowerShell and for cmd."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from dictation.shell.command_context import Context
from dictation.spelled.quoting import quote, quoted


class Wish(Protocol):
    """What the files are to be like; see ``finding.Wanted``."""

    kinds: list[str]
    size: list[str]
    age: list[tuple[str, int, str]]
    names: list[str]
    without: list[str]
    place: str
    folders: bool
    empty: bool
    flat: bool
    action: str


def write(wish: Wish, context: Context, *, chinese: bool) -> tuple[str, str] | None:
    """The command and a sentence about it; ``None`` where the shell has no plain way."""
    if context.shell == "powershell":
        command = _powershell(wish)
    elif context.shell == "cmd":
        command = _cmd(wish)
    else:
        command = _list_here(wish) or _find(wish, context.shell)
    if command is None:
        return None
    return command, _explained(wish, chinese=chinese)


def _patterns(wish: Wish) -> list[str]:
    return [f"*.{kind}" for kind in wish.kinds] + wish.names


def _list_here(wish: Wish) -> str | None:
    """``ls *.py`` where nothing but the kind of the files here is asked."""
    bare = not (wish.size or wish.age or wish.names or wish.without or wish.empty or wish.place or wish.folders)
    if not (bare and wish.flat and wish.action == "list" and wish.kinds):
        return None
    return "ls " + " ".join(f"*.{kind}" for kind in wish.kinds)


def _find(wish: Wish, shell: str) -> str:
    place = wish.place or "."
    parts = ["find", place if place.startswith("~/") else quote(place, shell)]
    if wish.flat:
        parts += ["-maxdepth", "1"]
    patterns = _patterns(wish)
    if wish.folders:
        parts += ["-type", "d"]
    elif not patterns or wish.action == "delete":
        parts += ["-type", "f"]
    if len(patterns) == 1:
        parts += ["-name", quoted(patterns[0], shell)]
    elif patterns and wish.kinds and wish.names:
        for pattern in patterns:
            parts += ["-name", quoted(pattern, shell)]
    elif patterns:
        inner = " -o ".join(f"-name {quoted(pattern, shell)}" for pattern in patterns)
        parts.append(f"\\( {inner} \\)")
    for each in wish.size:
        parts += ["-size", each]
    for which, count, unit in wish.age:
        parts += ["-mtime" if unit == "days" else "-mmin", f"{'+' if which == 'old' else '-'}{count}"]
    if wish.empty:
        parts.append("-empty")
    for each in wish.without:
        parts += ["-not", "-path", quoted(f"*/{each}/*", shell)]
    command = " ".join(parts)
    if wish.action == "delete":
        return f"{command} -delete"
    if wish.action == "count":
        return f"{command} | wc -l"
    if wish.action == "lines":
        return f"{command} -print0 | xargs -0 wc -l"  # names may hold blanks
    return command


def _powershell(wish: Wish) -> str | None:
    patterns = _patterns(wish)
    if len(patterns) > 1 or wish.without:
        return None
    parts = ["Get-ChildItem"]
    if wish.place:
        parts.append(quote(wish.place, "powershell"))
    if not wish.flat:
        parts.append("-Recurse")
    if wish.folders:
        parts.append("-Directory")
    elif not patterns:
        parts.append("-File")
    if patterns:
        parts += ["-Filter", patterns[0]]
    tests = []
    for each in wish.size:
        sign, number, unit = each[0], each[1:-1], {"M": "MB", "G": "GB", "k": "KB", "c": ""}[each[-1]]
        tests.append(f"$_.Length -{'gt' if sign == '+' else 'lt'} {number}{unit}")
    for which, count, unit in wish.age:
        add = "AddDays" if unit == "days" else "AddMinutes"
        tests.append(f"$_.LastWriteTime -{'lt' if which == 'old' else 'gt'} (Get-Date).{add}(-{count})")
    if wish.empty:
        if wish.folders:
            return None
        tests.append("$_.Length -eq 0")
    command = " ".join(parts)
    if tests:
        command += " | Where-Object { " + " -and ".join(tests) + " }"
    if wish.action == "delete":
        return f"{command} | Remove-Item"
    if wish.action == "count":
        return f"({command}).Count"
    if wish.action == "lines":
        return f"({command} | Get-Content | Measure-Object -Line).Lines"
    return command


def _cmd(wish: Wish) -> str | None:
    patterns = _patterns(wish)
    plain = not (wish.size or wish.age or wish.without or wish.empty or wish.folders or wish.action != "list")
    if not plain or len(patterns) != 1 or re.search(r"[^\w.*-]", patterns[0]):
        return None
    return f"dir {patterns[0]}" if wish.flat else f"dir /s /b {patterns[0]}"


def _explained(wish: Wish, *, chinese: bool) -> str:
    kinds = _listed(wish.kinds)
    if chinese:
        what = "文件夹" if wish.folders else f"{kinds} 文件" if kinds else "文件"
        what = ("空" if wish.empty else "符合条件的 " if wish.size or wish.age or wish.names else "") + what
        return {"delete": "删除", "count": "统计", "lines": "统计行数："}.get(wish.action, "查找") + what
    what = "folders" if wish.folders else f"{kinds} files".strip()
    what = ("empty " if wish.empty else "") + what
    rest = " that fit" if wish.size or wish.age or wish.names else ""
    return {"delete": "Deletes", "count": "Counts", "lines": "Counts the lines of"}.get(
        wish.action, "Finds"
    ) + f" {what}{rest}"


def _listed(kinds: Sequence[str]) -> str:
    return " ".join(kinds)
