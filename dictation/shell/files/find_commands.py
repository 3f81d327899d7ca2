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
    depth = 1 if wish.flat else wish.depth
    parts = ["-maxdepth", str(depth)] if depth else []
    parts += _type(wish)
    parts += _names(wish, shell)
    parts += [" ".join(_test_word(word, shell) for word in test) for test in wish.tests]
    parts += _measures(wish)
    for each in wish.without:
        parts += ["-not", "-path", quoted(f"*/{each}/*", shell)]
    return parts


def _measures(wish: Wanted) -> list[str]:
    """The tests of size and age."""
    parts = [f"-size {each}" for each in wish.size]
    for which, count, unit, time in wish.age:
        parts.append(f"-{time}{'time' if unit == 'days' else 'min'} {'+' if which == 'old' else '-'}{count}")
    return [*parts, "-empty"] if wish.empty else parts


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
    if wish.by_name_alone() and not wish.flat:
        among = "".join(f" --include={quoted(pattern, shell)}" for pattern in wish.patterns())
        places = " ".join(_place(each, shell) for each in wish.places) or "."
        return f"grep -rl{'i' if wish.fold else ''} {quote(wish.values[0], shell)}{among} {places}"
    if found := _find(wish, shell):
        return f"{found} -exec grep -l {quote(wish.values[0], shell)} {{}} +"
    return None


def _powershell(wish: Wanted) -> str | None:
    if _beyond_windows(wish) or wish.action not in _POWERSHELL or (wish.empty and wish.type == "d"):
        return None
    patterns = wish.patterns()
    parts = ["Get-ChildItem", *(quote(each, "powershell") if each != "~" else "~" for each in wish.places)]
    parts += _switches(wish)
    if patterns:
        parts += ["-Filter", quote(patterns[0], "powershell") if " " in patterns[0] else patterns[0]]
    if tests := _where(wish):
        parts.append("| Where-Object { " + " -and ".join(tests) + " }")
    return _POWERSHELL[wish.action].format(" ".join(parts))


def _beyond_windows(wish: Wanted) -> bool:
    """Whether the shells of Windows have no plain way to say it."""
    odd = wish.type not in ("", "f", "d", "l") or len(wish.places) > 1 or len(wish.patterns()) > 1
    return bool(odd or wish.without or wish.tests or wish.depth)


def _switches(wish: Wanted) -> list[str]:
    """How deep Get-ChildItem goes, and whether it looks for files or folders."""
    parts = [] if wish.flat else ["-Recurse"]
    if wish.type == "d":
        return [*parts, "-Directory"]
    return parts if wish.patterns() or wish.type == "l" else [*parts, "-File"]


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
    pattern = "".join(wish.patterns()[:1]) or "*"
    place = wish.places[0].replace("/", "\\").rstrip("\\") if wish.places else ""
    if _beyond_dir(wish) or re.search(r"[^\w.*-]", pattern) or re.search(r"[^\w.\\-]", place):
        return _from_cmd(wish)
    every = "" if wish.flat else "/s "
    where = f"{place}\\{pattern}" if place else pattern
    if wish.action == "delete":
        return f"del {every}{where}" if wish.type in ("", "f") and pattern != "*" else None
    kind = {"d": "/ad ", "l": "/al "}.get(wish.type, "/a-d " if pattern == "*" else "")
    form = _DIR.get(wish.action)
    return form.format(every=every, brief=every and "/b ", what=f"{kind}{where}") if form else None


_DIR = {"list": "dir {every}{brief}{what}", "count": 'dir {every}/b {what} | find /c /v ""'}


def _beyond_dir(wish: Wanted) -> bool:
    """Whether ``dir`` cannot say it: it knows names and places, and no sizes, ages or contents."""
    return bool(_beyond_windows(wish) or wish.size or wish.age or wish.empty or wish.action == "lines")


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
