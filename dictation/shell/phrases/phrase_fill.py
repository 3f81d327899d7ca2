"""Puts what was said into a command of the table, quoted for the shell; what follows from it or the context too."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from dictation.shell.command_context import Context
from dictation.shell.files.file_kinds import KINDS, PICTURES, SOUND
from dictation.shell.phrases.phrase_places import ORDINALS, SITES
from dictation.spelled.quoting import quote, quoted


def fill(template: str, slots: dict[str, str], context: Context) -> str | None:
    """``template`` with its slots filled for the shell of ``context``; ``None`` where something is not known."""
    shell = context.shell
    missing = False

    def put(found: re.Match[str]) -> str:
        nonlocal missing
        name = found[1]
        if name.startswith("s:"):
            return quote(sed(slots["pattern"], slots["dest"]), shell)
        for each in name.split("|"):
            if each in slots:
                return _shown(each, slots[each], shell)
        derived = _derived(name, slots, context)
        if derived is None:
            missing = True
            return ""
        return derived

    made = re.sub(r"\{([a-z0-9|]+(?::[^}]*)?)\}", put, template)
    return None if missing else made


def plain(template: str, slots: dict[str, str]) -> str:
    """An explanation with its slots filled."""
    return re.sub(
        r"\{([a-z0-9|]+)\}",
        lambda found: next((slots[each] for each in found[1].split("|") if each in slots), ""),
        template,
    )


def _shown(name: str, value: str, shell: str) -> str:
    """What was said for the slot ``name`` as it stands in a command."""
    low = value.lower()
    if low == "node modules":
        value = value.replace(" ", "_")
    if name in _NAMED:
        return _NAMED[name][low]
    if name == "message":
        return quoted(value, shell)
    if name in ("system", "pylib", "jslib"):  # as their lists have them, in small letters
        return low
    if value.startswith("~/") and shell not in ("powershell", "cmd"):
        return "~/" + quote(value[2:], shell)
    if "*" in value and name == "path":
        return value if re.fullmatch(r"[\w./*-]+", value) else quoted(value, shell)
    return quote(value, shell)


_NAMED: dict[str, Mapping[str, str]] = {"kind": KINDS, "nth": ORDINALS, "nth2": ORDINALS, "site": SITES}
"""Slots whose words stand for something else."""


def _searched(pattern: str, mark: str) -> str:
    """``pattern`` as sed searches for it between two of ``mark``."""
    return re.sub(r"([.\[\]*^$\\])", r"\\\1", pattern).replace("/", r"\/" if mark == "/" else "/")


def sed(pattern: str, replacement: str) -> str:
    mark = next((each for each in "/#|,%" if each not in pattern + replacement), "/")
    searched = _searched(pattern, mark)
    written = re.sub(r"([&\\])", r"\\\1", replacement).replace("/", r"\/" if mark == "/" else "/")
    return f"s{mark}{searched}{mark}{written}{mark}g"


Slots = Mapping[str, str]


def _derived(name: str, slots: Slots, context: Context) -> str | None:
    """What follows from other slots or from the context; ``None`` where it is not known."""
    follows = _DERIVED.get(name)
    return follows(slots, context) if follows else None


def _number(slots: Slots) -> int:
    return int(slots["n"] if "n" in slots else ORDINALS[slots["nth"].lower()])


def _span(slots: Slots, _: Context) -> str | None:
    """How many there are from ``n`` to ``n2``."""
    span = int(slots["n2"]) - _number(slots) + 1
    return str(span) if span > 0 else None


def _branch_here(_: Slots, context: Context) -> str | None:
    return quote(context.branch, context.shell) if context.branch else None


def _folder_here(_: Slots, context: Context) -> str:
    here = re.split(r"[/\\]", context.cwd.rstrip("/\\"))[-1] if context.cwd else ""
    return quote(here or "archive", context.shell) if context.cwd else "archive"


def _upwards(slots: Slots, _: Context) -> str | None:
    return "/".join([".."] * int(slots["n"])) if int(slots["n"]) < _MOST_UP else None


_MOST_UP = 10
"""So many folders nobody goes up."""


def _findstr(slots: Slots, context: Context) -> str:
    """A text for findstr, which would search for either of two words with a blank between."""
    pattern = slots["pattern"]
    return f"/c:{quoted(pattern, context.shell)}" if " " in pattern else quote(pattern, context.shell)


def _within_cmd(text: str, put: Callable[[str, str], str]) -> str | None:
    """``text`` for PowerShell inside the double quotes of cmd."""
    return None if re.search(r'["%!]', text) else put(text, "powershell")


def _path_within_cmd(slots: Slots, _: Context) -> str | None:
    path = next((slots[each] for each in ("path", "file", "stream", "doc") if each in slots), "")
    return _within_cmd(path, quote)


_RUNNERS = {"py": "python", "sh": "bash", "js": "node", "rb": "ruby", "pl": "perl", "go": "go run", "ts": "npx tsx"}
"""The ending of a script -> what runs it."""


def _listing(slots: Slots, context: Context) -> str:
    archive = slots["archive"]
    return ("unzip -l " if archive.endswith(".zip") else "tar -tf ") + quote(archive, context.shell)


def _packing(slots: Slots, context: Context) -> str | None:
    archive, path = slots["archive"], quote(slots["path"], context.shell)
    if archive.endswith(".zip"):
        return f"zip -r {quote(archive, context.shell)} {path}"
    pack = next((how for ending, how in _PACKERS.items() if archive.endswith(ending)), "")
    return f"{pack} {quote(archive, context.shell)} {path}" if pack else None


_PACKERS = {".tar.gz": "tar -czf", ".tgz": "tar -czf", ".tar.xz": "tar -cJf", ".tar.bz2": "tar -cjf", ".tar": "tar -cf"}


def _converted(name: str, ending: str, shell: str) -> str | None:
    stem, _, before = name.rpartition(".")
    before, after = f".{before.lower()}", f".{ending}"
    if before == after or not stem:
        return None
    written = f"{quote(name, shell)} {quote(stem + after, shell)}"
    if before in PICTURES and after in PICTURES:
        return f"magick {written}"
    return f"ffmpeg -i {written}" if before in SOUND and after in (*SOUND, ".gif") else None


def _unpacking(slots: Slots, context: Context) -> str | None:
    """What unpacks ``archive`` here, or into ``dest``."""
    archive, folder = slots["archive"], slots.get("dest", "")
    unpack, into = next((how for ends, *how in _UNPACKERS if archive.lower().endswith(ends)), ("", ""))
    if not unpack or (folder and not into):
        return None
    name = quote(archive, context.shell)
    return f"{unpack} {name} {into}{quote(folder, context.shell)}" if folder else f"{unpack} {name}"


_UNPACKERS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    ((".zip",), "unzip", "-d "),
    ((".tar.gz", ".tgz"), "tar -xzf", "-C "),
    ((".tar.xz", ".tar.bz2", ".tar"), "tar -xf", "-C "),
    ((".gz",), "gunzip", ""),
    ((".7z",), "7z x", "-o"),
)
"""Endings of archives, what unpacks them, and the option before the folder they go to."""

_DERIVED: dict[str, Callable[[Slots, Context], str | None]] = {
    "u": lambda _slots, _context: "{u}",  # git's own braces: @{u}
    "stashat": lambda slots, context: quote(f"stash@{{{slots['n']}}}", context.shell),
    "r": lambda slots, _: "" if re.search(r"\w\.[A-Za-z]\w*$", slots["path"]) else "r",
    "dropping": lambda slots, context: quote(f"/{_searched(slots['pattern'], '/')}/d", context.shell),
    "text": lambda slots, context: quoted(slots["value"], context.shell),
    "current": _branch_here,
    "more": lambda slots, _: str(_number(slots) + 1),
    "before": lambda slots, _: str(_number(slots) - 1),
    "span": _span,
    "qpattern": lambda slots, context: quoted(slots["pattern"], context.shell),
    "qdest": lambda slots, context: quoted(slots["dest"], context.shell),
    "findstr": _findstr,
    "inpattern": lambda slots, _: _within_cmd(slots["pattern"], quoted),
    "indest": lambda slots, _: _within_cmd(slots["dest"], quoted),
    "inps": _path_within_cmd,
    "up": _upwards,
    "here": _folder_here,
    "python": lambda slots, _: _RUNNERS[slots["script"].rpartition(".")[2]],
    "converted": lambda slots, context: _converted(slots["media"], KINDS[slots["kind"].lower()], context.shell),
    "extract": _unpacking,
    "extractto": _unpacking,
    "listarchive": _listing,
    "pack": _packing,
}
"""What follows from the slots, by the name a command has for it."""
