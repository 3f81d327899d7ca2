"""Writes the command that finds files, for find, for PowerShell and for cmd."""

from __future__ import annotations

import re

from dictation.shell.command_context import Context
from dictation.shell.files.wanted import Wanted
from dictation.shell.phrases.phrase_fill import sed
from dictation.spelled.quoting import quote, quoted


def write(wish: Wanted, context: Context, *, chinese: bool) -> tuple[str, str] | None:
    """The command and a sentence about it; ``None`` where the shell has no plain way."""
    if context.shell == "powershell":
        command = _powershell(wish)
    elif context.shell == "cmd":
        command = _cmd(wish)
    elif wish.action == "content":
        command = _grep(wish, context.shell)
    else:
        command = _here(wish, context.shell) or _find(wish, context.shell)
    if command is None:
        return None
    return command, _explained(wish, chinese=chinese)


def _here(wish: Wanted, shell: str) -> str | None:
    """``ls *.py``, ``cp *.py there``, where nothing but the kind of the files here is asked."""
    if wish.special() or not wish.flat or not wish.kinds:
        return None
    if wish.action not in ("list", "copy", "move", "details") or (len(wish.kinds) > 1 and wish.action != "list"):
        return None
    program = {"copy": "cp ", "move": "mv ", "details": "ls -l "}.get(wish.action, "ls ")
    return program + " ".join([*(f"*.{kind}" for kind in wish.kinds), *(_place(each, shell) for each in wish.values)])


def _place(path: str, shell: str) -> str:
    return path if path == "~" or path.startswith("~/") else quote(path, shell)


def _tests(wish: Wanted, shell: str) -> list[str]:
    """The words of find that say which files."""
    parts = []
    depth = 1 if wish.flat else wish.depth
    if depth:
        parts += ["-maxdepth", str(depth)]
    parts += _type(wish)
    parts += _names(wish, shell)
    parts += [" ".join(_test_word(word, shell) for word in test) for test in wish.tests]
    for each in wish.size:
        parts += ["-size", each]
    for which, count, unit, time in wish.age:
        parts += [f"-{time}{'time' if unit == 'days' else 'min'}", f"{'+' if which == 'old' else '-'}{count}"]
    if wish.empty:
        parts.append("-empty")
    for each in wish.without:
        parts += ["-not", "-path", quoted(f"*/{each}/*", shell)]
    return parts


def _type(wish: Wanted) -> list[str]:
    """Files alone, where nothing else says so and folders would be found too."""
    if wish.type:
        return [] if wish.type == "any" else ["-type", wish.type]
    return ["-type", "f"] if not wish.patterns() or wish.action in ("delete", "chmod", "move") else []


def _names(wish: Wanted, shell: str) -> list[str]:
    name = "-iname" if wish.fold else "-name"
    each = [f"{name} {quoted(pattern, shell)}" for pattern in wish.patterns()]
    if len(each) < 2 or (wish.kinds and wish.names):  # a kind and a name are both to hold
        return each
    return ["\\( " + " -o ".join(each) + " \\)"]


def _test_word(word: str, shell: str) -> str:
    if word in ("!", "{}"):
        return word
    return "\\;" if word == ";" else quote(word, shell)


def _find(wish: Wanted, shell: str) -> str | None:
    places = [_place(each, shell) for each in wish.places] or ["."]
    command = " ".join(["find", *places, *_tests(wish, shell)])
    if wish.action in _ENDS:
        return command + _ENDS[wish.action]
    if wish.action == "chmod":
        return f"{command} -exec chmod {wish.values[0]} {{}} +"
    if wish.action == "replace":
        return f"{command} -exec sed -i {quote(sed(*wish.values), shell)} {{}} +"
    if wish.action in ("copy", "move"):
        program = "cp" if wish.action == "copy" else "mv"
        return f"{command} -exec {program} {{}} {_place(wish.values[0], shell)} \\;"
    return command


_ENDS = {
    "delete": " -delete",
    "count": " | wc -l",
    "lines": " -exec cat {} + | wc -l",
    "each_lines": " -exec wc -l {} +",
    "details": " -exec ls -ld {} +",
}


def _grep(wish: Wanted, shell: str) -> str | None:
    """The files whose content holds a text."""
    plain = not (wish.size or wish.age or wish.tests or wish.empty or wish.without or wish.type or wish.depth)
    if plain and not wish.flat:
        among = "".join(f" --include={quoted(pattern, shell)}" for pattern in wish.patterns())
        places = " ".join(_place(each, shell) for each in wish.places) or "."
        return f"grep -rl{'i' if wish.fold else ''} {quote(wish.values[0], shell)}{among} {places}"
    if found := _find(wish, shell):
        return f"{found} -exec grep -l {quote(wish.values[0], shell)} {{}} +"
    return None


