"""Puts what was said into a command of the table, quoted for the shell; what follows from it or the context too."""

from __future__ import annotations

import re

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
    if value.lower() == "node modules":
        value = value.replace(" ", "_")
    if name == "kind":
        return KINDS[value.lower()]
    if name == "nth":
        return ORDINALS[value.lower()]
    if name == "site":
        return SITES[value.lower()]
    if name == "message":
        return quoted(value, shell)
    if name in ("system", "pylib", "jslib"):  # as their lists have them, in small letters
        return value.lower()
    if value.startswith("~/") and shell not in ("powershell", "cmd"):
        return "~/" + quote(value[2:], shell)
    if "*" in value and name == "path":
        return value if re.fullmatch(r"[\w./*-]+", value) else quoted(value, shell)
    return quote(value, shell)


def sed(pattern: str, replacement: str) -> str:
    mark = next((each for each in "/#|,%" if each not in pattern + replacement), "/")
    searched = re.sub(r"([.\[\]*^$\\])", r"\\\1", pattern).replace("/", r"\/" if mark == "/" else "/")
    written = re.sub(r"([&\\])", r"\\\1", replacement).replace("/", r"\/" if mark == "/" else "/")
    return f"s{mark}{searched}{mark}{written}{mark}g"


def _derived(name: str, slots: dict[str, str], context: Context) -> str | None:
    """What follows from other slots or from the context."""
    if name == "u":
        return "{u}"  # git's own braces: @{u}
    archive = slots.get("archive", "")
    shell = context.shell
    if name == "text":
        return quoted(slots["value"], shell)
    if name == "current":
        return quote(context.branch, shell) if context.branch else None
    if name in _COUNTS:
        return _counted(name, slots)
    if name in ("qpattern", "qdest"):
        return quoted(slots[name[1:]], shell)
    if name == "findstr":  # a blank between words would search for either of them
        pattern = slots["pattern"]
        return f"/c:{quoted(pattern, shell)}" if " " in pattern else quote(pattern, shell)
    if name in ("inpattern", "indest"):
        return None if re.search(r'["%!]', slots[name[2:]]) else quoted(slots[name[2:]], "powershell")
    if name == "inps":  # a path for PowerShell inside the double quotes of cmd
        path = next((slots[each] for each in ("path", "file", "stream", "doc") if each in slots), "")
        return None if re.search(r'["%!]', path) else quote(path, "powershell")
    if name == "up":
        return "/".join([".."] * int(slots["n"])) if int(slots["n"]) < 10 else None
    if name == "here":
        return (
            quote(re.split(r"[/\\]", context.cwd.rstrip("/\\"))[-1] or "archive", shell) if context.cwd else "archive"
        )
    if name == "python":
        return {
            "py": "python",
            "sh": "bash",
            "js": "node",
            "rb": "ruby",
            "pl": "perl",
            "go": "go run",
            "ts": "npx tsx",
        }[slots["script"].rpartition(".")[2]]
    if name == "converted":
        return _converted(slots["media"], KINDS[slots["kind"].lower()], shell)
    if name in ("extract", "extractto"):
        return _extract(archive, slots.get("dest", ""), shell)
    if name == "listarchive":
        return f"unzip -l {quote(archive, shell)}" if archive.endswith(".zip") else f"tar -tf {quote(archive, shell)}"
    if name == "pack":
        path = quote(slots["path"], shell)
        if archive.endswith(".zip"):
            return f"zip -r {quote(archive, shell)} {path}"
        return f"tar -czf {quote(archive, shell)} {path}" if archive.endswith((".tar.gz", ".tgz")) else None
    return None


_COUNTS = ("more", "before", "span")


def _counted(name: str, slots: dict[str, str]) -> str | None:
    """One more than ``n``, one less than ``n`` (or ``nth``), how many there are from ``n`` to ``n2``."""
    first = int(slots["n"] if "n" in slots else ORDINALS[slots["nth"].lower()])
    if name == "span":
        span = int(slots["n2"]) - first + 1
        return str(span) if span > 0 else None
    return str(first + 1) if name == "more" else str(first - 1)


def _converted(name: str, ending: str, shell: str) -> str | None:
    stem, _, before = name.rpartition(".")
    before, after = f".{before.lower()}", f".{ending}"
    if before == after or not stem:
        return None
    written = f"{quote(name, shell)} {quote(stem + after, shell)}"
    if before in PICTURES and after in PICTURES:
        return f"magick {written}"
    return f"ffmpeg -i {written}" if before in SOUND and after in (*SOUND, ".gif") else None


def _extract(archive: str, folder: str, shell: str) -> str | None:
    name, into = quote(archive, shell), quote(folder, shell) if folder else ""
    low = archive.lower()
    if low.endswith(".zip"):
        return f"unzip {name}" + (f" -d {into}" if into else "")
    if low.endswith((".tar.gz", ".tgz")):
        return f"tar -xzf {name}" + (f" -C {into}" if into else "")
    if low.endswith((".tar.xz", ".tar.bz2", ".tar")):
        return f"tar -xf {name}" + (f" -C {into}" if into else "")
    if low.endswith(".gz") and not into:
        return f"gunzip {name}"
    if low.endswith(".7z"):
        return f"7z x {name}" + (f" -o{into}" if into else "")
    return None
