"""Judges what deletes, empties, overwrites, or opens up files."""

from __future__ import annotations

import re

from dictation.shell.guard.argv import Options, operands
from dictation.shell.guard.bash.shell_writes import target
from dictation.shell.guard.inspection import CAUTION, DANGER, UNKNOWN, Call, Look, Output, Word
from dictation.shell.guard.risky_places import HUGE, INERT, kind, persistent, power, secret, tidy
from dictation.spelled.lazy_regex import late

LOST = {
    "root": "It deletes everything from the root down.", "home": "It deletes a whole home folder.",
        "system": "It deletes a folder of the system.",
    "above": "It reaches out of this folder.", "device": "It destroys what is on a disk or device.",
        "unset": "If the variable is empty, it deletes from the root.",
}  # fmt: skip
MADE = late(
    r"(?:^|/)(?:node_modules|build|_build|cmake-build-[\w-]+|dist|out|target|obj|coverage|htmlcov|__pycache__|\.?venv|"
    r"\.tox|\.next|\.nuxt|\.turbo|\.gradle|\.terraform|\.parcel-cache|\.\w+_cache|\.eggs|[\w.*-]+\.egg-info|DerivedData|"
    r"tmp|temp)(?:/\*)?$|/\.cache/."
)
"""Folders that a build makes again."""

MINE = ("project", "inside", "temp")


def _places(words: list[Word]) -> list[tuple[str, Word]]:
    return [(kind(each.text, each.guarded), each) for each in words]


BINS = ("rmdir", "trash", "trash-put", "gio", "trash-empty")
SHREDDERS = ("shred", "srm", "wipe")


def remove(call: Call, look: Look) -> None:
    """rm, rmdir, unlink, shred, trash."""
    options, words = operands(call, "-n -s --iterations --size --random-source" if call.name == "shred" else "")
    if options.has("--help", "--version") and len(call.args) == 1:
        return
    if call.name in BINS:
        _bin(call, bool(_lost(words)), look)
    else:
        look.note(*_removal(call, options, words), call.at)


def _removal(call: Call, options: Options, words: list[Word]) -> tuple[str, str, str]:
    """What is gone for good: level, code, message."""
    deep = options.has("-r", "-R", "--recursive") or call.name in ("srm", "wipe", "rimraf")
    lost = _lost(words)
    if lost and (deep or call.name in ("shred", "unlink", "rm")):
        level = CAUTION if not deep and _one_above(lost) else DANGER
        return level, "recursive-delete" if deep else "deletes", LOST[lost[0][0]]
    if call.name in SHREDDERS:
        return DANGER, "shreds", "It destroys files beyond recovery."
    if deep:
        return _loss(words), "recursive-delete", "It deletes folders with all they hold."
    return _loss_of_files(call, options, words), "deletes", "It deletes files for good."


def _lost(words: list[Word]) -> list[tuple[str, Word]]:
    """The places among ``words`` whose loss is a catastrophe."""
    return [(where, word) for where, word in _places(words) if where in HUGE]


def _loss_of_files(call: Call, options: Options, words: list[Word]) -> str:
    """How bad it is to lose single files: those that nobody has seen, and those that are dear."""
    careless = _many(call, words) and _unasked(call, options)
    return DANGER if careless or any(map(_dear, words)) else CAUTION


def _one_above(lost: list[tuple[str, Word]]) -> bool:
    """Whether single files of the folder over this one are named."""
    return lost[0][0] == "above" and not any("*" in word.text for _, word in lost)


def _bin(call: Call, lost: bool, look: Look) -> None:
    """rmdir, which wants empty folders, and the desktop's bin."""
    if call.name == "gio" and "--empty" not in call.args:
        return
    if lost or call.name in ("rmdir", "trash-empty", "gio"):
        level = DANGER if lost and call.name != "rmdir" else CAUTION
        look.note(level, "deletes", "It removes a folder or empties the bin.", call.at)


def _loss(words: list[Word]) -> str:
    """How bad it is to lose these folders: those that a build makes again, and temporary ones, can be had again."""
    places = _places(words)
    made = all(where in MINE and MADE.search(tidy(word.text)) for where, word in places)
    return CAUTION if words and (made or {where for where, _ in places} == {"temp"}) else DANGER