def _powershell(wish: Wanted) -> str | None:
    patterns = wish.patterns()
    odd = wish.without or wish.tests or wish.depth or wish.type not in ("", "f", "d", "l") or len(wish.places) > 1
    if len(patterns) > 1 or odd or wish.action not in _POWERSHELL or (wish.empty and wish.type == "d"):
        return None
    parts = ["Get-ChildItem"]
    parts += [quote(each, "powershell") if each != "~" else "~" for each in wish.places]
    if not wish.flat:
        parts.append("-Recurse")
    if wish.type == "d":
        parts.append("-Directory")
    elif not patterns and wish.type != "l":
        parts.append("-File")
    if patterns:
        parts += ["-Filter", quote(patterns[0], "powershell") if " " in patterns[0] else patterns[0]]
    if tests := _where(wish):
        parts.append("| Where-Object { " + " -and ".join(tests) + " }")
    return _POWERSHELL[wish.action].format(" ".join(parts))


_POWERSHELL = {
    "list": "{}",
    "delete": "{} | Remove-Item",
    "count": "({}).Count",
    "lines": "({} | Get-Content | Measure-Object -Line).Lines",
}


def _where(wish: Wanted) -> list[str]:
    """The conditions on size and age, as PowerShell writes them."""
    tests = ["$_.LinkType -eq 'SymbolicLink'"] if wish.type == "l" else []
    for each in wish.size:
        sign, number, unit = each[0], each[1:-1], {"M": "MB", "G": "GB", "k": "KB", "c": ""}[each[-1]]
        tests.append(f"$_.Length -{'gt' if sign == '+' else 'lt'} {number}{unit}")
    for which, count, span, time in wish.age:
        add = "AddDays" if span == "days" else "AddMinutes"
        written = "LastWriteTime" if time == "m" else "LastAccessTime"
        tests.append(f"$_.{written} -{'lt' if which == 'old' else 'gt'} (Get-Date).{add}(-{count})")
    if wish.empty:
        tests.append("$_.Length -eq 0")
    return tests


def _cmd(wish: Wanted) -> str | None:
    """What ``dir`` and ``del`` can do; what they cannot, PowerShell does from there."""
    patterns = wish.patterns() or ["*"]
    place = wish.places[0].replace("/", "\\").rstrip("\\") if wish.places else ""
    odd = wish.size or wish.age or wish.without or wish.empty or wish.tests or wish.depth or len(wish.places) > 1
    odd = odd or wish.type not in ("", "f", "d", "l") or len(patterns) != 1
    if odd or re.search(r"[^\w.*-]", patterns[0]) or re.search(r"[^\w.\\-]", place) or wish.action == "lines":
        return _from_cmd(wish)
    every = "" if wish.flat else "/s "
    kind = {"d": "/ad ", "l": "/al "}.get(wish.type, "/a-d " if patterns == ["*"] else "")
    where = f"{place}\\{patterns[0]}" if place else patterns[0]
    if wish.action == "list":
        return f"dir {every}{'/b ' if every else ''}{kind}{where}"
    if wish.action == "count":
        return f'dir {every}/b {kind}{where} | find /c /v ""'
    if wish.action == "delete" and wish.type in ("", "f") and patterns != ["*"]:
        return f"del {every}{where}"
    return None


def _from_cmd(wish: Wanted) -> str | None:
    command = _powershell(wish) if wish.action in ("list", "count", "lines") else None
    return None if command is None or re.search(r'["%!]', command) else f'powershell -Command "{command}"'


_DOES = {
    "delete": ("Deletes", "删除"),
    "count": ("Counts", "统计数量："),
    "lines": ("Counts the lines of", "统计行数："),
    "each_lines": ("Counts the lines of each of", "统计每个的行数："),
    "chmod": ("Sets the permissions of", "修改权限："),
    "copy": ("Copies", "复制"),
    "move": ("Moves", "移动"),
    "replace": ("Replaces text in", "替换内容："),
    "details": ("Shows the details of", "查看详情："),
}


def _explained(wish: Wanted, *, chinese: bool) -> str:
    kinds = " ".join(wish.kinds)
    narrowed = bool(wish.size or wish.age or wish.names or wish.tests or wish.action == "content")
    english, zh = _DOES.get(wish.action, ("Finds", "查找"))
    if chinese:
        what = {"d": "文件夹", "l": "符号链接"}.get(wish.type, f"{kinds} 文件" if kinds else "文件")
        return zh + ("空" if wish.empty else "符合条件的 " if narrowed else "") + what
    what = {"d": "folders", "l": "symbolic links"}.get(wish.type, f"{kinds} files".strip())
    return f"{english} {'empty ' if wish.empty else ''}{what}{' that fit' if narrowed else ''}"