def _many(call: Call, words: list[Word]) -> bool:
    """Whether nobody sees which files are meant."""
    every = any(word.text in ("*", "*.*", ".*") or word.text.endswith("/*") for word in words)
    return every or "xargs" in call.wrapped


def _unasked(call: Call, options: Options) -> bool:
    """Whether nothing holds it back: a list of files by xargs goes through only by force or as root."""
    return "xargs" not in call.wrapped or bool({"-f", "sudo"} & {*options.flags, *call.wrapped})


def _dear(word: Word) -> bool:
    """Whether the word names files of a search, keys, or the repository itself."""
    return "paths" in word.marks or secret(word.text) or kind(word.text) == "git"


def truncate(call: Call, look: Look) -> None:
    """truncate: cutting a file off; making a new one of a size is the same call."""
    options, words = operands(call, "-s --size -r --reference -o")
    size = (options.value("-s", "--size") or [""])[0]
    for word in words:
        target(word.text, False, call.at, look)
    if re.fullmatch(r"0\w*", size):
        level = CAUTION if all(word.text.endswith((".log", ".out", ".tmp")) for word in words) else DANGER
        look.note(level, "empties-file", "The file loses its content.", call.at)
    elif not size.startswith(("+", ">")):
        look.caution("empties-file", "It cuts files off.", call.at)


def disk_dump(call: Call, look: Look) -> None:
    """dd: where it writes decides."""
    given = dict(each.split("=", 1) for each in call.args if "=" in each)
    path = given.get("of", "")
    if call.feed and "network" in call.feed.marks:
        look.caution("writes-files", "It writes what comes from the network.", call.at)
    if UNKNOWN in path or kind(path) == "device":
        look.danger("writes-device", "It writes over a disk or device.", call.at)
    elif path and path not in INERT:
        target(path, False, call.at, look)
        _filled(path, given, call, look)


def _filled(path: str, given: dict[str, str], call: Call, look: Look) -> None:
    """What dd puts into a file."""
    source = given.get("if", "")
    if re.fullmatch(r"/dev/(?:zero|u?random|full)", source) and "count" not in given:
        look.danger("fills-disk", "It writes without end until the disk is full.", call.at)
    elif source == "/dev/null":
        look.danger("empties-file", "The file loses its content.", call.at)
    elif kind(path) != "temp":
        look.caution("overwrites", "It writes over a file.", call.at)


SHELL_FILE = late(r"bin/.*/(?:ba|da|z)?sh$|bin/(?:ba|da|z)?sh$")
OURS = late(r"/(?:usr/local|opt|srv|mnt|media|var/www|usr/share)(?:/|$)")
"""Places of the system that people install things in themselves."""


def copy(call: Call, look: Look) -> None:
    """cp, install, ln, rsync's plain case: what lands where."""
    options, words = operands(call, "-t -S -m -o -g --target-directory --suffix --mode --owner --group")
    sources, goals = _from_to(options, words)
    if call.name == "install" and _owners_rights(options):
        look.danger("privilege", "It makes a program that runs with its owner's rights.", call.at)
    for each in goals:
        _lands(each, sources, call, look)
    if call.name == "ln":
        _link(sources, options, call, look)
    if call.name in ("cp", "install") and any(map(SHELL_FILE.search, sources)):
        look.caution("privilege", "It copies a shell.", call.at)
    if options.has("--remove-destination"):
        look.caution("overwrites", "It removes what is there first.", call.at)
    if call.name in ("cp", "gcp") and _whole_home(options, sources, goals):
        look.caution("large", "It copies a whole home folder or more.", call.at)


def _from_to(options: Options, words: list[Word]) -> tuple[list[str], list[str]]:
    """What is copied, and where it goes: the last word, if an option does not say so."""
    goals = options.value("-t", "--target-directory") or [word.text for word in words[1:][-1:]]
    return [word.text for word in words if word.text not in goals], goals


def _owners_rights(options: Options) -> bool:
    mode = (options.value("-m", "--mode") or [""])[0]
    return len(mode) != 3 and re.search(r"[4267]\d{3}|[ug]\+?s", mode) is not None


def _lands(goal: str, sources: list[str], call: Call, look: Look) -> None:
    """What is put at ``goal`` matters by where that is, and by what is put there."""
    if {"/dev/null", "/dev/zero"} & set(sources):
        look.danger("empties-file", "The file loses its content.", call.at)
    if persistent(goal) and not re.search(r"\.local/bin/|/usr/local/bin/", tidy(goal)):
        look.danger("persistence", "It changes what starts or who may do what.", call.at)
    elif kind(goal) == "device" or power(goal):
        look.danger("writes-device", "It writes over a device or an account file.", call.at)
    elif kind(goal) in ("system", "root"):
        level = CAUTION if OURS.match(tidy(goal)) else DANGER
        look.note(level, "writes-system", "It writes to a place of the system.", call.at)


def _link(sources: list[str], options: Options, call: Call, look: Look) -> None:
    """ln: a second name."""
    if any(persistent(each) or power(each) for each in sources):
        look.caution("persistence", "It makes a second name for a start-up or account file.", call.at)
    if options.has("-f", "--force"):
        look.caution("overwrites", "It replaces what stands at the link's place.", call.at)
    if sources[:1] == ["/dev/null"]:
        look.danger("empties-file", "What is written there is lost from now on.", call.at)


def _whole_home(options: Options, sources: list[str], goals: list[str]) -> bool:
    """Whether a home folder or all of the machine is copied to something other than another disk."""
    elsewhere = any("/mnt" in each or "/media" in each for each in goals)
    deep = options.has("-r", "-R", "-a")
    return deep and not elsewhere and any(kind(each) in ("root", "home") for each in sources)


def move(call: Call, look: Look) -> None:
    """mv, rename."""
    options, words = operands(call, "-t -S --target-directory --suffix")
    goals = options.value("-t", "--target-directory") or [word.text for word in words[-1:]]
    copy(call, look)
    if call.name not in ("mv", "gmv", "zf_mv") and not options.has("-n", "--nono", "--no-act", "--dry-run"):
        look.caution("renames", "It renames many files.", call.at)
    if "/dev/null" in goals:
        look.danger("deletes", "What is moved there is lost.", call.at)
    for where, word in _places(words):
        _leaves(where, word, word is words[-1], call, look)
    if options.has("-f", "--force") or {"find", "xargs"} & set(call.wrapped):
        look.caution("overwrites", "It replaces what stands at the new place.", call.at)
    if _clears_folder(words, goals):
        look.caution("moves-away", "It moves everything that is here to another place.", call.at)


def _clears_folder(words: list[Word], goals: list[str]) -> bool:
    """Whether all of this folder goes where it is lost sight of."""
    away = bool(goals) and kind(goals[0]) in ("temp", "above")
    return away and any(word.text in ("*", ".*", "./*") for word in words)


def _leaves(where: str, word: Word, last: bool, call: Call, look: Look) -> None:
    """A place named in mv; the last one is where the others go."""
    if _relied_on(where, word.text, last):
        if not (last and where == "home"):
            look.danger("moves-away", "It moves a place that programs rely on.", call.at)
    elif where == "git" or (not last and (persistent(word.text) or secret(word.text))):
        look.caution("moves-away", "It moves settings, keys or the repository's own files.", call.at)


def _relied_on(where: str, path: str, last: bool) -> bool:
    """A file over this folder is no such place, and what is moved may go there."""
    if where == "above":
        return not last and ("*" in path or "/" not in path or path.endswith(".."))
    return where in HUGE


def tee(call: Call, look: Look) -> None:
    """tee: writing by another name."""
    options, words = operands(call)
    for word in words:
        if word.text not in INERT:
            target(word.text, options.has("-a", "--append"), call.at, look, call.feed)
            look.scope.written[tidy(word.text)] = call.feed or Output()
            if call.feed and call.feed.text is not None and not call.feed.text.strip() and not options.has("-a"):
                look.danger("empties-file", "The file loses its content.", call.at)
            if word.text.startswith(("/dev/tcp/", "/dev/udp/")):
                look.danger("network-channel", "It opens a network connection.", call.at)


RULES = {
    **dict.fromkeys("rm rmdir unlink shred srm wipe trash trash-put trash-empty rimraf grm zf_rm zf_rmdir "
        "del-cli gio".split(), remove),
    **dict.fromkeys("cp install ln gcp zf_ln scp_local link symlink".split(), copy),
    **dict.fromkeys("mv gmv rename zf_mv zmv mmv perl-rename prename".split(), move),
    "truncate": truncate, "dd": disk_dump, "tee": tee, "sponge": tee,
}  # fmt: skip
